import { fasLevels } from '@emrex-gateway/core'
import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm } from '../rules/confidence.js'
import { pairwiseSub } from '../rules/openid-rules.js'

const operator = confirm('BOSA, Federal Authentication Service')

/** Belgium: the Federal Authentication Service. */
export const beFas: OidcProfile = {
  protocol: 'oidc',
  id: 'be-fas',
  kind: 'eid',
  label: 'CSAM (FAS)',
  countries: ['BE'],
  scopes: ['openid', 'profile', 'egovnrn'],
  clientAuth: 'private_key_jwt',
  pushedRequests: 'when-offered',
  userinfo: 'json',
  askLevelBy: 'acr_values',
  levels: fasLevels,
  levelFrom: 'acr',
  claims: [
    {
      names: ['egovNRN', 'egovnrn'],
      gives: 'identifier',
      scheme: 'national:BE',
      identifierSource: 'population-register',
      known: operator,
    },
    { names: ['family_name', 'surname'], gives: 'family-name', known: operator },
    { names: ['given_name', 'givenName'], gives: 'given-name', known: operator },
  ],
  subject: pairwiseSub(operator),
  idTokenAlgorithms: ['RS256'],
  notes: [
    {
      text: 'Law that allows the use of the register number, contract, scopes: not tried with the operator',
      ...operator,
    },
    { text: 'Birth date: not delivered as a claim', ...operator },
  ],
}
