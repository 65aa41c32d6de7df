import { defaults, isRecent, sisContext, type Health, type Log, type SisConnection } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'

export interface SystemState extends Health {
  /** ISO 8601. */
  readonly checkedAt: string
  /** Questions in a row, of the people who came since, that it did not answer. */
  readonly failuresSince: number
}

/** So many unanswered questions in a row, and a system is in trouble whatever the last look said. */
const troubleFrom = 3

/** Knows how each system is: by asking it now and then, and by how it answers those who come. */
export class SystemWatch {
  private readonly known = new Map<string, Health & { readonly checkedAt: Date }>()
  private readonly failures = new Map<string, number>()

  constructor(
    private readonly systems: ReadonlyMap<string, SisConnection>,
    private readonly metrics: Metrics,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  /** The state of each system that was looked at. */
  get states(): readonly (SystemState & { readonly id: string })[] {
    return [...this.known].map(([id, { ok, findings, checkedAt }]) => {
      const failuresSince = this.failures.get(id) ?? 0
      return { id, ok: ok && failuresSince < troubleFrom, findings, checkedAt: checkedAt.toISOString(), failuresSince }
    })
  }

  /** What a question of somebody's transfer told. */
  heard(system: string, works: boolean): void {
    this.failures.set(system, works ? 0 : (this.failures.get(system) ?? 0) + 1)
  }

  /** Looks at those whose turn it is, each for itself. */
  async refresh(): Promise<void> {
    await Promise.all([...this.systems.values()].map((system) => this.refreshOne(system)))
  }

  private async refreshOne(system: SisConnection): Promise<void> {
    const { id } = system
    const now = this.now()
    const before = this.known.get(id)
    if (before !== undefined) {
      const pauseMs = (before.ok ? defaults.healthGoodSeconds : defaults.healthBadSeconds) * 1000
      if (isRecent(before.checkedAt.getTime(), now.getTime(), pauseMs)) return
    }
    const health = await lookAt(system)
    this.known.set(id, { ...health, checkedAt: now })
    this.metrics.systemUp.set({ system: id }, health.ok ? 1 : 0)
    if (health.ok) this.failures.set(id, 0)
    if (health.ok !== (before?.ok ?? true))
      this.log[health.ok ? 'info' : 'warn'](health.ok ? 'sis.up' : 'sis.down', {
        connection: id,
        findings: health.findings.join('; '),
      })
  }
}

/** How a system says that it is; one that does not say so in time is not well. */
export async function lookAt(system: SisConnection): Promise<Health> {
  const seconds = defaults.healthSystemSeconds
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, findings: [`it did not answer within ${seconds} s`] }),
      seconds * 1000,
    )
    timer.unref()
  })
  try {
    const broken = { ok: false, findings: ['the look at it failed'] }
    return await Promise.race([system.check(sisContext(seconds, 'health')).catch(() => broken), late])
  } finally {
    clearTimeout(timer)
  }
}
