import type { ClaimRule, Confidence } from '@emrex-gateway/core'
import { source } from './confidence.js'

const core = source('OpenID Connect Core 1.0, 5.1')

/** Standard claims: names in two parts, and the birth date. */
export const openidNames: readonly ClaimRule[] = [
  { names: ['family_name'], gives: 'family-name', known: core },
  { names: ['given_name'], gives: 'given-name', known: core },
]
export const openidFullName: ClaimRule = { names: ['name'], gives: 'full-name', known: core }
export const openidBirthDate: ClaimRule = { names: ['birthdate'], gives: 'birth-date', form: 'date', known: core }

/** `sub` as an identifier that only this registration of ours knows. */
export const pairwiseSub = (known: Confidence): ClaimRule => ({
  names: ['sub'],
  gives: 'identifier',
  scheme: 'oidc-sub',
  persistence: 'pairwise',
  known,
})

/** Claims of federations as OpenID Connect writes them. */
export const openidFederation = (known: Confidence): readonly ClaimRule[] => [
  {
    names: ['schac_personal_unique_code'],
    gives: 'identifier',
    form: 'schac-personal-unique-code',
    identifierSource: 'institution',
    known,
  },
  { names: ['schac_home_organization'], gives: 'home-organisation', known },
  { names: ['eduperson_scoped_affiliation'], gives: 'role', known },
  { names: ['eduperson_assurance'], gives: 'assurance', known },
]
