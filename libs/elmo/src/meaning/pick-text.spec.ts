import { firstText, pickText } from './pick-text.js'

describe('pickText', () => {
  const swedish = { value: 'Kemi', lang: 'sv' }
  const english = { value: 'Chemistry', lang: 'en-GB' }
  const unmarked = { value: 'Chimie' }

  it('takes the best language that is there', () => {
    expect(pickText([swedish, english], ['fi', 'en', 'sv'])).toBe(english)
    expect(pickText([english, { value: 'Chem', lang: 'EN-us' }], ['en-US'])?.value).toBe('Chem')
  })

  it('is content with a wider or a narrower language', () => {
    expect(pickText([swedish, english], ['en'])).toBe(english)
    expect(pickText([english, swedish], ['sv-FI'])).toBe(swedish)
    expect(pickText([{ value: 'x', lang: 'sve' }, swedish], ['sv'])).toBe(swedish)
  })

  it('takes Norwegian in either written form, or without its form, before another language', () => {
    const texts = (...langs: string[]) => langs.map((lang) => ({ value: lang, lang }))
    expect(pickText(texts('en', 'no'), ['nb', 'en'])?.value).toBe('no')
    expect(pickText(texts('en', 'nb'), ['nn', 'en'])?.value).toBe('nb')
    expect(pickText(texts('en', 'nn', 'nb-NO'), ['no', 'en'])?.value).toBe('nb-NO')
    expect(pickText(texts('no', 'nb', 'nn'), ['nn-NO', 'en'])?.value).toBe('nn')
    expect(pickText(texts('da', 'en', 'nb'), ['sv', 'en'])?.value).toBe('en')
  })

  it('else takes the first', () => {
    expect(pickText([unmarked, swedish], ['de'])).toBe(unmarked)
    expect(pickText([unmarked], [])).toBe(unmarked)
  })

  it('passes over an empty text, which some producers write where a translation is missing', () => {
    expect(pickText([{ value: '', lang: 'en' }, swedish], ['en'])).toBe(swedish)
    expect(pickText([{ value: ' \n', lang: 'en' }, english, swedish], ['en'])).toBe(english)
    expect(pickText([{ value: '', lang: 'fi' }, swedish], ['de'])).toBe(swedish)
  })

  it('is undefined without any text', () => {
    expect(pickText([{ value: ' ', lang: 'en' }], ['en'])).toBeUndefined()
    expect(pickText([], ['en'])).toBeUndefined()
    expect(pickText(undefined, ['en'])).toBeUndefined()
  })
})

describe('firstText', () => {
  it('is the first that says something, in whatever language', () => {
    expect(
      firstText([
        { value: ' ', lang: 'en' },
        { value: 'Kurs', lang: 'sv' },
      ]),
    ).toBe('Kurs')
    expect(firstText([{ value: '', lang: 'en' }])).toBeUndefined()
    expect(firstText(undefined)).toBeUndefined()
  })
})
