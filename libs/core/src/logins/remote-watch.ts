import { EmrexError } from '../emrex-error.js'
import { isRecent } from '../is-recent.js'

const retryMs = 60_000

/**
 * Something that a login depends on and that somebody else publishes: metadata, a discovery document. It is asked for once
 * at a time, and what was last heard stays. Who keeps it says what may be used, and how it is asked for.
 */
export abstract class RemoteWatch<Known> {
  protected known: { readonly metadata: Known; readonly at: number } | undefined
  /** What was wrong the last time, for the operator. */
  protected finding: string | undefined
  private triedAt = Number.NEGATIVE_INFINITY
  private running: Promise<void> | undefined

  protected constructor(private readonly now: () => Date) {}

  /** What is known, if it may be used now. */
  protected abstract usable(): Known | undefined
  /** Asks once, and writes down what came of it. Does not throw. */
  protected abstract ask(): Promise<void>

  /** @throws {EmrexError} LOGIN_UNAVAILABLE; what is not known is asked for again, at most once a minute, for everybody who waits. */
  async current(): Promise<Known> {
    const isAsked = this.running !== undefined || !isRecent(this.triedAt, this.time(), retryMs)
    if (this.usable() === undefined && isAsked) await this.askOnce()
    const known = this.usable()
    if (known === undefined) throw new EmrexError('LOGIN_UNAVAILABLE', 'the login cannot be used now')
    return known
  }

  /** Asks, or waits for who asks already. */
  protected askOnce(): Promise<void> {
    this.running ??= this.askNow().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  /** Epoch milliseconds. */
  protected time(): number {
    return this.now().getTime()
  }

  private askNow(): Promise<void> {
    this.triedAt = this.time()
    return this.ask()
  }
}
