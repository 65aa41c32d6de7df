import { randomBytes } from 'node:crypto'
import {
  defaults,
  defaultSisPolicy,
  silentLog,
  withPolicy,
  type GatewayStore,
  type IdentityProvider,
  type Log,
  type SisConnection,
} from '@emrex-gateway/core'
import { checkSigningKey, type SigningKey } from '@emrex-gateway/elmo'
import type { NcpEntry } from './ncp-entry.js'
import { NcpFlow } from './ncp-flow.js'

/** What an NCP cannot do without; every other field of `NcpEntry` may be given too, and has its usual value where it is not. */
export interface NcpOptions extends Partial<
  Omit<NcpEntry, 'id' | 'title' | 'publicUrl' | 'logins' | 'sources' | 'signingKey' | 'receivers'>
> {
  /** Stands in the path: lower-case letters, digits and hyphens. */
  readonly id: string
  /** Shown to the person: whose results these are. */
  readonly title: string
  /** Where browsers reach the application: `https://campus.example.edu`. The NCP is at `/ncp/ID` below it. */
  readonly origin: string
  readonly logins: readonly IdentityProvider[]
  readonly sources: readonly SisConnection[]
  /** PEM texts. */
  readonly signingKey: SigningKey
  /** By `openStore`. */
  readonly store: GatewayStore
  /** Who may receive results. Default: the person is asked about each receiver. */
  readonly receivers?: Partial<NcpEntry['receivers']>
  /** Default: none is kept. */
  readonly log?: Log
  readonly now?: () => Date
}

/**
 * An NCP for an application that embeds one. Its sources get the usual patience: repetitions, a limit of questions at a time,
 * a circuit breaker.
 *
 * @throws {Error} with every mistake in the options, one per line.
 */
export function createNcp(options: NcpOptions): NcpFlow {
  const { origin, store, log = silentLog, now = () => new Date(), receivers, sources, ...entry } = options
  const allowLoopbackHttp = receivers?.allowLoopbackHttp ?? false
  const mistakes = mistakesOf(options, allowLoopbackHttp)
  if (mistakes.length > 0) throw new Error(['the NCP cannot be made:', ...mistakes].join('\n  '))
  return new NcpFlow(
    {
      minimumLoa: 'none',
      want: { failed: false, inProgress: false },
      collectSeconds: defaults.collectSeconds,
      collectPatienceMilliseconds: defaults.collectPatienceMilliseconds,
      sourceTimeoutSeconds: defaults.sourceTimeoutSeconds,
      idleMinutes: defaults.ncpIdleMinutes,
      resendMinutes: defaults.sealedBodyMinutes,
      ...entry,
      sources: sources.map((source) => withPolicy(source, defaultSisPolicy, { log, now })),
      publicUrl: `${origin}/ncp/${entry.id}`,
      receivers: { known: [], unknown: 'ask', ...receivers, allowLoopbackHttp },
    },
    { store, log, now, randomId: () => randomBytes(16).toString('base64url') },
  )
}

function mistakesOf(options: NcpOptions, allowLoopbackHttp: boolean): string[] {
  const { id, origin, logins, sources, signingKey } = options
  return [
    ...(/^[a-z0-9][a-z0-9-]{0,40}$/.test(id) ? [] : [`id: lower-case letters, digits and hyphens, at most 41`]),
    ...mistakeOfOrigin(origin, allowLoopbackHttp),
    ...(logins.length > 0 ? [] : ['logins: at least one']),
    ...(sources.some(({ source }) => source !== undefined) ? [] : ['sources: at least one that gives results']),
    ...mistakeOfKey(signingKey),
  ]
}

function mistakeOfOrigin(origin: string, allowLoopbackHttp: boolean): string[] {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url === undefined || url.origin !== origin)
    return ['origin: scheme and host such as https://campus.example.edu, without a path or a slash at the end']
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol === 'https:' || (isLoopback && allowLoopbackHttp)) return []
  return ['origin: must be https; with receivers.allowLoopbackHttp also http on this machine, for a trial']
}

function mistakeOfKey(key: SigningKey): string[] {
  try {
    checkSigningKey(key)
    return []
  } catch (error) {
    return [`signingKey: ${(error as Error).message}`]
  }
}
