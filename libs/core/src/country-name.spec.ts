import { countryName, shownCountry } from './country-name.js'

describe('countryName', () => {
  it('is the name in the language, in English where that is none, and the code where it has no name', () => {
    expect(countryName('NO', 'sv')).toBe('Norge')
    expect(countryName('NO', 'no such language')).toBe('Norway')
    for (const code of ['ZZZ', '', 'Norway', 'QX']) expect(countryName(code, 'en')).toBe(code)
  })
})

describe('shownCountry', () => {
  it('keeps the code beside the name, since NO alone reads as a word', () => {
    expect(shownCountry('NO', 'en')).toBe('Norway (NO)')
    expect(shownCountry(' GR ', 'de')).toBe('Griechenland (GR)')
  })

  it('leaves as it stands what is no code', () => {
    for (const text of ['http://publications.europa.eu/resource/authority/country/NOR', 'Atlantis', '', 'QX'])
      expect(shownCountry(text, 'en')).toBe(text)
  })
})
