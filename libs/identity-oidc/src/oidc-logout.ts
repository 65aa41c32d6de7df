import { EmrexError, type Pending, type ProviderLogout } from '@emrex-gateway/core'
import { buildEndSessionUrl, type Configuration } from 'openid-client'
import type { OidcProfile } from './profile.js'

/**
 * Ends the session at the issuer. The ID token goes along as a form field, because in an address it would stand in logs;
 * some issuers take it no other way.
 * What comes back afterwards says nothing that we rely on, and a message nobody asked for changes nothing.
 * Spec: OpenID Connect RP-Initiated Logout 1.0, 2.
 */
export const oidcLogout = (open: () => Promise<Configuration>, by: OidcProfile['logoutBy']): ProviderLogout => ({
  async begin(session: Pending, returnUrl: string) {
    const { idToken } = session
    const configuration = await open()
    if (configuration.serverMetadata().end_session_endpoint === undefined)
      throw new EmrexError('LOGIN_UNAVAILABLE', 'the session of the login cannot be ended from here')
    const url = buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: returnUrl,
      ...(idToken !== undefined && { id_token_hint: idToken }),
    })
    if (by === 'get') return { kind: 'redirect', url: url.href }
    const fields = Object.fromEntries(url.searchParams)
    url.search = ''
    return { kind: 'post', url: url.href, fields }
  },
  receive: async () => ({}),
})
