import type { IdentityPlugin } from '@emrex-gateway/core'
import { plainSamlSettings, profileOfSettings, type PlainSamlSettings } from './plain-saml-settings.js'
import { samlProvider } from './saml-provider.js'

/**
 * A SAML login whose settings say all about it, such as the identity provider of one university.
 *
 * `create` @throws {Error} that names the setting, when a key, a certificate or a metadata file is missing or unusable
 */
export const samlIdentityPlugin: IdentityPlugin<PlainSamlSettings> = {
  apiVersion: 1,
  name: 'identity-saml',
  config: plainSamlSettings,
  create: (settings, host, id) => samlProvider(settings, profileOfSettings(settings), host, id),
}
