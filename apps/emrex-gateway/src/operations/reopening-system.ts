import { defaults, EmrexError, type ImportTarget, type ResultSource, type SisConnection } from '@emrex-gateway/core'
import { lookAt } from './system-watch.js'

/** Questions under way are answered by the connection that they began with; then it is closed. */
const closeAfterMs = 180_000

/**
 * A connection that can be opened anew while it is in use: its plugin reads its files again, and when the new connection
 * is in order it takes the place of the one before. `open` is the plugin's own `create`.
 */
export class ReopeningSystem implements SisConnection {
  readonly id: string
  readonly source?: ResultSource
  readonly target?: ImportTarget
  readonly login?: NonNullable<SisConnection['login']>
  readonly revoke?: NonNullable<SisConnection['revoke']>
  private readonly leaving = new Map<SisConnection, NodeJS.Timeout>()

  constructor(
    private current: SisConnection,
    private readonly open: () => Promise<SisConnection>,
  ) {
    this.id = current.id
    // Which parts there are does not change: the settings are the same.
    if (current.source !== undefined) this.source = through(() => this.current.source!, current.source)
    if (current.target !== undefined) this.target = through(() => this.current.target!, current.target)
    if (current.login !== undefined) this.login = through(() => this.current.login!, current.login)
    if (current.revoke !== undefined) this.revoke = (grant) => this.current.revoke!(grant)
  }

  check(...of: Parameters<SisConnection['check']>) {
    return this.current.check(...of)
  }

  /** @throws when the new connection cannot be opened, or is not in order; the one before stays in use. */
  async reopen(): Promise<void> {
    const next = await this.opened()
    const { ok, findings } = await lookAt(next)
    if (!ok) {
      await next.close()
      throw new EmrexError('SIS_DOWN', `the system is not in order with it: ${findings[0] ?? 'no reason given'}`)
    }
    const before = this.current
    this.current = next
    const close = () => {
      this.leaving.delete(before)
      void before.close().catch(() => {})
    }
    this.leaving.set(before, setTimeout(close, closeAfterMs).unref())
  }

  /** The keys of all others wait meanwhile, and so does the end of the gateway: for no plugin for ever. */
  private async opened(): Promise<SisConnection> {
    const seconds = defaults.outboundTimeoutSeconds
    const opening = this.open()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), seconds * 1000)
    })
    const next = await Promise.race([opening, late]).finally(() => clearTimeout(timer))
    if (next !== undefined) return next
    void opening.then((tooLate) => tooLate.close()).catch(() => {})
    throw new EmrexError('SIS_DOWN', `the system is not in order with it: it was not opened within ${seconds} s`)
  }

  async close(): Promise<void> {
    const leaving = [...this.leaving]
    leaving.forEach(([, timer]) => clearTimeout(timer))
    await Promise.all([this.current, ...leaving.map(([connection]) => connection)].map((each) => each.close()))
  }
}

/** An object like `first` that passes every call on to what is current then. */
function through<Part extends object>(current: () => Part, first: Part): Part {
  return new Proxy(first, {
    get(_first, name) {
      const part = current()
      const value: unknown = Reflect.get(part, name)
      return typeof value === 'function' ? (value.bind(part) as unknown) : value
    },
  })
}
