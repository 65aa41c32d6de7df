import fc from 'fast-check'
import { groupCourses } from './group-courses.js'
import { attestedResults, participations, type ParticipationRecord, type ResultsOfCourse } from './ladok-records.js'

const results = (...courses: readonly { kurs?: string; rows: readonly object[] }[]): readonly ResultsOfCourse[] =>
  attestedResults.parse({
    StudentresultatPerKurs: courses.map(({ kurs, rows }) => ({ KursUID: kurs, Studentresultat: rows })),
  }).StudentresultatPerKurs
const taking = (kurs: string, more: object = {}, code = kurs.toUpperCase()): ParticipationRecord =>
  participations.parse({
    Tillfallesdeltaganden: [
      { Paborjad: true, Utbildningsinformation: { UtbildningUID: kurs, Utbildningskod: code }, ...more },
    ],
  }).Tillfallesdeltaganden[0]!

const whole = { UtbildningUID: 'c', Utbildningskod: 'C', Betygsgradskod: 'A', Examinationsdatum: '2024-01-10' }
const lab = { UtbildningUID: 'm', Utbildningskod: 'LAB1', Betygsgradskod: 'G', Examinationsdatum: '2024-01-09' }

describe('groupCourses', () => {
  it('takes the row about the course itself for the course, and the others for its modules', () => {
    const [one] = groupCourses(results({ kurs: 'c', rows: [lab, whole] }), [])
    expect([one!.course?.Utbildningskod, one!.modules.map((row) => row.Utbildningskod)]).toEqual(['C', ['LAB1']])
  })

  it('tells the course by its code where rows have no key', () => {
    const rows = [
      { ...lab, UtbildningUID: null },
      { ...whole, UtbildningUID: null },
    ]
    const [one] = groupCourses(results({ kurs: 'c', rows }), [taking('c')])
    expect([one!.course?.Utbildningskod, one!.modules.map((row) => row.Utbildningskod)]).toEqual(['C', ['LAB1']])
  })

  it('gives a course its latest result once, and never an earlier try as a part', () => {
    const early = { ...whole, Betygsgradskod: 'F', Examinationsdatum: '2023-12-01' }
    const [one] = groupCourses(results({ kurs: 'c', rows: [early, whole] }), [])
    expect([one!.course?.Betygsgradskod, one!.modules]).toEqual(['A', []])
  })

  it('keeps what was credited towards a course as a part of it, and the grade as its result', () => {
    const credited = {
      UtbildningUID: 'c',
      Examinationsdatum: '2024-03-01',
      Tillgodoinformation: { Omfattningsvarde: '2.5', Enhetskod: 'HP', HeltTillgodoraknad: false },
    }
    const [one] = groupCourses(results({ kurs: 'c', rows: [credited, whole] }), [])
    expect(one!.course?.Betygsgradskod).toBe('A')
    expect(one!.modules.map((row) => row.Tillgodoinformation?.Omfattningsvarde)).toEqual(['2.5'])
  })

  it.each(['UTKAST', 'KLARMARKERAT', 'MAKULERAT'])('drops a row that is %s', (Resultatstatus) => {
    expect(groupCourses(results({ kurs: 'c', rows: [{ ...whole, Resultatstatus }] }), [])).toEqual([])
  })

  it('adds a course that was taken up and has no result', () => {
    expect(groupCourses([], [taking('c')])).toMatchObject([{ kursUid: 'c', modules: [], isRunning: true }])
  })

  it.each([
    ['not taken up', { Paborjad: false }],
    ['called off', { Aterbud: true }],
    ['finished', { Avklarad: true }],
    ['given up', { TillstandKurs: { Sammanfattat: 'AVBROTT' } }],
  ])('adds no course that was %s', (_what, more) => {
    expect(groupCourses([], [taking('c', more)])).toEqual([])
  })

  it('counts a course that was taken again after it was given up as running', () => {
    const first = taking('c', {
      TillstandKurs: { Sammanfattat: 'AVBROTT' },
      Registreringsperiod: { Startdatum: '2023-08-28' },
    })
    const again = taking('c', { Registreringsperiod: { Startdatum: '2024-01-15' } })
    expect(groupCourses([], [first, again])).toMatchObject([{ kursUid: 'c', isRunning: true }])
    expect(groupCourses([], [again, first])).toHaveLength(1)
  })

  it('keeps every attested result of a course or a module exactly once', () => {
    const row = fc.record({ about: fc.nat(6), state: fc.constantFrom(undefined, 'ATTESTERAT', 'UTKAST', 'MAKULERAT') })
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(row, { selector: ({ about }) => about }), { maxLength: 6 }), (courses) => {
        const given = courses.map((rows, index) => ({
          kurs: `c${index}`,
          // About the course itself, or about one of six modules.
          rows: rows.map(({ about, state }) => ({
            ResultatUID: `${index}-${about}`,
            UtbildningUID: about === 0 ? `c${index}` : `m${about}`,
            Betygsgradskod: 'G',
            Resultatstatus: state,
          })),
        }))
        const kept = groupCourses(results(...given), []).flatMap(({ course, modules }) => [
          ...(course === undefined ? [] : [course]),
          ...modules,
        ])
        const expected = given.flatMap(({ rows }) =>
          rows.filter(({ Resultatstatus = 'ATTESTERAT' }) => Resultatstatus === 'ATTESTERAT'),
        )
        expect(kept.map(({ ResultatUID }) => ResultatUID).sort()).toEqual(
          expected.map(({ ResultatUID }) => ResultatUID).sort(),
        )
      }),
      { seed: 20_261_126 },
    )
  })
})
