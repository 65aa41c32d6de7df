import type { Log } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'

/** What one round of tidying deleted, by kind. */
export interface RetentionReport {
  /** ISO 8601. */
  readonly at: string
  readonly deleted: Readonly<Record<string, number>>
}

/** Counts what goes because its time is over, and reports it: to the log, the metrics and the health page. */
export class RetentionLedger {
  private counts: Record<string, number> = {}
  private latest: RetentionReport | undefined

  constructor(
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  note(kind: string, count = 1): void {
    if (count === 0) return
    this.counts[kind] = (this.counts[kind] ?? 0) + count
    this.metrics.retention.inc({ kind }, count)
  }

  /** The last round that deleted something, and values since the one before. */
  get last(): RetentionReport | undefined {
    return this.latest
  }

  /**
   * Ends a round. Nothing deleted, nothing said. Values that count once go in every round, as each leaves one that says whose
   * turn it was: they are told with the next round that deletes more.
   */
  close(): void {
    if (Object.keys(this.counts).every((kind) => kind === 'values')) return
    this.latest = { at: this.now().toISOString(), deleted: this.counts }
    this.log.info('retention.deleted', this.counts)
    this.counts = {}
  }
}
