import { localText } from '../../src/api/import-api.js'

const purpose = { nb: 'Bevis på graden', 'en-GB': 'Proof of your degree', sv: 'Bevis på examen' }

describe('a text of the settings', () => {
  it.each([
    ['sv', 'Bevis på examen'],
    ['SV-fi', 'Bevis på examen'],
    ['en', 'Proof of your degree'],
    ['en-US', 'Proof of your degree'],
    ['NB', 'Bevis på graden'],
    ['fi', 'Bevis på graden'],
  ])('is given to who reads %s in that language, in one like it, or as the first', (language, text) => {
    expect(localText(purpose, language)).toBe(text)
  })

  it('is empty where there is none', () => {
    expect(localText({}, 'en')).toBe('')
  })
})
