import type { Elmo, LearningOpportunitySpecification, VerifiedElmo } from '@emrex-gateway/elmo'
import { filesOf, meritsOf } from './annan-merit.js'

const reports: Elmo['reports'] = [
  {
    issuer: {
      country: 'PL',
      identifier: [{ type: 'schac', value: 'zielonobrzeg.example' }],
      title: [
        { value: 'Uniwersytet Zielonobrzeski', lang: 'pl' },
        { value: 'University of Zielonobrzeg', lang: 'en' },
      ],
      url: 'https://zielonobrzeg.example/',
    },
    issueDate: '2026-01-01T00:00:00Z',
    gradingScheme: [{ localId: 's', description: [{ value: '2 to 5.5; 3 passes', lang: 'en' }] }],
    learningOpportunitySpecification: [
      {
        identifier: [{ type: 'local', value: 'X-1' }],
        title: [
          { value: 'Algebra liniowa', lang: 'pl' },
          { value: 'Linear algebra', lang: 'en' },
        ],
        type: 'Course',
        instance: {
          status: 'passed',
          date: '2025-06-20+02:00',
          resultLabel: '4,5',
          gradingSchemeLocalId: 's',
          credit: [{ scheme: 'ects', value: '7.50' }],
        },
        parts: [
          {
            title: [
              { value: '', lang: 'en' },
              { value: 'Ćwiczenia', lang: 'pl' },
            ],
            type: 'Class',
            instance: { status: 'passed' },
          },
        ],
      },
      {
        title: [{ value: 'Nie zaliczone', lang: 'pl' }],
        type: 'Course',
        instance: { status: 'failed', resultLabel: '2' },
      },
      {
        title: [{ value: 'W toku', lang: 'pl' }],
        instance: { status: 'in-progress' },
        parts: [
          {
            title: [{ value: 'Test', lang: 'pl' }],
            instance: { status: 'passed', credit: [{ scheme: 'godziny', value: '0' }] },
          },
        ],
      },
    ],
  },
]

describe('meritsOf', () => {
  const merits = meritsOf({ reports })

  it('shapes a result like "annan merit", every text as it stands in the document', () => {
    expect(merits[0]).toEqual({
      Benamning: 'Algebra liniowa',
      AlternativBenamning: 'Linear algebra',
      Utbildningskod: 'X-1',
      Omfattning: '7.50 ects',
      Resultat: '4,5',
      Betygsskala: '2 to 5.5; 3 passes',
      Examinationsdatum: '2025-06-20',
      Ursprung: 'Uniwersytet Zielonobrzeski',
      UrsprungAlternativBenamning: 'University of Zielonobrzeg',
      MeritViaEmrex: true,
      Attesterad: false,
    })
  })

  it('says of a part what it is a part of, and leaves out what is not known', () => {
    expect(merits[1]).toEqual({
      Benamning: 'Ćwiczenia',
      Ursprung: 'Uniwersytet Zielonobrzeski',
      UrsprungAlternativBenamning: 'University of Zielonobrzeg',
      Beskrivning: 'Del av: X-1 Algebra liniowa',
      MeritViaEmrex: true,
      Attesterad: false,
    })
  })

  it('makes no merit of what was not passed, and keeps the passed parts of it', () => {
    expect(merits.map(({ Benamning }) => Benamning)).toEqual(['Algebra liniowa', 'Ćwiczenia', 'Test'])
    expect(merits[2]).toMatchObject({ Omfattning: '0 godziny', Beskrivning: 'Del av: W toku' })
  })
})

describe('a document that names no status', () => {
  const bare = (instance: object) => ({ title: [{ value: JSON.stringify(instance) }], instance })
  const namesOf = (...results: LearningOpportunitySpecification[]) =>
    meritsOf({ reports: [{ ...reports[0]!, learningOpportunitySpecification: results }] }).map(
      ({ Resultat }) => Resultat,
    )

  it('makes no merit of a grade that fails where it was given, nor of an enrolment', () => {
    const [failed, passed] = [bare({ resultLabel: 'NZAL' }), bare({ resultLabel: '4,5' })]
    expect(namesOf(failed, bare({ resultLabel: '2,0' }), passed)).toEqual(['4,5'])
    expect(namesOf(bare({ enrolment: {} }))).toEqual([])
  })

  it('makes none of a part that says nothing, where its whole failed or goes on', () => {
    const parts = [bare({}), bare({ resultLabel: '3' })]
    expect(namesOf({ ...bare({ status: 'in-progress' }), parts }, { ...bare({ resultLabel: 'NZAL' }), parts })).toEqual(
      ['3', '3'],
    )
  })

  it('makes one of a status in capitals', () => {
    expect(namesOf(bare({ status: 'Passed', resultLabel: '5' }))).toEqual(['5'])
  })
})

describe('filesOf', () => {
  it('gives one file of JSON', () => {
    const document = { elmo: { reports } } as unknown as VerifiedElmo
    const [file, ...others] = filesOf({ document })
    expect(others).toEqual([])
    expect([file!.name, file!.mediaType]).toEqual(['annan-merit.json', 'application/json'])
    expect(JSON.parse(file!.text)).toEqual(meritsOf({ reports }))
  })
})
