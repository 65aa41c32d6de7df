import type { IdentityPlugin } from '@emrex-gateway/core'
import { oidcProvider } from './oidc-provider.js'
import { plainOidcSettings, profileOfSettings, type PlainOidcSettings } from './plain-oidc-settings.js'

/**
 * A login by OpenID Connect that the settings describe in full: issuer, registration, claims and levels.
 *
 * `create` @throws {Error} that names the setting, when a key, a certificate or a secret is missing or unusable.
 */
export const oidcIdentityPlugin: IdentityPlugin<PlainOidcSettings> = {
  apiVersion: 1,
  name: 'identity-oidc',
  config: plainOidcSettings,
  create: (settings, host, id) => oidcProvider(settings, profileOfSettings(settings), host, id),
}
