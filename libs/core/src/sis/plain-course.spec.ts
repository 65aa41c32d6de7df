import { validateElmo } from '@emrex-gateway/elmo'
import { reportOfCourses, type PlainCourse } from './plain-course.js'

const university = { code: 'u', title: 'University', country: 'NO', schac: 'u.example' }
const reportOf = (course: Partial<PlainCourse>) =>
  reportOfCourses(
    university,
    'https://u.example/',
    [{ code: 'A1', title: 'Algebra', status: 'passed', ...course }],
    '2026-01-01T00:00:00Z',
  )

describe('reportOfCourses', () => {
  it.each<[Partial<PlainCourse>, object]>([
    [{ credits: '7,5' }, { credit: [{ scheme: 'ects', value: '7.5' }] }],
    [{ credits: '0.00' }, { credit: [{ scheme: 'ects', value: '0' }] }],
    [{ credits: 7.5 }, { credit: [{ scheme: 'ects', value: '7.5' }] }],
    [{ date: '2024-06-01 00:00:00' }, { date: '2024-06-01' }],
    [{ date: '2024-06-01T22:00:00.000Z' }, { date: '2024-06-01' }],
    [{ credits: '', date: '', grade: '', language: '' }, {}],
    [{ credits: null, date: null, grade: null, language: null }, {}],
  ])('writes %j as ELMO wants it', (course, instance) => {
    const report = reportOf(course)
    const learner = { givenNames: 'Ada', familyName: 'Berg' }
    expect(validateElmo({ generatedDate: report.issueDate, learner, reports: [report] })).toEqual([])
    expect(report.learningOpportunitySpecification![0]!.instance).toEqual({ status: 'passed', ...instance })
  })

  it('keeps what is no day and no decimal, so that it is refused and not lost', () => {
    expect(reportOf({ credits: 'many', date: 'in June' }).learningOpportunitySpecification![0]!.instance).toEqual({
      status: 'passed',
      date: 'in June',
      credit: [{ scheme: 'ects', value: 'many' }],
    })
  })
})
