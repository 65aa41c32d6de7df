import { fasLevels } from '@emrex-gateway/core'
import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { pairwiseSub } from '../rules/openid-rules.js'

const operator = confirm('BOSA, Federal Authentication Service')
const clients = source('public clients of the Federal Authentication Service')

/** Belgium: the Federal Authentication Service. */
export const beFas: OidcProfile = {
  protocol: 'oidc',
  id: 'be-fas',
  kind: 'eid',
  label: 'CSAM (FAS)',
  countries: ['BE'],
  scopes: ['openid', 'profile', 'egovnrn'],
  clientAuth: 'client_secret_basic',
  pushedRequests: 'never',
  // Signed, and everything about the person is there only.
  userinfo: 'jwt',
  askLevelBy: 'acr_values',
  levels: fasLevels,
  levelFrom: 'acr',
  claims: [
    {
      names: ['egovNRN', 'egovnrn'],
      gives: 'identifier',
      scheme: 'national:BE',
      identifierSource: 'population-register',
      known: clients,
    },
    { names: ['family_name', 'surname'], gives: 'family-name', known: clients },
    { names: ['given_name', 'givenName'], gives: 'given-name', known: clients },
  ],
  subject: pairwiseSub(operator),
  idTokenAlgorithms: ['RS256'],
  notes: [
    { text: 'How our client proves itself, and whether sub stays the same', ...operator },
    {
      text: 'Law that allows the use of the register number, contract, scopes: not tried with the operator',
      ...operator,
    },
    { text: 'Birth date: not delivered as a claim', ...operator },
  ],
}
