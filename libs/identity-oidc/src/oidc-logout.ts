import type { Pending, ProviderLogout } from '@emrex-gateway/core'
import { buildEndSessionUrl, type Configuration } from 'openid-client'

/**
 * Ends the session at the issuer. The ID token goes along as a form field: in an address it would stand in logs.
 * What comes back afterwards says nothing that we rely on, and a message nobody asked for changes nothing.
 * Spec: OpenID Connect RP-Initiated Logout 1.0, 2.
 */
export const oidcLogout = (open: () => Promise<Configuration>): ProviderLogout => ({
  async begin(session: Pending, returnUrl: string) {
    const { idToken } = session
    const url = buildEndSessionUrl(await open(), {
      post_logout_redirect_uri: returnUrl,
      ...(idToken !== undefined && { id_token_hint: idToken }),
    })
    const fields = Object.fromEntries(url.searchParams)
    url.search = ''
    return { kind: 'post', url: url.href, fields }
  },
  receive: async () => ({}),
})
