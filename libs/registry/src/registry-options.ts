import { defaults, silentLog, type CopyCache, type Log } from '@emrex-gateway/core'
import { memoryCopies } from './memory-copies.js'

/** A list to read: fetched from an address, or standing in the settings. `id` names it in reasons and logs. */
export type RegistrySource =
  | { readonly id: string; readonly kind: 'ewp' | 'emreg'; readonly url: string }
  | { readonly id: string; readonly kind: 'static'; readonly entries: unknown }

export interface RegistryOptions {
  /** In order of weight: where two name the same NCP, the first one's name and country win. */
  readonly sources: readonly RegistrySource[]
  /** Default: that of Node. */
  readonly fetch?: typeof fetch
  /** Keeps the last good copy of each fetched list across restarts. Default: in memory alone. */
  readonly copies?: CopyCache
  /** Default: the clock. */
  readonly now?: () => Date
  /** Default: none is kept. */
  readonly log?: Log
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
  now: () => new Date(),
  log: silentLog as Log,
  allowLoopbackHttp: false,
  staleAfterMinutes: defaults.registryStaleMinutes,
  refreshMinutes: defaults.registryRefreshMinutes,
  minRefreshSeconds: defaults.registryMinRefreshSeconds,
  maxBytes: defaults.registryListMaxBytes,
  timeoutSeconds: defaults.registryTimeoutSeconds,
  firstWaitSeconds: defaults.registryFirstWaitSeconds,
} as const

export type CompleteRegistryOptions = Required<RegistryOptions>

/** What was given, and for the rest the defaults. */
export const completed = (given: RegistryOptions): CompleteRegistryOptions => ({
  ...{ fetch: globalThis.fetch, copies: memoryCopies() },
  ...registryDefaults,
  ...definedOf(given),
})

/** Options that were given as `undefined` must not hide the defaults. */
function definedOf<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
