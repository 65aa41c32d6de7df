import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { openidFullName, pairwiseSub } from '../rules/openid-rules.js'

const docs = source('Feide documentation, OpenID Connect')
const operator = 'Sikt, Feide'

/** Norway: students and staff by the account of their institution. */
export const noFeide: OidcProfile = {
  protocol: 'oidc',
  id: 'no-feide',
  kind: 'federation',
  label: 'Feide',
  countries: ['NO'],
  scopes: ['openid', 'profile', 'userid-feide', 'userid-nin'],
  clientAuth: 'client_secret_basic',
  pushedRequests: 'never',
  // The ID token says as good as nothing.
  userinfo: 'json',
  levels: [],
  levelFrom: 'acr',
  claims: [
    {
      names: ['https://n.feide.no/claims/nin'],
      gives: 'identifier',
      scheme: 'national:NO',
      identifierSource: 'population-register',
      known: docs,
    },
    {
      names: ['https://n.feide.no/claims/userid_sec'],
      gives: 'identifier',
      form: 'prefixed',
      prefix: 'feide:',
      scheme: 'eppn',
      persistence: 'reissuable',
      known: docs,
    },
    {
      names: ['https://n.feide.no/claims/eduPersonPrincipalName'],
      gives: 'identifier',
      scheme: 'eppn',
      persistence: 'reissuable',
      known: docs,
    },
    openidFullName,
  ],
  subject: pairwiseSub(confirm(`${operator}: whether sub is the same for all services`)),
  idTokenAlgorithms: ['RS256'],
  logout: 'rp-initiated',
  notes: [
    { text: 'The number of a person is there only if they logged in by ID-porten.', ...docs },
    { text: 'norEduPersonNIN and the birth date stand in the extended user information, which is not asked.', ...docs },
    { text: 'An address for mail is not verified.', ...docs },
    { text: 'Scopes, and how our client proves itself', ...confirm(`${operator}: the customer portal`) },
    { text: 'Levels', ...confirm(`${operator}: values of acr for a login in two steps, and what they are worth`) },
  ],
}
