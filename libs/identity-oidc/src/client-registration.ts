import type { ProviderAddresses } from '@emrex-gateway/core'
import type { ClientProof } from './client-proof.js'
import type { OidcProfile } from './profile.js'

/**
 * What the operator of the issuer must know about us, without anything secret.
 * Spec: OpenID Connect Dynamic Client Registration 1.0, 2 (the names of the fields).
 */
export function clientRegistration(
  clientId: string,
  profile: OidcProfile,
  { keys }: ClientProof,
  { callbackUrl, logoutUrl }: ProviderAddresses,
): { contentType: string; body: string } {
  const fields = {
    client_id: clientId,
    application_type: 'web',
    redirect_uris: [callbackUrl],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    scope: [...new Set(['openid', ...profile.scopes])].join(' '),
    token_endpoint_auth_method: profile.clientAuth,
    ...(profile.logout && { post_logout_redirect_uris: [logoutUrl] }),
    ...(profile.pushedRequests === 'required' && { require_pushed_authorization_requests: true }),
    ...(keys.length > 0 && { jwks: { keys } }),
  }
  return { contentType: 'application/json', body: `${JSON.stringify(fields, null, 2)}\n` }
}
