import { courseCode, courseKey } from './course-code.js'
import type { Identifier, Issuer, LearningOpportunitySpecification } from '../model.js'

const losWith = (...identifier: Identifier[]): LearningOpportunitySpecification => ({
  identifier,
  title: [{ value: 'Course' }],
  instance: { identifier: [{ type: 'local', value: 'result-1' }] },
})

describe('courseCode', () => {
  const local = { type: 'local', value: 'INF4000-1' }
  const code = { type: 'courseCode', value: 'INF4000' }
  const version = { type: 'courseVersion', value: '2' }
  const ewp = { type: 'ewp-los-id', value: 'CR/1' }
  const other = { type: 'CREBO', value: '25187' }

  it('is the local identifier, whatever else there is', () => {
    expect(courseCode(losWith(other, ewp, version, code, local))).toBe('INF4000-1')
    expect(courseCode(losWith({ ...local, type: 'LOCAL' }))).toBe('INF4000-1')
  })

  it('falls back to code and version, then the EWP id, then the only other identifier', () => {
    expect(courseCode(losWith(ewp, version, code))).toBe('INF4000-2')
    expect(courseCode(losWith(ewp, code))).toBe('INF4000')
    expect(courseCode(losWith(other, ewp))).toBe('CR/1')
    expect(courseCode(losWith(other))).toBe('25187')
  })

  it('is nothing rather than a guess', () => {
    expect(courseCode(losWith())).toBeUndefined()
    expect(courseCode(losWith(other, { type: 'ISAT', value: '1' }))).toBeUndefined()
    expect(courseCode(losWith({ type: 'local', value: ' ' }))).toBeUndefined()
  })
})

describe('courseKey', () => {
  const issuer: Issuer = {
    identifier: [
      { type: 'erasmus', value: 'X EXAMPLE01' },
      { type: 'SCHAC', value: 'Uni.Example' },
    ],
    title: [{ value: 'Example University' }],
    url: 'https://uni.example/',
  }

  it('says which identifier it comes from, with its type as written', () => {
    expect(courseKey(losWith({ type: 'Local', value: ' INF4000-1 ' }), issuer)).toEqual({
      code: 'INF4000-1',
      from: 'local',
      type: 'Local',
    })
    const code = { type: 'courseCode', value: 'INF4000' }
    expect(courseKey(losWith({ type: 'courseVersion', value: '2' }, code), issuer)).toMatchObject({
      code: 'INF4000-2',
      from: 'courseCode',
    })
    expect(courseKey(losWith({ type: 'CREBO', value: '25187' }), issuer)).toEqual({
      code: '25187',
      from: 'other',
      type: 'CREBO',
    })
    expect(courseKey(losWith({ type: '', value: '91111' }), issuer)).toMatchObject({ from: 'other', type: '' })
  })

  it('takes no classification of the subject for a code', () => {
    const oodi = { type: 'oodi', value: 'TIEY4' }
    expect(courseKey(losWith(oodi, { type: 'subjectArea', value: '11.3' }), issuer).code).toBe('TIEY4')
    expect(courseKey(losWith({ type: 'nus', value: '654199' }), issuer).from).toBe('generated')
  })

  it('makes one from issuer, title and term, the same each time', () => {
    const course = losWith()
    course.title = [{ value: 'Värde & mått: 1', lang: 'sv' }]
    expect(courseKey(course, issuer)).toEqual({ code: 'uni.example/värde-mått-1/', from: 'generated' })
    course.instance.date = '2026-01-31+01:00'
    expect(courseKey(course, issuer).code).toBe('uni.example/värde-mått-1/2026-01-31')
    course.instance.academicTerm = { title: [], start: '2025-09-01', end: '2026-01-31' }
    expect(courseKey(course, issuer).code).toBe('uni.example/värde-mått-1/2025-09-01')
    const unknown = { identifier: [], title: [], url: '' }
    expect(courseKey(course, unknown).code).toBe('/värde-mått-1/2025-09-01')
  })
})
