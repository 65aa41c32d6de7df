import { lintElmo } from '../../src/lint/lint-elmo.js'
import { lintScore, type RuleTally } from '../../src/lint/lint-score.js'
import { cleanElmo } from './clean-elmo.js'

const error: RuleTally = { severity: 'error', looked: 4, found: 0 }

describe('lintScore', () => {
  it('is 100 where nothing was found', () => {
    expect(lintScore([])).toBe(100)
    expect(lintScore([error])).toBe(100)
  })

  it('takes half of the weight for the first finding and all of it for a rule broken everywhere', () => {
    expect(lintScore([{ ...error, found: 4 }])).toBe(90)
    expect(lintScore([{ ...error, found: 2 }])).toBe(92)
    expect(lintScore([{ ...error, looked: 1_000_000, found: 1 }])).toBe(94)
    expect(lintScore([{ ...error, severity: 'warning', found: 4 }])).toBe(97)
    expect(lintScore([{ ...error, severity: 'notice', found: 4 }])).toBe(99)
  })

  it('counts a rule once, whatever it finds, and never goes below 0', () => {
    expect(lintScore([{ ...error, found: 400 }])).toBe(90)
    expect(lintScore(Array.from({ length: 11 }, () => ({ ...error, found: 4 })))).toBe(0)
  })

  it('does not depend on how long a document is', () => {
    const short = cleanElmo()
    const [report] = short.reports
    if (report !== undefined) delete report.learningOpportunitySpecification?.[0]?.identifier
    const long = structuredClone(short)
    const [los] = long.reports[0]?.learningOpportunitySpecification ?? []
    if (los !== undefined) long.reports[0]?.learningOpportunitySpecification?.push(los, los, los)
    expect(lintElmo(short).score).toBeLessThan(100)
    expect(lintElmo(long).score).toBe(lintElmo(short).score)
  })
})

describe('lintElmo', () => {
  it('takes a profile of the caller: what it raises, lowers and drops', () => {
    const elmo = cleanElmo()
    elmo.learner.familyName = ''
    delete elmo.learner.bday
    const profile = { summary: 'ours', severities: { 'LRN-NAMES': 'error', 'LRN-BDAY': 'off' } } as const
    const found = (options: Parameters<typeof lintElmo>[1]): string[] =>
      lintElmo(elmo, options).findings.map(({ rule, severity }) => `${rule} ${severity}`)
    expect(found({})).toEqual(['LRN-NAMES notice', 'LRN-BDAY warning'])
    expect(found({ profile })).toEqual(['LRN-NAMES error'])
    expect(found({ profile: 'emrex' })).toEqual(['LRN-NAMES error', 'LRN-BDAY error'])
  })

  it('keeps as many findings as it was told, counts the others, and the score counts all', () => {
    const elmo = cleanElmo()
    for (const los of elmo.reports.flatMap(({ learningOpportunitySpecification: all = [] }) => all)) {
      los.title = Array.from({ length: 10 }, () => ({ value: 'TODO' }))
    }
    const all = lintElmo(elmo)
    const some = lintElmo(elmo, { maxFindings: 3 })
    expect(all.findings.length).toBeGreaterThan(10)
    expect(some.findings).toEqual(all.findings.slice(0, 3))
    expect(some.omitted).toBe(all.findings.length - 3)
    expect(some.score).toBe(all.score)
  })

  it('judges by the rules of the release that it is told, or that the document shows', () => {
    const elmo = cleanElmo()
    expect(lintElmo(elmo, { release: '1.0.0' }).release).toBe('1.0.0')
    elmo.learner.alternativeName = { value: '' }
    expect(lintElmo(elmo).release).toBe('2.0.0')
    elmo.learner.citizenshipType = 'ISO'
    expect(lintElmo(elmo).release).toBe('2.1.1')
  })
})
