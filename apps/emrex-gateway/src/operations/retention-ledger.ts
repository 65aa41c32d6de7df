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

  /** The last round that deleted something. */
  get last(): RetentionReport | undefined {
    return this.latest
  }

  /** Ends a round. Nothing deleted, nothing said. */
  close(): void {
    if (Object.keys(this.counts).length === 0) return
    this.latest = { at: this.now().toISOString(), deleted: this.counts }
    this.log.info('retention.deleted', this.counts)
    this.counts = {}
  }
}
