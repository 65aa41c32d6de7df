import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { federationLevels } from '../rules/federation-rules.js'
import { openidFederation, openidFullName, openidNames, pairwiseSub } from '../rules/openid-rules.js'

const wiki = source('SURFconext wiki, attributes and OpenID Connect claims')
const operator = 'SURF, SURFconext'

/** Netherlands: students and staff by the account of their institution. */
export const nlSurfconext: OidcProfile = {
  protocol: 'oidc',
  id: 'nl-surfconext',
  kind: 'federation',
  label: 'SURFconext',
  countries: ['NL'],
  scopes: ['openid'],
  clientAuth: 'client_secret_basic',
  pushedRequests: 'never',
  // Most claims are there only.
  userinfo: 'json',
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  claims: [...openidFederation(wiki), ...openidNames, openidFullName],
  subject: pairwiseSub(wiki),
  idTokenAlgorithms: ['RS256'],
  notes: [
    { text: 'Attributes are released by a rule for each service; it must name those that are needed.', ...wiki },
    { text: 'Student numbers of an institution are read where the settings name its domain.', ...wiki },
    { text: 'How our client proves itself', ...confirm(`${operator}: the dashboard`) },
    { text: 'Levels', ...confirm(`${operator}: which of them institutions assert, and how MFA is asked for`) },
  ],
}
