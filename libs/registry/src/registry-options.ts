import { defaults, type CopyCache, type Log } from '@emrex-gateway/core'

/** A list to read: fetched from an address, or standing in the settings. `id` names it in reasons and logs. */
export type RegistrySource =
  | { readonly id: string; readonly kind: 'ewp' | 'emreg'; readonly url: string }
  | { readonly id: string; readonly kind: 'static'; readonly entries: unknown }

export interface RegistryOptions {
  /** In order of weight: where two name the same NCP, the first one's name and country win. */
  readonly sources: readonly RegistrySource[]
  readonly fetch: typeof fetch
  /** Keeps the last good copy of each fetched list across restarts. */
  readonly copies: CopyCache
  readonly now: () => Date
  readonly log: Log
  /** Permits http on loopback hosts, for lists and NCPs. Default false. */
  readonly allowLoopbackHttp?: boolean
  /** A list older than this is called stale; it is served all the same. Default 180. */
  readonly staleAfterMinutes?: number
  /** The rhythm of `start`. Default 15. */
  readonly refreshMinutes?: number
  /** No list is asked for more often than this, whoever calls `refresh`. Default 60. */
  readonly minRefreshSeconds?: number
  /** Default 32 MiB. */
  readonly maxBytes?: number
  /** For one whole answer. Default 30. */
  readonly timeoutSeconds?: number
  /** How long `current` waits for the very first list where there is no copy of it. Default 3. */
  readonly firstWaitSeconds?: number
}

export const registryDefaults = {
  allowLoopbackHttp: false,
  staleAfterMinutes: defaults.registryStaleMinutes,
  refreshMinutes: defaults.registryRefreshMinutes,
  minRefreshSeconds: defaults.registryMinRefreshSeconds,
  maxBytes: defaults.registryListMaxBytes,
  timeoutSeconds: defaults.registryTimeoutSeconds,
  firstWaitSeconds: defaults.registryFirstWaitSeconds,
} as const

export type CompleteRegistryOptions = Required<RegistryOptions>
