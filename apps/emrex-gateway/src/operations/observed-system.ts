import { SisError, type ImportTarget, type ResultSource, type SisConnection } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'
import type { Tracing } from './tracing.js'

export interface QuestionWatch {
  readonly metrics: Metrics
  readonly tracing: Tracing
  /** Each answer of a system: whether it works, as far as this question tells. */
  readonly heard: (system: string, works: boolean) => void
}

/** Outcomes that are about one person or one question, of a system that works. */
const personal = new Set(['unknown-person', 'ambiguous', 'refused', 'forbidden', 'expired', 'unsupported'])

/** The same connection; each question is counted and timed, and is a span. */
export function observedSystem(connection: SisConnection, watch: QuestionWatch): SisConnection {
  const asker = new ObservedAsker(connection.id, watch)
  const { source, target } = connection
  return {
    ...connection,
    ...(source && { source: observedSource(source, asker) }),
    ...(target && { target: observedTarget(target, asker) }),
    check: (context) => connection.check(context),
    close: () => connection.close(),
    ...(connection.revoke && { revoke: (grant) => connection.revoke!(grant) }),
  }
}

function observedSource(source: ResultSource, asker: ObservedAsker): ResultSource {
  return {
    can: source.can,
    institutions: (context) => asker.ask('institutions', () => source.institutions(context)),
    find: (subject, context) => asker.ask('find', () => source.find(subject, context)),
    reports: (...of) => asker.stream('reports', () => source.reports(...of)),
    ...(source.openAttachment && {
      openAttachment: (...of) => asker.stream('attachment', () => source.openAttachment!(...of)),
    }),
    ...(source.contact && { contact: (...of) => asker.ask('contact', () => source.contact!(...of)) }),
  }
}

function observedTarget(target: ImportTarget, asker: ObservedAsker): ImportTarget {
  return {
    can: target.can,
    match: (subject, context) => asker.ask('match', () => target.match(subject, context)),
    submit: (delivery, context) => asker.ask('submit', () => target.submit(delivery, context)),
    ...(target.status && { status: (id, context) => asker.ask('status', () => target.status!(id, context)) }),
    ...(target.institutions && {
      institutions: (context) => asker.ask('institutions', () => target.institutions!(context)),
    }),
    ...(target.contact && { contact: (...of) => asker.ask('contact', () => target.contact!(...of)) }),
  }
}

class ObservedAsker {
  constructor(
    private readonly system: string,
    private readonly watch: QuestionWatch,
  ) {}

  ask<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const { system, watch } = this
    return watch.tracing.span(`sis ${question}`, { 'emrex.system': system }, async () => {
      const end = watch.metrics.sisSeconds.startTimer({ system, question })
      try {
        const answer = await ask()
        this.#heard(question, 'ok', true)
        return answer
      } catch (error) {
        const kind = error instanceof SisError ? error.kind : 'broken'
        this.#heard(question, kind, personal.has(kind))
        throw error
      } finally {
        end()
      }
    })
  }

  /** What comes in pieces; the question lasts as long as its pieces do. */
  async *stream<Piece>(question: string, open: () => AsyncIterable<Piece>): AsyncGenerator<Piece> {
    const pieces = open()[Symbol.asyncIterator]()
    let finish: (error?: unknown) => void = () => {}
    const whole = new Promise<void>((resolve, reject) => {
      finish = (error) => (error === undefined ? resolve() : reject(error as Error))
    })
    const counted = this.ask(question, () => whole).catch(() => {})
    try {
      for (;;) {
        const next = await pieces.next()
        if (next.done === true) return
        yield next.value
      }
    } catch (error) {
      finish(error ?? new Error('a system threw nothing'))
      throw error
    } finally {
      finish()
      void counted
      pieces.return?.(undefined)?.catch(() => {})
    }
  }

  #heard(question: string, outcome: string, works: boolean): void {
    const { system, watch } = this
    watch.metrics.sisQuestions.inc({ system, question, outcome })
    watch.heard(system, works)
  }
}
