import { goldenElmo } from '../../test/golden.js'
import { readElmo } from './read-elmo.js'
import { validateElmo } from './validate-elmo.js'

describe('the problems of a document', () => {
  it('are told one by one up to 1000, and then counted', () => {
    const read = (unknown: number) => readElmo(Buffer.from(`<elmo>${'<u/>'.repeat(unknown)}</elmo>`)).problems
    const others = read(0).length
    expect(read(1000 - others)).toHaveLength(1000)
    const all = read(300_000)
    expect(all).toHaveLength(1001)
    expect(all.at(-1)).toMatchObject({
      rule: 'TOO-MANY-PROBLEMS',
      message: `there are ${299_000 + others} more problems`,
    })
  })

  it('are told of a model in the same way,', () => {
    const elmo = goldenElmo('minimal')
    const [report] = elmo.reports
    const course = { title: [{ value: 'T' }], instance: { status: 'unheard-of' } }
    const courses = Array.from({ length: 2000 }, () => course)
    // Wrong in its shape, and behind all that is told: following its parts would not end well.
    const last = { title: [{ value: 'T' }], instance: {}, parts: 'none' }
    const given = { ...elmo, reports: [{ ...report, learningOpportunitySpecification: [...courses, last] }] }
    const problems = validateElmo(given as never)
    expect(problems).toHaveLength(1001)
    expect(problems.at(-1)).toMatchObject({ rule: 'TOO-MANY-PROBLEMS', message: 'there are 1001 more problems' })
  })
})
