import { defaults, type PluginHost } from '@emrex-gateway/core'
import {
  allowInsecureRequests,
  clockSkew,
  clockTolerance,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  getJwksCache,
  setJwksCache,
  type CustomFetch,
  type ServerMetadata,
} from 'openid-client'
import { mayBePlain } from './address-rule.js'
import type { ClientProof } from './client-proof.js'
import { answerWithinSeconds } from './issuer-watch.js'

/** How far two clocks may be apart. */
export const toleranceSeconds = defaults.loginClockSkewSeconds

/** The keys of an issuer, kept by the clock of the host: for five minutes, and one minute when a key is missing. */
export class KeptKeys {
  private kept: { readonly jwks: NonNullable<ReturnType<typeof getJwksCache>>['jwks']; readonly at: number } | undefined

  lend(configuration: Configuration, now: Date): void {
    if (this.kept === undefined) return
    const age = Math.floor((now.getTime() - this.kept.at) / 1000)
    setJwksCache(configuration, { jwks: this.kept.jwks, uat: Math.floor(Date.now() / 1000) - age })
  }

  keep(configuration: Configuration, now: Date): void {
    const cache = getJwksCache(configuration)
    if (cache === undefined || cache.jwks === this.kept?.jwks) return
    const age = Math.floor(Date.now() / 1000) - cache.uat
    this.kept = { jwks: cache.jwks, at: now.getTime() - age * 1000 }
  }
}

/** All that one exchange with the issuer needs; times are those of the host. */
export function openConfiguration(
  metadata: ServerMetadata,
  clientId: string,
  proof: ClientProof,
  fetch: CustomFetch,
  host: Pick<PluginHost, 'now' | 'environment'>,
): Configuration {
  const configuration = new Configuration(
    metadata,
    clientId,
    {
      use_mtls_endpoint_aliases: proof.certificate !== undefined,
      [clockSkew]: Math.round((host.now().getTime() - Date.now()) / 1000),
      [clockTolerance]: toleranceSeconds,
    },
    proof.auth,
  )
  configuration[customFetch] = fetch
  configuration.timeout = answerWithinSeconds
  if (mayBePlain(new URL(metadata.issuer), host.environment)) allowInsecureRequests(configuration)
  // Without it the signature of an ID token from the token endpoint is not looked at.
  enableNonRepudiationChecks(configuration)
  return configuration
}
