import { certificateEnd, infoOfRules, type IdentityProvider, type PluginHost } from '@emrex-gateway/core'
import { createMetadata } from '../metadata/create-metadata.js'
import type { SamlProfile } from '../profile.js'
import { beginLogin } from './begin-login.js'
import { completeLogin, relayStateOf } from './complete-login.js'
import { loadKeys, type OwnKeys } from './load-keys.js'
import { openMetadata } from './open-metadata.js'
import { samlLogout } from './saml-logout.js'
import type { SamlParts } from './saml-parts.js'
import type { SamlSettings } from './saml-settings.js'
import { samlUnconfirmed } from './unconfirmed-of.js'

/**
 * A login at one identity provider, the way its profile describes it.
 *
 * Whatever comes back is judged by `validateResponse`: signed by a key of this provider's metadata, for us, in answer to
 * this request; an assertion and an artifact count once. Fetched metadata that does not come or is refused makes a login
 * that is not available; `refresh` and, once a minute, `begin` ask again, and a last good copy stays in use meanwhile.
 *
 * Spec: SAML 2.0 Core, Bindings, Profiles, Metadata; eIDAS SAML Message Format.
 * @throws {Error} that names the setting, when a key, a certificate or a metadata file is missing or unusable
 */
export async function samlProvider(
  settings: SamlSettings,
  profile: SamlProfile,
  host: PluginHost,
  id: string,
): Promise<IdentityProvider> {
  if (profile.request.providerName === 'required' && settings.providerName === undefined)
    throw new Error('settings.providerName: the operator of this login demands the name that was agreed')
  const keys = await loadKeys(settings, profile, host)
  const watch = await openMetadata(settings, profile, host, id)
  const parts: SamlParts = { id, settings, profile, host, keys, watch }
  const unconfirmed = samlUnconfirmed(profile)

  return {
    info: infoOfRules(
      { id, kind: profile.kind, label: settings.label ?? profile.label, countries: profile.countries },
      profile.levels,
      [...profile.attributes, profile.nameId],
    ),
    begin: (order) => beginLogin(parts, order),
    correlate: relayStateOf,
    complete: (message, pending, order) => completeLogin(parts, message, pending, order),

    metadata: async (addresses) => ({
      contentType: 'application/samlmetadata+xml',
      body: createMetadata(
        profile,
        {
          entityId: settings.entityId,
          addresses,
          signing: keys.signing.map(({ certificate }) => certificate),
          encryption: keys.encryption,
          published: settings.publish,
          now: host.now(),
        },
        keys.signer,
      ),
    }),

    async refresh() {
      const { available, findings } = await watch.refresh()
      return { available, findings: [...findings, ...endsOf(keys, host.now())] }
    },

    ...(profile.logout === undefined ? {} : { logout: samlLogout(parts, profile.logout) }),
    ...(unconfirmed.length === 0 ? {} : { unconfirmed }),
  }
}

function endsOf({ signing, encryption }: OwnKeys, now: Date): string[] {
  const line = (use: string, certificate: string, index: number): string[] => {
    const end = certificateEnd(certificate, now)
    return end === undefined ? [] : [`our certificate ${use}[${index}] ends on ${end.endsAt}`]
  }
  return [
    ...signing.flatMap(({ certificate }, index) => line('signing', certificate, index)),
    ...encryption.flatMap(({ certificate }, index) => line('encryption', certificate, index)),
  ]
}
