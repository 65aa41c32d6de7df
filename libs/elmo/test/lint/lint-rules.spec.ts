import { releaseSet } from '../../src/grammar/releases.js'
import { lintProfileNames, lintProfiles } from '../../src/lint/lint-profiles.js'
import { lintSections } from '../../src/lint/lint-rule.js'
import { lintRules } from '../../src/lint/lint-rules.js'
import { ruleIds } from './rule-ids.js'
import { rulePairs } from './rule-pairs.js'
import { sourcePairs } from './source-pairs.js'

describe('lintRules', () => {
  it.each(lintSections)('has every rule of the section %s, once', (section) => {
    const own = lintRules.filter((rule) => rule.section === section).map(({ id }) => id)
    expect(own.sort()).toEqual([...ruleIds[section]].sort())
  })

  it('has the 105 of the tables, one of which is two, and the 11 of practice', () => {
    const ids = new Set(lintRules.map(({ id }) => id))
    expect(ids.size).toBe(105 + 1 + 11)
    expect(lintRules.length).toBe(ids.size)
  })

  it('says of each rule how it is checked, or why it cannot be', () => {
    const unclear = lintRules.filter(({ checks, reported, notCheckable }) => {
      return (checks !== undefined || reported === true) === (notCheckable !== undefined)
    })
    expect(unclear.map(({ id }) => id)).toEqual([])
  })

  it('has for each rule words, a hint and releases', () => {
    for (const { id, summary, hint, releases } of lintRules) {
      expect({ id, words: /^.{20,}\.$/s.test(summary) && /^.{8,}\.$/s.test(hint) }).toEqual({ id, words: true })
      expect(releaseSet(releases)).toBeGreaterThan(0)
    }
  })

  it('has a broken and a kept document for each rule that is checked', () => {
    const shown = new Set([...rulePairs, ...sourcePairs].map(({ rule }) => rule))
    const checked = lintRules.filter(({ notCheckable }) => notCheckable === undefined).map(({ id }) => id)
    expect(checked.filter((id) => !shown.has(id))).toEqual([])
    expect([...shown].filter((id) => !checked.includes(id))).toEqual([])
  })
})

describe('lintProfiles', () => {
  it.each(lintProfileNames)('%s speaks of rules that exist and can be checked', (name) => {
    const checked = new Set(lintRules.filter(({ notCheckable }) => notCheckable === undefined).map(({ id }) => id))
    expect(Object.keys(lintProfiles[name].severities).filter((id) => !checked.has(id))).toEqual([])
  })
})
