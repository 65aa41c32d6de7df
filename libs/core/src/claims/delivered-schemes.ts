import type { IdentifierScheme } from '../identity.js'
import type { ClaimRule } from './claim-rules.js'

/** The schemes of the identifiers that a login with these rules may bring, each once. */
export const deliveredSchemes = (rules: readonly ClaimRule[]): IdentifierScheme[] => [
  ...new Set(rules.flatMap((rule) => (rule.gives === 'identifier' ? (schemeOf(rule) ?? []) : []))),
]

function schemeOf({ form, scheme }: ClaimRule): IdentifierScheme | undefined {
  if (form === 'eidas-person-identifier') return 'eidas'
  return scheme ?? (form === 'schac-personal-unique-code' ? 'esi' : undefined)
}
