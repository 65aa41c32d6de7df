import { spidLevels } from '@emrex-gateway/core'
import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { openidBirthDate, openidNames, pairwiseSub } from '../rules/openid-rules.js'

const rules = source('SPID and CIE, OpenID Connect rules')
const operator = 'Ministry of the Interior and IPZS, CIE'
const fiscalNumber = {
  names: ['https://attributes.eid.gov.it/fiscal_number'],
  gives: 'identifier',
  scheme: 'national:IT',
  identifierSource: 'population-register',
  required: true,
} as const

/** Italy: the electronic identity card over OpenID Connect. */
export const itCie: OidcProfile = {
  protocol: 'oidc',
  id: 'it-cie',
  kind: 'eid',
  label: 'CIE',
  countries: ['IT'],
  scopes: ['openid', 'profile'],
  clientAuth: 'private_key_jwt',
  pushedRequests: 'when-offered',
  userinfo: 'jwt',
  askLevelBy: 'acr_values',
  levels: spidLevels,
  levelFrom: 'acr',
  claims: [
    { ...fiscalNumber, form: 'national-id', known: confirm(`${operator}: whether the number has a prefix`) },
    { ...fiscalNumber, form: 'prefixed', prefix: 'TINIT-', known: rules },
    ...openidNames.map((rule) => ({ ...rule, required: true })),
    { ...openidBirthDate, required: true },
  ],
  subject: pairwiseSub(rules),
  idTokenAlgorithms: ['RS256', 'RS512', 'ES256', 'PS256'],
  notes: [
    { text: 'HS*, none and RSA 1.5 are forbidden.', ...rules },
    {
      text: 'Works with a registration made by hand: trust chains of OpenID Federation are not resolved',
      ...confirm(`${operator}: whether such a registration is possible`),
    },
  ],
}
