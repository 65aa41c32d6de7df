import { attestedResults } from './ladok-records.js'
import { namesOf } from './names-of.js'

const row = (names: object) =>
  attestedResults.parse({ StudentresultatPerKurs: [{ KursUID: 'x', Studentresultat: [names] }] })
    .StudentresultatPerKurs[0]!.Studentresultat[0]!

describe('namesOf', () => {
  const expected = [
    { value: 'Algebra', lang: 'sv' },
    { value: 'Algebra in English', lang: 'en' },
  ]
  it.each([
    [
      'a list of languages',
      {
        Benamning: [
          { Sprakkod: 'en', Text: 'Algebra in English' },
          { Sprakkod: 'sv', Text: 'Algebra' },
        ],
      },
    ],
    ['an object by language', { en: 'Algebra in English', sv: 'Algebra' }],
    ['upper-case languages', { EN: 'Algebra in English', SV: 'Algebra', link: [] }],
  ])('reads %s, Swedish first', (_shape, names) => {
    expect(namesOf(row({ Benamningar: names }).Benamningar)).toEqual(expected)
    expect(namesOf(row({ Benamning: names }).Benamning)).toEqual(expected)
  })

  it('takes each language from the first place that has it', () => {
    expect(namesOf({ sv: 'Algebra', en: '' }, undefined, { sv: 'Annat', en: 'Algebra in English' })).toEqual(expected)
  })

  it('gives only what exists, and no English that repeats the Swedish', () => {
    expect(namesOf({ sv: 'Schack', en: 'Schack' })).toEqual([{ value: 'Schack', lang: 'sv' }])
    expect(namesOf(row({ Benamningar: null }).Benamningar)).toEqual([])
  })
})
