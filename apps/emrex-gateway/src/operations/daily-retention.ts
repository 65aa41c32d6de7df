import { defaults, isRecent } from '@emrex-gateway/core'
import type { OpenedStore } from '@emrex-gateway/store'
import type { RetentionLedger } from './retention-ledger.js'

const dayMs = 86_400_000

/** How long what has no end of its own is kept. */
export interface KeptDays {
  readonly evidence: number
  readonly staff: number
}

/** What goes by the day: old evidence, names of staff in it, and jobs that are done. The chains of evidence go on to verify. */
export class DailyRetention {
  private ranAt = -Infinity

  constructor(
    private readonly store: Pick<OpenedStore, 'auditChain' | 'forgetDoneJobs'>,
    private readonly days: KeptDays,
    private readonly ledger: RetentionLedger,
    private readonly now: () => Date,
  ) {}

  /** At most once a day; a round that failed is tried again with the next call. What an instance did, another finds done. */
  async run(): Promise<void> {
    const now = this.now().getTime()
    if (isRecent(this.ranAt, now, dayMs)) return
    const { auditChain, forgetDoneJobs } = this.store
    this.ledger.note('lines of evidence', await auditChain.prune(now - this.days.evidence * dayMs))
    this.ledger.note('names of staff', await auditChain.forgetStaff(now - this.days.staff * dayMs))
    this.ledger.note('done jobs', await forgetDoneJobs(now - defaults.doneJobDays * dayMs))
    this.ranAt = now
  }
}
