import { defaults } from '../numbers.js'
import type { Log } from '../ports/log.js'
import type {
  ImportTarget,
  Notice,
  ResultSource,
  SisConnection,
  SisContext,
  SourceReport,
} from '../ports/sis-plugin.js'
import { SisError } from '../sis-error.js'
import { CircuitBreaker, type BreakerRules } from './circuit-breaker.js'
import { Places } from './places.js'
import { pause } from './polite-fetch.js'

export interface SisPolicy {
  /** How often a question is asked again after a failure that may pass. Submitting is never repeated here: its job does that. */
  readonly retries: number
  /** Before the first repetition, with jitter; doubled each time. A system's own `Retry-After` goes before. */
  readonly retryMilliseconds: number
  /** A system that says `Retry-After` a longer time is not waited for: the person would wait for nothing. */
  readonly retryAfterMaxMilliseconds: number
  /** Questions to one system at a time. */
  readonly maxParallel: number
  readonly breaker: BreakerRules
}

/** What `defaults` says of systems. */
export const defaultSisPolicy: SisPolicy = {
  retries: defaults.sisRetries,
  retryMilliseconds: defaults.sisRetryMilliseconds,
  retryAfterMaxMilliseconds: defaults.sisRetryAfterMaxSeconds * 1000,
  maxParallel: defaults.sisMaxParallel,
  breaker: { failures: defaults.sisBreakerFailures, openSeconds: defaults.sisBreakerSeconds },
}

interface PolicyHost {
  readonly log: Log
  now(): Date
}

/**
 * The same connection, with all that every plugin needs around it: so many questions at a time, repetitions with jitter, a
 * circuit breaker, and an end by the signal even where the plugin does not listen to it.
 */
export function withPolicy(connection: SisConnection, policy: SisPolicy, host: PolicyHost): SisConnection {
  const asker = new PoliteAsker(connection.id, policy, host)
  const { source, target } = connection
  return {
    ...connection,
    ...(source && { source: sourceWith(source, asker) }),
    ...(target && { target: targetWith(target, asker) }),
    check: (context) => connection.check(context),
    close: () => connection.close(),
    ...(connection.revoke && { revoke: (grant) => connection.revoke!(grant) }),
  }
}

function sourceWith(source: ResultSource, asker: PoliteAsker): ResultSource {
  return {
    can: source.can,
    institutions: (context) => asker.ask(context, () => source.institutions(context)),
    find: (subject, context) => asker.ask(context, () => source.find(subject, context)),
    async *reports(enrolment, want, context, subject) {
      // Read to the end before anything is handed on: a repetition must not give half of it twice.
      yield* await asker.ask(context, () => collect(source.reports(enrolment, want, context, subject)))
    },
    ...(source.openAttachment && {
      openAttachment: (enrolment, attachment, context) =>
        asker.stream(context, () => source.openAttachment!(enrolment, attachment, context)),
    }),
    ...(source.contact && {
      contact: (enrolment, context) => asker.ask(context, () => source.contact!(enrolment, context)),
    }),
  }
}

function targetWith(target: ImportTarget, asker: PoliteAsker): ImportTarget {
  return {
    can: target.can,
    match: (subject, context) => asker.ask(context, () => target.match(subject, context)),
    submit: (delivery, context) => asker.once(context, () => target.submit(delivery, context)),
    ...(target.status && { status: (id, context) => asker.ask(context, () => target.status!(id, context)) }),
    ...(target.institutions && {
      institutions: (context) => asker.ask(context, () => target.institutions!(context)),
    }),
    ...(target.contact && {
      contact: (enrolment, context) => asker.ask(context, () => target.contact!(enrolment, context)),
    }),
  }
}

async function collect(items: AsyncIterable<SourceReport | Notice>): Promise<(SourceReport | Notice)[]> {
  const collected: (SourceReport | Notice)[] = []
  for await (const item of items) collected.push(item)
  return collected
}

class PoliteAsker {
  readonly #places: Places
  readonly #breaker: CircuitBreaker

  constructor(
    private readonly connection: string,
    private readonly policy: SisPolicy,
    private readonly host: PolicyHost,
  ) {
    this.#places = new Places(policy.maxParallel)
    this.#breaker = new CircuitBreaker(policy.breaker, () => host.now())
  }

  /** Asks, and asks again after a failure that may pass, as long as the signal allows. @throws {SisError} */
  async ask<Answer>(context: SisContext, question: () => Promise<Answer>): Promise<Answer> {
    return this.#counting(context, async () => {
      for (let tried = 0; ; tried += 1) {
        try {
          return await this.#attempt(context, question)
        } catch (error) {
          if (!(error instanceof SisError) || !error.retryable || tried >= this.policy.retries) throw error
          if (context.signal.aborted) throw error
          const { retryAfterMs } = error.info
          if (retryAfterMs !== undefined && retryAfterMs > this.policy.retryAfterMaxMilliseconds) throw error
          const backOff = this.policy.retryMilliseconds * 2 ** tried * (0.5 + Math.random())
          // What happened says more than that the time ran out while waiting to ask again.
          await pause(retryAfterMs ?? backOff, context.signal).catch(() => Promise.reject(error))
        }
      }
    })
  }

  /** Asks a single time. @throws {SisError} */
  once<Answer>(context: SisContext, question: () => Promise<Answer>): Promise<Answer> {
    return this.#counting(context, () => this.#attempt(context, question))
  }

  #attempt<Answer>({ signal }: SisContext, question: () => Promise<Answer>): Promise<Answer> {
    return this.#places.with(signal, () => this.#untilAborted(signal, question()))
  }

  /** One question to the circuit breaker, with all its repetitions: one person must not open it for all. */
  async #counting<Answer>(context: SisContext, work: () => Promise<Answer>): Promise<Answer> {
    this.#throwIfOpen()
    try {
      const answer = await work()
      this.#breaker.succeeded()
      return answer
    } catch (error) {
      throw this.#counted(error, context)
    }
  }

  /** A stream that begins, or fails, as any question does, and ends with the signal. Nothing of it is repeated. */
  async *stream(context: SisContext, open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#throwIfOpen()
    const pieces = open()[Symbol.asyncIterator]()
    try {
      for (;;) {
        const next = await this.#untilAborted(context.signal, pieces.next())
        if (next.done === true) return this.#breaker.succeeded()
        yield next.value
      }
    } catch (error) {
      throw this.#counted(error, context)
    } finally {
      // Not waited for: a plugin that hangs would not end here either.
      pieces.return?.().catch(() => {})
    }
  }

  #throwIfOpen(): void {
    const kind = this.#breaker.refuse()
    if (kind !== undefined)
      throw new SisError(kind, 'the system failed a moment ago and is not asked again yet', {
        connection: this.connection,
      })
  }

  #counted(error: unknown, { signal, reference }: SisContext): unknown {
    const failure =
      error instanceof SisError || !signal.aborted
        ? error
        : new SisError('timeout', 'the system took too long', { connection: this.connection })
    if (failure instanceof SisError && this.#breaker.failed(failure)) {
      const { connection } = this
      if (failure.kind === 'credential')
        this.host.log.error('sis.credential-refused', { connection, reference, status: failure.info.status ?? 0 })
      this.host.log.warn('sis.left-alone', { connection, kind: failure.kind, seconds: this.policy.breaker.openSeconds })
    }
    return failure
  }

  /** Ends with the signal, whatever the plugin does. */
  async #untilAborted<Answer>(signal: AbortSignal, answer: Promise<Answer>): Promise<Answer> {
    let stop = () => {}
    const stopped = new Promise<never>((_, reject) => {
      stop = () => reject(new SisError('timeout', 'the system took too long', { connection: this.connection }))
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
    try {
      return await Promise.race([answer, stopped])
    } finally {
      signal.removeEventListener('abort', stop)
      // Nobody waits any more; a late failure must not end the process.
      answer.catch(() => {})
      stopped.catch(() => {})
    }
  }
}
