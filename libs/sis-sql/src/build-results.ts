import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Notice } from '@emrex-gateway/core'
import { buildResult } from './build-result.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'

/** ELMO trees are two or three levels deep; one that is deeper than this is a mistake in the view. */
const maxLevels = 12

/**
 * The wanted rows of one person at one institution as trees, by `parent_key`; `all` holds the unwanted ones too. A part
 * whose parent is missing, unwanted or among its own parts stands at the next level that is there.
 */
export function buildResults(
  wanted: readonly ViewRow[],
  all: readonly ViewRow[],
  details: ResultDetails,
  notices: Notice[],
): LearningOpportunitySpecification[] {
  const parentKeys = new Map(all.map((row) => [row.required('result_key'), row.text('parent_key')]))
  const exported = new Map(wanted.map((row) => [row.required('result_key'), row]))
  const childrenOf = new Map<string | undefined, string[]>()
  for (const key of exported.keys()) {
    const parent = ancestorsOf(key, parentKeys, notices).find((ancestor) => exported.has(ancestor))
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), key])
  }
  const build = (key: string): LearningOpportunitySpecification => {
    const parts = (childrenOf.get(key) ?? []).map(build)
    const result = buildResult(exported.get(key)!, details, notices)
    return parts.length > 0 ? { ...result, parts } : result
  }
  return (childrenOf.get(undefined) ?? []).map(build)
}

/** Parent, its parent, and so on, up to the top. Whoever is among its own ancestors has none. */
function ancestorsOf(key: string, parentKeys: ReadonlyMap<string, string | undefined>, notices: Notice[]): string[] {
  const ancestors: string[] = []
  for (let next = parentKeys.get(key); next !== undefined; next = parentKeys.get(next)) {
    if (next === key || ancestors.length === maxLevels) {
      notices.push({ notice: next === key ? 'parent-cycle' : 'parts-too-deep' })
      return []
    }
    if (!parentKeys.has(next)) notices.push({ notice: 'parent-missing' })
    // A cycle further up: its members stand at the top, and this one below them.
    if (!parentKeys.has(next) || ancestors.includes(next)) return ancestors
    ancestors.push(next)
  }
  return ancestors
}
