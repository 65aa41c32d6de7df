import { defaults } from '@emrex-gateway/core'
import { isDeliveryQueue } from '@emrex-gateway/smp'
import type { Gateway } from '../serve/build-gateway.js'
import type { LoadGate } from './load-gate.js'
import type { Operations } from './operations.js'

const dayMs = 86_400_000

/** What `/health` tells an operator, and what readiness and metrics are made of. No personal data, no secret. */
export class HealthReport {
  constructor(
    private readonly gateway: Gateway,
    private readonly operations: Operations,
    private readonly gate: LoadGate,
    private readonly now: () => Date,
  ) {}

  /** Whether this instance should be sent requests: its database answers and can be written, and it is not about to stop. */
  async readiness() {
    const store = await this.operations.storeWatch.look()
    const ready = store.answers && store.writable && !this.gate.draining
    const { metrics } = this.operations
    metrics.ready.set(ready ? 1 : 0)
    metrics.storeUp.set(store.answers && store.writable ? 1 : 0)
    return { ready, draining: this.gate.draining, store }
  }

  /** Everything; `trouble` names in short what an operator should look at. */
  async whole() {
    const { operations } = this
    const { ready, draining, store } = await this.readiness()
    const registry = await this.registry()
    const certificates = store.answers ? await this.certificates() : []
    const deliveries = store.answers ? await this.deliveries() : []
    const left = store.answers ? await this.left() : []
    const unseen = store.answers ? await this.unseen() : []
    const systems = operations.systemWatch.states
    const logins = this.logins()
    const ncps = operations.ncpWatch.inTrouble
    const keys = operations.rollover.refused
    const { lookedAt, chains, broken } = this.gateway.auditWatch.health
    const evidence = { ...(lookedAt === undefined ? {} : { lookedAt }), chains: chains.length, broken }
    const trouble = [
      ...(store.answers
        ? store.writable
          ? []
          : [`store: cannot be written (${store.finding})`]
        : ['store: no answer']),
      ...systems.filter(({ ok }) => !ok).map(({ id }) => `system ${id}`),
      ...logins.filter(({ available }) => !available).map(({ id }) => `login ${id}`),
      ...certificates
        .filter(({ daysLeft }) => daysLeft < defaults.certificateWarningDays[0]!)
        .map(({ use, name, daysLeft }) => `certificate ${use} ${name}: ${daysLeft} days left`),
      ...(registry.stale ? ['registry: a list is too old'] : []),
      ...registry.skipped.map(({ source, position }) => `registry ${source}: ${position}`),
      ...ncps.map(({ ncp, inARow }) => `ncp ${ncp}: ${inARow} transfers in a row`),
      ...broken.map(({ role, entry, line, fault }) => `evidence ${role} ${entry}: ${fault} at line ${line}`),
      ...deliveries.filter(({ dead }) => dead > 0).map(({ entry, dead }) => `deliveries ${entry}: ${dead} given up`),
      // Events may be left on purpose, with their receiver; an import was promised to a student.
      ...left
        .filter(({ queue }) => isDeliveryQueue(queue))
        .map(({ queue, jobs }) => `jobs ${queue}: ${jobs} left, and the settings have no such place any more`),
      ...unseen.map(({ of, cases }) => `cases ${of}: ${cases} wait, and no staff sees them`),
      ...keys.map(({ what }) => `keys ${what}`),
    ]
    const status = !ready ? 'not ready' : trouble.length > 0 ? 'trouble' : 'well'
    const retention = operations.ledger.last
    return {
      ...{ status, trouble, ready, draining, store, systems, logins, certificates, registry, ncps, deliveries, left },
      unseen,
      ...{ evidence, keys: { refused: keys }, limits: { countedBy: operations.limitsSharedBy } },
      ...(retention === undefined ? {} : { retention }),
    }
  }

  /** Writes what is known into the gauges. */
  async measure(): Promise<void> {
    const { metrics } = this.operations
    const { store } = await this.readiness()
    const registry = await this.registry()
    metrics.registryEntries.set(registry.ncps)
    metrics.registrySkipped.set(registry.skipped.length)
    if (registry.ageSeconds !== undefined) metrics.registryAge.set(registry.ageSeconds)
    for (const { id, available } of this.logins()) metrics.loginUp.set({ login: id }, available ? 1 : 0)
    metrics.evidenceFaults.reset()
    for (const { role, entry, faults } of this.gateway.auditWatch.health.chains)
      metrics.evidenceFaults.set({ role, entry }, faults)
    if (!store.answers) return
    metrics.certificateDays.reset()
    // Of several under one name, as the certificate of a system and its authority's, the one that ends first stays.
    for (const { use, name, daysLeft } of (await this.certificates()).toReversed())
      metrics.certificateDays.set({ use, name }, daysLeft)
    for (const { entry, overdueSeconds, ...counts } of await this.deliveries()) {
      metrics.deliveryLag.set({ entry }, overdueSeconds)
      for (const [state, count] of Object.entries(counts)) metrics.deliveries.set({ entry, state }, count)
    }
  }

  private logins() {
    const { logins, loginWatch } = this.gateway
    return [...logins.keys()].map((id) => {
      const { available, findings } = loginWatch.stateOf(id) ?? { available: true, findings: [] }
      return { id, available, findings }
    })
  }

  private async registry() {
    const { entries, skipped, stale, fetchedAt } = await this.gateway.registry.current()
    const age = fetchedAt === undefined ? {} : { ageSeconds: Math.round((this.now().getTime() - fetchedAt) / 1000) }
    return { ncps: entries.length, skipped, stale, ...age }
  }

  /** Ours whenever they end, those of NCPs when they end soon; the most urgent first. */
  private async certificates() {
    const days = (endsAt: string) => Math.floor((Date.parse(endsAt) - this.now().getTime()) / dayMs)
    const { certificates } = this.gateway
    const all = [
      ...certificates.own().map((own) => ({ ...own, daysLeft: days(own.endsAt) })),
      ...this.operations.rollover.certificates
        .filter(({ what }) => what.startsWith('system '))
        .map(({ what, endsAt }) => ({ use: 'system', name: what, endsAt, daysLeft: days(endsAt) })),
      ...(await certificates.ending())
        .filter(({ use }) => use === 'registry')
        .map(({ use, name, endsAt, daysLeft }) => ({ use, name, endsAt, daysLeft })),
    ]
    return all.sort((a, b) => a.daysLeft - b.daysLeft)
  }

  private deliveries() {
    const { store, smps } = this.gateway
    return Promise.all(
      smps.map(async ({ flow: { entry }, worker: { queue } }) => {
        const [counts, since] = [await store.jobs.counts(queue), await store.jobs.dueSince(queue)]
        const overdueSeconds = since === undefined ? 0 : Math.max(0, Math.round((this.now().getTime() - since) / 1000))
        return { entry: entry.id, ...counts, overdueSeconds }
      }),
    )
  }

  /** Work that nobody does: its entry or its receiver was taken out of the settings, or has another name there. */
  private async left() {
    const { store, smps } = this.gateway
    const known = new Set(smps.flatMap(({ worker, api }) => [worker.queue, ...(api?.queues ?? [])]))
    const unknown = (await store.jobs.queues()).filter((queue) => !known.has(queue))
    const counted = unknown.map(async (queue) => {
      const { ready, running, dead } = await store.jobs.counts(queue)
      return { queue, jobs: ready + running + dead }
    })
    return (await Promise.all(counted)).filter(({ jobs }) => jobs > 0)
  }

  /** Cases of an entry or, by hand, of a system that no entry with staff leads to: it was taken out, or has another name now. */
  private async unseen() {
    const { store, smps, cases } = this.gateway
    const entries = smps.flatMap(({ flow, staff }) => (staff === undefined ? [] : [flow.entry]))
    const known = { smp: new Set(entries.map(({ id }) => id)), case: new Set(entries.map(({ target }) => target.id)) }
    const waiting = [
      ...(await store.transfers('smp').list({ states: ['needs-staff'] })).filter(({ entry }) => !known.smp.has(entry)),
      ...(await cases.records.list({ states: ['open'] })).filter(({ entry }) => !known.case.has(entry)),
    ]
    const names = [...new Set(waiting.map(({ entry }) => entry))]
    return names.map((of) => ({ of, cases: waiting.filter(({ entry }) => entry === of).length }))
  }
}
