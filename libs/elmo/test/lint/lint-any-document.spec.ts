import fc from 'fast-check'
import { lintElmo } from '../../src/lint/lint-elmo.js'
import { lintProfileNames } from '../../src/lint/lint-profiles.js'
import { lintRules } from '../../src/lint/lint-rules.js'
import { elmoArbitrary } from '../elmo-arbitrary.js'

const knownIds = new Set(lintRules.map(({ id }) => id))

describe('lintElmo on documents made from the table', () => {
  it('judges each of them, twice the same, and leaves it as it was', () => {
    fc.assert(
      fc.property(elmoArbitrary, fc.constantFrom(undefined, ...lintProfileNames), (elmo, profile) => {
        const before = structuredClone(elmo)
        const report = lintElmo(elmo, { profile })
        expect(elmo).toEqual(before)
        expect(lintElmo(elmo, { profile })).toEqual(report)
        expect(report.score === 100).toBe(report.findings.length === 0)
        expect(report.score).toBeGreaterThanOrEqual(0)
        for (const { rule, path } of report.findings) {
          expect(knownIds.has(rule)).toBe(true)
          expect(path).toMatch(/^\/elmo(?:\/[A-Za-z]+(?:\[\d+\])?)*(?:\/@[A-Za-z]+)?$/)
        }
      }),
      { numRuns: process.env['EMREX_LONG_TESTS'] === undefined ? 60 : 600, seed: 20260302 },
    )
  }, 120_000)
})
