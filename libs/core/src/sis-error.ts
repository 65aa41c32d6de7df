export type SisErrorKind =
  | 'credential'
  | 'forbidden'
  | 'expired'
  | 'unknown-person'
  | 'ambiguous'
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'bad-data'
  | 'refused'
  | 'unsupported'

/** What a SIS plugin throws. The message is safe to show and to log: no personal data. */
export class SisError extends Error {
  /** One of another copy of this package, too: a plugin from outside may have brought its own. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    const isOfAnotherCopy = this === SisError && (error as Partial<SisError> | undefined | null)?.name === 'SisError'
    return isOfAnotherCopy || super[Symbol.hasInstance](error)
  }

  override readonly name = 'SisError'
  constructor(
    readonly kind: SisErrorKind,
    message: string,
    readonly info: {
      readonly connection: string
      readonly status?: number
      readonly upstreamCode?: string
      readonly retryAfterMs?: number
    },
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  get retryable(): boolean {
    return this.kind === 'rate-limited' || this.kind === 'unavailable' || this.kind === 'timeout'
  }
}

/**
 * The message with what stands behind it, for who is to find out why: the status where the system refused, and its code or
 * that of the connection.
 */
export function explainSisError({ message, info: { status, upstreamCode } }: SisError): string {
  const refusal = status === undefined || status < 300 ? undefined : `HTTP ${status}`
  const facts = [refusal, upstreamCode].filter((fact) => fact !== undefined)
  return facts.length === 0 ? message : `${message} (${facts.join(', ')})`
}
