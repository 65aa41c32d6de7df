import { certificateEnd, infoOfRules, type IdentityProvider, type PluginHost } from '@emrex-gateway/core'
import type { Configuration } from 'openid-client'
import { addressRule } from './address-rule.js'
import { beginLogin } from './begin-login.js'
import { clientProof } from './client-proof.js'
import { clientRegistration } from './client-registration.js'
import { completeLogin } from './complete-login.js'
import { guardedFetch } from './guarded-fetch.js'
import { IssuerWatch } from './issuer-watch.js'
import { oidcLogout } from './oidc-logout.js'
import type { OidcSettings } from './oidc-settings.js'
import { KeptKeys, openConfiguration } from './open-configuration.js'
import type { OidcProfile } from './profile.js'
import { stateOf } from './read-answer.js'
import { oidcUnconfirmed } from './unconfirmed-of.js'

/**
 * A login at one issuer: code flow with PKCE, the way its profile describes it.
 *
 * An issuer that does not answer, or says something wrong about itself, makes a login that is not available; `refresh` and,
 * once a minute, `begin` ask it again. ID tokens are always verified with the keys of the issuer; a code is redeemed once.
 *
 * Spec: OpenID Connect Core 1.0; RFC 7636, 9126, 9207, 7523, 8705; OAuth 2.0 Form Post Response Mode.
 * @throws {Error} that names the setting, when a key, a certificate or a secret is missing or unusable
 */
export async function oidcProvider(
  settings: OidcSettings,
  profile: OidcProfile,
  host: PluginHost,
  id: string,
): Promise<IdentityProvider> {
  const proof = await clientProof(settings, profile, host)
  const furtherHosts = [...settings.furtherHosts, ...(profile.furtherHosts ?? [])]
  const problemOf = addressRule(settings.issuer, furtherHosts, host.environment)
  const fetch = guardedFetch(proof.fetch, problemOf)
  const now = () => host.now()
  const watch = new IssuerWatch({
    id,
    issuer: settings.issuer,
    profile,
    environment: host.environment,
    fetch,
    problemOf,
    now,
    log: host.log,
  })
  const keys = new KeptKeys()
  const open = async (): Promise<Configuration> => {
    const configuration = openConfiguration(await watch.current(), settings.clientId, proof, fetch, host)
    keys.lend(configuration, now())
    return configuration
  }
  const asked = (configuration: Configuration) => keys.keep(configuration, now())
  const unconfirmed = oidcUnconfirmed(profile)
  await watch.refresh()

  return {
    info: infoOfRules(
      { id, kind: profile.kind, label: settings.label ?? profile.label, countries: profile.countries },
      profile.levels,
      [...profile.claims, profile.subject],
    ),

    async begin(order) {
      const { url, pending } = await beginLogin(await open(), profile, order, now(), (detail) =>
        host.log.warn('login.request-refused', { login: id, detail }),
      )
      return { action: { kind: 'redirect', url: url.href }, pending }
    },

    correlate: stateOf,

    complete: (message, pending, order) =>
      completeLogin({ id, profile, trustedScopes: settings.trustedScopes, host, open, asked }, message, pending, order),

    metadata: async (addresses) => clientRegistration(settings.clientId, profile, proof, addresses),

    async refresh() {
      const { available, findings } = await watch.refresh()
      const end = proof.certificate === undefined ? undefined : certificateEnd(proof.certificate, now())
      if (end === undefined) return { available, findings }
      return { available, findings: [...findings, `the client certificate ends on ${end.endsAt}`] }
    },

    ...(profile.logout && { logout: oidcLogout(open, profile.logoutBy) }),
    ...(unconfirmed.length > 0 && { unconfirmed }),
  }
}
