import { isRecent } from '../is-recent.js'
import type { SisError, SisErrorKind } from '../sis-error.js'

/** When a system that fails is left alone for a while. */
export interface BreakerRules {
  /** So many failures one after the other. */
  readonly failures: number
  readonly openSeconds: number
}

/**
 * Leaves a system alone that does not answer, so that nobody waits for it and it is not hammered. After a while one
 * question is let through; its outcome decides. A refused credential opens at once: asking again could lock the account.
 */
export class CircuitBreaker {
  #failures = 0
  #openedAt: number | undefined
  #kind: SisErrorKind = 'unavailable'

  constructor(
    private readonly rules: BreakerRules,
    private readonly now: () => Date,
  ) {}

  /** Lets a question through, or says why nobody may ask now. */
  refuse(): SisErrorKind | undefined {
    if (this.#openedAt === undefined) return undefined
    const now = this.now().getTime()
    if (isRecent(this.#openedAt, now, this.rules.openSeconds * 1000)) return this.#kind
    // The one that is let through first decides for all: the others wait for its outcome.
    this.#openedAt = now
    return undefined
  }

  succeeded(): void {
    this.#failures = 0
    this.#openedAt = undefined
  }

  /** Counts a failure; true when it opened the circuit. What is about one person or one question shows a system that works. */
  failed({ kind }: SisError): boolean {
    if (kind !== 'credential' && kind !== 'unavailable' && kind !== 'timeout') {
      this.succeeded()
      return false
    }
    this.#failures += 1
    if (kind !== 'credential' && this.#failures < this.rules.failures) return false
    this.#kind = kind
    this.#openedAt = this.now().getTime()
    // One question is let through after that; one more failure opens again.
    this.#failures = this.rules.failures - 1
    return true
  }
}
