import type { IdentityOutcome, IdentityProvider, InboundMessage, LoginOrder } from '@emrex-gateway/core'
import { recordingHost, type RecordingHost } from '@emrex-gateway/testing'
import { oidcIdentityPlugin } from '../src/index.js'
import { lyingIssuer, lyingOp, type Lies, type LyingOp } from './lying-op.js'
import { makeKeyFolder, orderFor, settingsFor, type KeyFolder } from './registration.js'

/** Our login in production, in front of an issuer that may lie; the clock is the test's. */
export interface LyingScene {
  readonly op: LyingOp
  readonly host: RecordingHost
  readonly keys: KeyFolder
  readonly clock: { now: number }
  open(more?: object): Promise<IdentityProvider>
  /** One login from the beginning to the outcome, with these lies, which end with it. */
  attempt(lies?: Lies, how?: Attempt): Promise<IdentityOutcome>
}

export interface Attempt {
  readonly order?: Partial<LoginOrder>
  readonly settings?: object
  readonly provider?: IdentityProvider
  readonly change?: (message: InboundMessage) => InboundMessage
}

export async function lyingScene(): Promise<LyingScene> {
  const keys = await makeKeyFolder()
  const clock = { now: Date.now() }
  const now = () => new Date(clock.now)
  const op = await lyingOp(now)
  const host = recordingHost({ environment: 'production', fetch: op.fetch, now })
  const open = (more: object = {}) =>
    oidcIdentityPlugin.create(settingsFor(lyingIssuer, keys.keyFile, more), host, 'lying')
  let logins = 0
  return {
    op,
    host,
    keys,
    clock,
    open,
    async attempt(lies: Lies = {}, { order: more, settings, provider, change }: Attempt = {}) {
      op.lies = lies
      try {
        const login = provider ?? (await open(settings))
        const order = orderFor(`handle-${logins++}`, more)
        const { action, pending } = await login.begin(order)
        const message = op.authorize(action)
        return await login.complete(change ? change(message) : message, pending, order)
      } finally {
        op.lies = {}
      }
    },
  }
}

/** What a refusal looks like. */
export const refusal = (reason: string, detail: string) => ({ ok: false, reason, detail })
