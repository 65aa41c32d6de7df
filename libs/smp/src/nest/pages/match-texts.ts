import type { MatchReason } from '@emrex-gateway/core'
import type { Translate } from '@emrex-gateway/web'

const isOfFamily = (reason: MatchReason): reason is Extract<MatchReason, `family-${string}`> =>
  reason.startsWith('family-')

/**
 * The reasons of a match in words. Where a name at birth was compared, that of the family name says so: beside two names
 * that differ, "the same" alone would be untrue.
 */
export function matchTexts(reasons: readonly MatchReason[], t: Translate): string[] {
  const isAtBirth = reasons.includes('birth-name-used')
  return reasons.flatMap((reason) => {
    if (reason === 'birth-name-used') return []
    return [t(isAtBirth && isOfFamily(reason) ? `match.birth-${reason}` : `match.${reason}`)]
  })
}
