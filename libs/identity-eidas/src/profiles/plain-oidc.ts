import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { federationLevels } from '../rules/federation-rules.js'
import { openidBirthDate, openidFederation, openidFullName, openidNames, pairwiseSub } from '../rules/openid-rules.js'

const university = 'the university: what its login releases'

/** The login of one university, with the standard claims of OpenID Connect. */
export const plainOidc: OidcProfile = {
  protocol: 'oidc',
  id: 'plain-oidc',
  kind: 'student',
  label: 'University login (OpenID Connect)',
  countries: [],
  scopes: ['openid', 'profile'],
  clientAuth: 'private_key_jwt',
  pushedRequests: 'when-offered',
  userinfo: 'json',
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  claims: [...openidFederation(confirm(university)), ...openidNames, openidFullName, openidBirthDate],
  subject: pairwiseSub(source('OpenID Connect Core 1.0, 8')),
  idTokenAlgorithms: ['RS256', 'PS256', 'ES256'],
  notes: [],
}
