import { validateElmo } from '@emrex-gateway/elmo'
import { reportOfCourses, type PlainCourse } from './plain-course.js'

const issuedAt = '2026-11-02T10:00:00Z'
const reportOf = (course: Partial<PlainCourse>) =>
  reportOfCourses(
    { code: 'u', title: 'University', schac: 'u.example' },
    'https://u.example/',
    [{ code: 'CS-1', title: 'Databases', status: 'passed', ...course }],
    issuedAt,
  )

describe('reportOfCourses', () => {
  it.each<[string, Partial<PlainCourse>, object]>([
    ['a control character', { title: 'Data\u000bbases', grade: '5\u0000' }, { resultLabel: '5\uFFFD' }],
    ['a decimal comma', { credits: '7,50' }, { credit: [{ scheme: 'ects', value: '7.5' }] }],
    ['a time behind the day', { date: '2026-01-20 00:00:00' }, { date: '2026-01-20' }],
    ['a number for a grade', { grade: 5 as unknown as string }, { resultLabel: '5' }],
    ['a number with needless zeros', { credits: '0.00' }, { credit: [{ scheme: 'ects', value: '0' }] }],
    ['an instant for a day', { date: '2024-06-01T22:00:00.000Z' }, { date: '2024-06-01' }],
    ['null, as a database gives it', { credits: null, date: null, grade: null, language: null }, {}],
    ['empty texts for what is not known', { credits: '', date: '', grade: ' ', language: '' }, {}],
  ])('makes a valid document of what tables hold: %s', (_, course, instance) => {
    const report = reportOf(course)
    expect(report.learningOpportunitySpecification![0]!.instance).toEqual({ status: 'passed', ...instance })
    const learner = { givenNames: 'Ada', familyName: 'Test' }
    expect(validateElmo({ generatedDate: issuedAt, learner, reports: [report] })).toEqual([])
  })

  it('leaves no credits and no day out that it cannot read: the document is refused instead', () => {
    const [course] = reportOf({ credits: 'five', date: '20 January' }).learningOpportunitySpecification!
    expect(course!.instance).toMatchObject({ credit: [{ value: 'five' }], date: '20 January' })
  })
})
