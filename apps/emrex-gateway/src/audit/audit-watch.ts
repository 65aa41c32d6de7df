import { defaults, reasonOf, type GatewayStore, type Log } from '@emrex-gateway/core'
import type { AuditChain } from '@emrex-gateway/store'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Signs the ends of the chains of evidence from time to time, looks at their newest lines, and tells when they do not hold. */
export class AuditWatch {
  constructor(
    private readonly store: Pick<GatewayStore, 'once'>,
    private readonly chain: AuditChain,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  /** Does what is due; of all instances on one database, the first to come does it. */
  async inTurn(): Promise<void> {
    if (await this.isOurs('audit-checkpoint', defaults.auditCheckpointMinutes * minuteMs)) await this.chain.checkpoint()
    if (await this.isOurs('audit-look', dayMs)) await this.look()
  }

  /** Verifies the newest lines of each chain, and warns of each that does not hold. */
  async look(): Promise<void> {
    const { problems } = await this.chain.verify({ newest: defaults.auditNewestLines })
    for (const { kind, entry, seq, fault } of problems) this.log.warn('audit.broken', { kind, entry, seq, fault })
  }

  /** At a clean end nothing is left that no checkpoint knows; a database that is gone holds up no end. */
  async close(): Promise<void> {
    try {
      await this.chain.checkpoint()
    } catch (error) {
      this.log.warn('audit.unsigned', { code: reasonOf(error) })
    }
  }

  private isOurs(work: string, everyMs: number): Promise<boolean> {
    const turn = Math.floor(this.now().getTime() / everyMs)
    return this.store.once(work, `${turn}`, (turn + 2) * everyMs)
  }
}
