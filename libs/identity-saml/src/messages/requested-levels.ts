import { reachesLoa, type Loa, type LoaRule } from '@emrex-gateway/core'

/**
 * The levels that a request names: the lowest that is high enough, or all of them where the answer has to be one of
 * those named.
 */
export function requestedLevels(
  levels: readonly LoaRule[],
  minimum: Loa | 'none',
  comparison: 'minimum' | 'exact' | 'better' | 'maximum',
): string[] {
  const enough = levels
    .filter(({ loa }) => reachesLoa(loa, minimum))
    .sort((one, other) => Number(reachesLoa(one.loa, other.loa)) - Number(reachesLoa(other.loa, one.loa)))
    .map(({ value }) => value)
  return comparison === 'exact' ? [...new Set(enough)] : enough.slice(0, 1)
}
