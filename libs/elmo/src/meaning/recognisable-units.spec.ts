import type { LearningOpportunitySpecification, Report } from '../model.js'
import { explainResults } from './explain-results.js'

const node = (
  name: string,
  type: string | undefined,
  ects?: string,
  parts: LearningOpportunitySpecification[] = [],
): LearningOpportunitySpecification => ({
  title: [{ value: name }],
  ...(type && { type }),
  instance: ects === undefined ? {} : { credit: [{ scheme: 'ects', value: ects }] },
  parts,
})

function unitsOf(...results: LearningOpportunitySpecification[]): (string | undefined)[] {
  const issuer = { identifier: [], title: [], url: '' }
  const report: Report = { issuer, issueDate: '', learningOpportunitySpecification: results }
  const elmo = { generatedDate: '', learner: { givenNames: '', familyName: '' }, reports: [report] }
  const rows = explainResults(elmo).reports.flatMap((one) => one.results)
  return rows.filter(({ unit }) => unit).map(({ title }) => title?.value)
}

describe('recognisableUnits', () => {
  it('are the courses, not the classes below and not the degree above', () => {
    const course = node('course', 'Course', '7.5', [node('class', 'Class', '3'), node('class', 'Class', '4.5')])
    expect(unitsOf(node('degree', 'Degree Programme', '180', [node('module', 'Module', '15', [course])]))).toEqual([
      'course',
    ])
  })

  it('are the same in whatever case the types are written', () => {
    const course = node('course', 'course', '7.5', [node('class', 'CLASS')])
    expect(unitsOf(node('degree', 'Degree programme', '180', [course]))).toEqual(['course'])
    expect(unitsOf(node('degree', 'degree  programme'), node('group', 'module', '10', [node('m', 'module')]))).toEqual([
      'm',
    ])
  })

  it('are the inner courses where an outer one only frames them', () => {
    const inner = [node('a', 'Course', '5'), node('b', 'Course', '0')]
    expect(unitsOf(node('outer', 'Course', '0', inner))).toEqual(['a', 'b'])
    expect(unitsOf(node('outer', 'Course', undefined, [node('block', 'Course', '0', inner)]))).toEqual(['a', 'b'])
    expect(unitsOf(node('outer', 'Course', '20', inner))).toEqual(['outer'])
    expect(unitsOf(node('outer', 'Course', undefined, [node('a', 'Course')]))).toEqual(['outer'])
  })

  it('are modules without parts where there is no course, else whatever has no parts', () => {
    expect(unitsOf(node('group', 'Module', '10', [node('m', 'Module', '5'), node('x', undefined)]))).toEqual(['m'])
    expect(unitsOf(node('group', undefined, '10', [node('x', 'Thing'), node('y', undefined)]))).toEqual(['x', 'y'])
    expect(unitsOf(node('class', 'Class', '5'))).toEqual(['class'])
  })

  it('are decided for each tree by itself', () => {
    expect(unitsOf(node('course', 'Course'), node('module', 'Module'), node('other', undefined))).toEqual([
      'course',
      'module',
      'other',
    ])
  })

  it('are degrees only where a report has nothing else', () => {
    const degrees = [node('bachelor', 'Degree Programme'), node('master', 'Degree Programme')]
    expect(unitsOf(...degrees)).toEqual(['bachelor', 'master'])
    expect(unitsOf(...degrees, node('course', 'Course'))).toEqual(['course'])
  })
})
