import type { Notice } from '@emrex-gateway/core'
import { buildInstance } from './build-instance.js'
import { courseRecord, participationRecord, resultRecord, scaleList, termList } from './ladok-records.js'
import type { ReferenceData } from './reference-data.js'

const term = (ID: string, Kod: string, sv: string) => termList.parse([{ ID, Kod, Benamningar: { sv } }])[0]!
const reference: ReferenceData = {
  scales: new Map(
    scaleList
      .parse({
        Betygsskala: [
          {
            ID: 2,
            Kod: 'UG',
            Betygsgrader: [
              { Kod: 'U', GiltigSomSlutbetyg: false },
              { Kod: 'G', GiltigSomSlutbetyg: true },
              { Kod: '?', GiltigSomSlutbetyg: null },
            ],
          },
        ],
        link: [],
      })
      .map((scale) => [scale.ID!, scale]),
  ),
  ectsUnits: new Set(['HP']),
  levels: new Map(
    [
      term('1', 'G1N', 'Grundnivå'),
      term('2', 'A2E', 'Avancerad nivå'),
      term('3', 'FO', 'Forskarnivå'),
      term('4', 'XXX', 'Okänd'),
    ].map((level) => [level.ID!, level]),
  ),
  languages: new Map([term('7', 'SWE', 'Svenska'), term('8', 'XXXX', 'Okänt')].map((one) => [one.ID!, one])),
}
const usual = {
  Betygsgradskod: 'G',
  BetygsskalaID: 2,
  Examinationsdatum: '2024-01-10',
  Omfattningsvarde: '7.5',
  Enhetskod: 'HP',
}

function build(row: object, attributes: Record<string, string> = {}, participation?: object) {
  const notices: Notice[] = []
  const Attributvarden = Object.entries(attributes).map(([name, Varde]) => ({
    Namn: `utbildning.attribut.${name}`,
    Varde,
  }))
  const instance = buildInstance(
    resultRecord.parse({ ...usual, ...row }),
    {
      reference,
      details: courseRecord.parse({ Attributvarden }),
      ...(participation && {
        participation: participationRecord.parse({ Utbildningsinformation: {}, ...participation }),
      }),
    },
    notices,
  )
  return { instance, notices: notices.map(({ notice }) => notice) }
}

describe('buildInstance', () => {
  it('takes status, grade, scale, credits and date as Ladok has them', () => {
    expect(build({})).toEqual({
      instance: {
        date: '2024-01-10',
        status: 'passed',
        gradingSchemeLocalId: '2',
        resultLabel: 'G',
        credit: [{ scheme: 'ects', value: '7.5' }],
      },
      notices: [],
    })
  })

  it.each([
    ['7.50', '7.5'],
    ['7,5', '7.5'],
    ['0.0', '0'],
    ['15', '15'],
    [1.5, '1.5'],
  ])('writes the credits %j as %s', (Omfattningsvarde, value) => {
    expect(build({ Omfattningsvarde }).instance.credit).toEqual([{ scheme: 'ects', value }])
  })

  it('prefers what this student was examined on to the extent of the course', () => {
    expect(build({ ExamineradOmfattning: '6.0' }).instance.credit![0]!.value).toBe('6')
  })

  it('says nothing about credits that Ladok says nothing about', () => {
    expect(build({ Omfattningsvarde: null })).toMatchObject({ notices: [] })
    expect(build({ Omfattningsvarde: null }).instance.credit).toBeUndefined()
  })

  it.each([
    [{ Enhetskod: 'FHP' }, [{ scheme: 'FHP', value: '7.5' }], ['unit-kept']],
    [{ Enhetskod: null }, undefined, ['credits-unreadable']],
    [{ Omfattningsvarde: '1e2' }, undefined, ['credits-unreadable']],
  ])('never calls another unit ECTS: %j', (row, credit, notices) => {
    const built = build(row)
    expect([built.instance.credit, built.notices]).toEqual([credit, notices])
  })

  it.each([
    [{ Betygsgradskod: 'U' }, 'failed', []],
    [{ Betygsgradskod: '?' }, undefined, []],
    [{ Betygsgradskod: 'VG' }, undefined, []],
    [{ BetygsskalaID: 99 }, undefined, ['grading-scheme-unknown']],
    [{ Betygsgradskod: null }, undefined, ['grade-missing']],
  ])('has the status from the scale alone: %j', (row, status, notices) => {
    const built = build(row)
    expect([built.instance.status, built.notices]).toEqual([status, notices])
  })

  it.each([
    ['2024-01-10', '2024-01-10', []],
    ['2024-01-10T23:59:00+01:00', '2024-01-10', []],
    ['2024-02-30', undefined, ['date-unreadable']],
    [null, undefined, ['date-missing']],
  ])('takes the day of %j as it is written', (Examinationsdatum, date, notices) => {
    const built = build({ Examinationsdatum })
    expect([built.instance.date, built.notices]).toEqual([date, notices])
  })

  it.each([
    ['1', '6'],
    ['2', '7'],
    ['3', '8'],
    ['G2F', '6'],
  ])('tells the level %s as EQF %s', (value, eqf) => {
    expect(build({}, { nivainomstudieordning: value }).instance.level).toContainEqual({ type: 'EQF', value: eqf })
  })

  it('invents neither a level nor a language', () => {
    const built = build({}, { nivainomstudieordning: '4', undervisningssprak: '8' })
    expect([built.instance.level, built.instance.languageOfInstruction, built.notices]).toEqual([
      undefined,
      undefined,
      ['level-unknown', 'language-unknown'],
    ])
  })

  it('writes languages with two letters', () => {
    expect(build({}, { undervisningssprak: '7' }).instance.languageOfInstruction).toBe('sv')
    expect(build({}, { undervisningssprak: 'ENG' }).instance.languageOfInstruction).toBe('en')
  })

  it('gives a term with its name and both ends, or none', () => {
    const period = { Startdatum: '2023-08-28', Slutdatum: '2024-06-02' }
    const names = ['HT2023', 'VT2024'].map((sv) => ({ Periodbenamningar: { sv } }))
    expect(build({}, {}, { Registreringsperiod: period, Perioddeltaganden: names }).instance.academicTerm).toEqual({
      title: [{ value: 'HT2023–VT2024', lang: 'sv' }],
      start: '2023-08-28',
      end: '2024-06-02',
    })
    const half = build({}, {}, { Registreringsperiod: { Startdatum: '2023-08-28' }, Perioddeltaganden: names })
    expect([half.instance.academicTerm, half.notices]).toEqual([undefined, ['term-incomplete']])
  })
})
