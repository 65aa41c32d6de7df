import type { ClaimRule, IdentifierScheme, LoaRule } from '@emrex-gateway/core'
import { refedsLevels } from '@emrex-gateway/core'
import { source } from './confidence.js'

const eduPerson = source('REFEDS, eduPerson schema')
const schac = source('REFEDS, SCHAC schema')

/** Attributes of federations go by two names: their OID, and the short one that some federations still write. */
const eduPersonName = (oid: number, name: string) => [`urn:oid:1.3.6.1.4.1.5923.1.1.1.${oid}`, name]
const schacName = (oid: number, name: string) => [`urn:oid:1.3.6.1.4.1.25178.1.2.${oid}`, name]

/** Family and given name, or where only that is released the name that is shown. */
export const personNames: readonly ClaimRule[] = [
  { names: ['urn:oid:2.5.4.4', 'sn'], gives: 'family-name', known: source('RFC 4519') },
  { names: ['urn:oid:2.5.4.42', 'givenName'], gives: 'given-name', known: source('RFC 4519') },
  { names: ['urn:oid:2.16.840.1.113730.3.1.241', 'displayName'], gives: 'full-name', known: source('RFC 2798') },
]

export const principalName: ClaimRule = {
  names: eduPersonName(6, 'eduPersonPrincipalName'),
  gives: 'identifier',
  scheme: 'eppn',
  persistence: 'reissuable',
  known: eduPerson,
}

export const homeOrganisation: ClaimRule = {
  names: schacName(9, 'schacHomeOrganization'),
  gives: 'home-organisation',
  known: schac,
}

export const scopedAffiliation: ClaimRule = {
  names: eduPersonName(9, 'eduPersonScopedAffiliation'),
  gives: 'role',
  known: eduPerson,
}

export const schacBirthDate: ClaimRule = {
  names: schacName(3, 'schacDateOfBirth'),
  gives: 'birth-date',
  form: 'date',
  known: schac,
}

export const studentIdentifier: ClaimRule = {
  names: schacName(14, 'schacPersonalUniqueCode'),
  gives: 'identifier',
  form: 'schac-personal-unique-code',
  identifierSource: 'institution',
  known: source('European Student Identifier; SCHAC schema'),
}

/** The national identifier of one country in the URN of SCHAC. */
export const schacNationalId = (scheme: IdentifierScheme & `national:${string}`): ClaimRule => ({
  names: schacName(15, 'schacPersonalUniqueID'),
  gives: 'identifier',
  form: 'schac-personal-unique-id',
  scheme,
  identifierSource: 'institution',
  known: schac,
})

/** What a home organisation says about how it proofed the person. */
export const assurance: ClaimRule = {
  names: eduPersonName(11, 'eduPersonAssurance'),
  gives: 'assurance',
  known: source('REFEDS Assurance Framework'),
}

/** What every member of a federation may send. */
export const federationRules: readonly ClaimRule[] = [
  studentIdentifier,
  principalName,
  ...personNames,
  homeOrganisation,
  scopedAffiliation,
  assurance,
]

/** NameID of a federation: the same person has another one at every service. */
export const pairwiseNameId: ClaimRule = {
  names: ['NameID'],
  gives: 'identifier',
  scheme: 'saml-nameid',
  persistence: 'pairwise',
  known: source('SAML 2.0 Core, 8.3.7'),
}

/** A NameID that is another one at every login, or of which nobody says how long it lasts: it identifies nobody. */
export const passingNameId: ClaimRule = {
  names: ['NameID'],
  gives: 'identifier',
  persistence: 'session',
  known: source('SAML 2.0 Core, 8.3'),
}

export const federationLevels: readonly LoaRule[] = refedsLevels
