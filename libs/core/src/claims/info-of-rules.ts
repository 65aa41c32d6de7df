import type { IdentityProviderInfo } from '../ports/identity-provider.js'
import { bestLoaOf } from './loa-of.js'
import type { ClaimRule, LoaRule } from './claim-rules.js'
import { deliveredSchemes } from './delivered-schemes.js'

/** What a login can do, computed from its rules: those of its claims, and that of its subject where it has one. */
export const infoOfRules = (
  named: Pick<IdentityProviderInfo, 'id' | 'kind' | 'label' | 'countries'>,
  levels: readonly LoaRule[],
  rules: readonly (ClaimRule | undefined)[],
): IdentityProviderInfo => {
  const known = rules.filter((rule) => rule !== undefined)
  return {
    ...{ id: named.id, kind: named.kind, label: named.label, countries: named.countries },
    bestLoa: bestLoaOf(levels),
    delivers: deliveredSchemes(known),
    deliversBirthDate: known.some(({ gives }) => gives === 'birth-date'),
  }
}
