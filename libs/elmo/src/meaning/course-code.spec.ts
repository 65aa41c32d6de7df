import { courseCode } from './course-code.js'
import type { Identifier, LearningOpportunitySpecification } from '../model.js'

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
