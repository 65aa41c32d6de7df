import { defaults, reasonOf, type GatewayStore, type Log } from '@emrex-gateway/core'
import type { AuditChain } from '@emrex-gateway/store'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** What the last look found. */
export interface EvidenceHealth {
  /** ISO 8601; absent before the first look. */
  readonly lookedAt?: string
  /** Chains that were looked at. */
  readonly chains: readonly { readonly role: string; readonly entry: string; readonly faults: number }[]
  /** Each place that does not fit. */
  readonly broken: readonly Readonly<Record<'role' | 'entry' | 'fault', string> & Record<'line', number>>[]
}

/** Signs the ends of the chains of evidence from time to time, looks at their newest lines, and tells when they do not hold. */
export class AuditWatch {
  private found: EvidenceHealth = { chains: [], broken: [] }

  constructor(
    private readonly store: Pick<GatewayStore, 'once'>,
    private readonly chain: AuditChain,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  /** Does what is due; of all instances on one database, the first to come does it. */
  async inTurn(): Promise<void> {
    if (await this.isOurs('audit-checkpoint', defaults.auditCheckpointMinutes * minuteMs)) await this.chain.checkpoint()
    if ((await this.isOurs('audit-look', dayMs)) || this.isBadNewsOld()) await this.look()
  }

  get health(): EvidenceHealth {
    return this.found
  }

  /** Verifies the newest lines of each chain, and warns of each that does not hold. */
  async look(): Promise<void> {
    const { problems, chains } = await this.chain.verify({ newest: defaults.auditNewestLines })
    this.found = {
      lookedAt: this.now().toISOString(),
      broken: problems.map(({ kind, entry, seq, fault }) => ({ role: kind, entry, line: seq, fault })),
      chains: chains.map(({ kind, entry }) => ({
        ...{ role: kind, entry },
        faults: problems.filter((each) => each.kind === kind && each.entry === entry).length,
      })),
    }
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

  /** Who told of a fault looks again until it is gone, whoever's turn it is. */
  private isBadNewsOld(): boolean {
    const { broken, lookedAt } = this.found
    return broken.length > 0 && this.now().getTime() - Date.parse(lookedAt!) >= dayMs
  }

  private isOurs(work: string, everyMs: number): Promise<boolean> {
    const turn = Math.floor(this.now().getTime() / everyMs)
    return this.store.once(work, `${turn}`, (turn + 2) * everyMs)
  }
}
