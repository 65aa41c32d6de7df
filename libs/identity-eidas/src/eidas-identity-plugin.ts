import type { IdentityPlugin } from '@emrex-gateway/core'
import { oidcProvider } from '@emrex-gateway/identity-oidc'
import { samlProvider } from '@emrex-gateway/identity-saml'
import { type EidasSettings, eidasSettings } from './eidas-settings.js'
import { fitProfile } from './fit-profile.js'
import { profiles } from './profiles/profiles.js'

/**
 * A login that a profile describes: eIDAS, a national eID, or a federation of universities. The profile says what is the
 * same for all who use this login, the settings what was registered for this one.
 *
 * `create` @throws {Error} that names the setting, when a key, a certificate or a file is missing or unusable.
 */
export const eidasIdentityPlugin: IdentityPlugin<EidasSettings> = {
  apiVersion: 1,
  name: 'identity-eidas',
  config: eidasSettings,
  async create(settings, host, id) {
    const profile = profiles.find((one) => one.id === settings.profile)
    if (profile === undefined) throw new Error(`settings.profile: there is no profile ${settings.profile}`)
    const fitted = fitProfile(profile, settings)
    if (fitted.protocol === 'saml' && 'entityId' in settings) return samlProvider(settings, fitted, host, id)
    if (fitted.protocol === 'oidc' && 'clientId' in settings) {
      const { clientAuth = fitted.clientAuth } = settings
      return oidcProvider(settings, { ...fitted, clientAuth }, host, id)
    }
    throw new Error(`settings.profile: these are no settings for ${profile.id}`)
  },
}
