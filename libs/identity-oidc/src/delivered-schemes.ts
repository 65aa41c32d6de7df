import type { ClaimRule, IdentifierScheme } from '@emrex-gateway/core'
import type { OidcProfile } from './profile.js'

/** Schemes of the identifiers that a login by this profile may bring. */
export function deliveredSchemes({ claims, subject }: OidcProfile): readonly IdentifierScheme[] {
  const rules = [...claims.filter(({ gives }) => gives === 'identifier'), ...(subject ? [subject] : [])]
  return [...new Set(rules.flatMap((rule) => schemeOf(rule) ?? []))]
}

function schemeOf({ form, scheme }: ClaimRule): IdentifierScheme | undefined {
  if (scheme !== undefined) return scheme
  if (form === 'eidas-person-identifier') return 'eidas'
  return form === 'schac-personal-unique-code' ? 'esi' : undefined
}
