import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Notice } from '../ports/sis-plugin.js'

/** ELMO trees are two or three levels deep; one that is deeper than this is a mistake of the source. */
const maxLevels = 12

/** One result as a SIS lists it: its key, and the key of the whole that it is a part of. */
export interface FlatResult {
  readonly key: string
  readonly parent?: string | undefined
  readonly specification: LearningOpportunitySpecification
}

type Parents = ReadonlyMap<string, string | undefined>

/**
 * A flat list as trees, in the order of the list: each result stands in them exactly once. A part whose whole is missing,
 * not listed or among its own parts stands at the next level that is there; a notice tells what was not as it should be.
 *
 * `known` names the wholes of results that the SIS has and the list leaves out, so that their parts find what is above.
 */
export function nestParts(
  results: readonly FlatResult[],
  notices: Notice[],
  known: Parents = new Map(),
): LearningOpportunitySpecification[] {
  const listed = new Map(results.map(({ key, specification }) => [key, specification]))
  const parents: Parents = new Map([...known, ...results.map(({ key, parent }) => [key, parent] as const)])
  const partsOf = new Map<string | undefined, string[]>()
  for (const key of listed.keys()) {
    const whole = ancestorsOf(key, parents, notices).find((ancestor) => listed.has(ancestor))
    const parts = partsOf.get(whole)
    if (parts === undefined) partsOf.set(whole, [key])
    else parts.push(key)
  }
  const build = (key: string): LearningOpportunitySpecification => {
    const specification = listed.get(key)!
    const parts = (partsOf.get(key) ?? []).map(build)
    return parts.length > 0 ? { ...specification, parts } : specification
  }
  return (partsOf.get(undefined) ?? []).map(build)
}

/** Parent, its parent, and so on, up to the top. Whoever is among its own ancestors has none. */
function ancestorsOf(key: string, parents: Parents, notices: Notice[]): string[] {
  const ancestors: string[] = []
  for (let next = parents.get(key); next !== undefined; next = parents.get(next)) {
    if (next === key || ancestors.length === maxLevels) {
      notices.push({ notice: next === key ? 'parent-cycle' : 'parts-too-deep' })
      return []
    }
    if (!parents.has(next)) notices.push({ notice: 'parent-missing' })
    // A cycle further up: its members stand at the top, and this one below them.
    if (!parents.has(next) || ancestors.includes(next)) return ancestors
    ancestors.push(next)
  }
  return ancestors
}
