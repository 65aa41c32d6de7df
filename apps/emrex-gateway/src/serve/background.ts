import {
  defaults,
  endOverdue,
  loggedTransfers,
  reasonOf,
  referenceOf,
  type LogFields,
  type Purged,
  type Transfer,
  type TransferStore,
  type AnyState,
} from '@emrex-gateway/core'
import type { RequestState } from '@emrex-gateway/smp'
import type { Gateway } from './build-gateway.js'

const hourMs = 3_600_000

/** Work without a browser: deliveries, expiry, removal of sealed bodies, refreshing the registry, ends of certificates, how logins are, care of the evidence. */
export class Background {
  private readonly timers: NodeJS.Timeout[] = []
  private readonly running = new Set<Promise<unknown>>()
  /** Rounds of deliveries under way, whoever began them. */
  private readonly delivering = new Set<Promise<void>>()
  private tidying = Promise.resolve()
  private readonly stopping = new AbortController()

  constructor(
    private readonly gateway: Gateway,
    private readonly now: () => Date,
  ) {}

  start(): void {
    this.gateway.registry.start()
    // Each for itself: a system that hangs holds up its own deliveries alone.
    for (const { worker } of this.gateway.smps) this.every(500, () => this.bring(worker, this.stopping.signal))
    for (const { api } of this.gateway.smps) {
      if (api === undefined) continue
      this.every(500, async () => void (await api.run(this.stopping.signal)))
      for (const webhook of api.webhooks) this.every(500, async () => void (await webhook.run(this.stopping.signal)))
    }
    this.every(defaults.tidySeconds * 1000, async () => void (await this.tidyInTurn()))
    this.every(defaults.takeUpHours * hourMs, () => this.takeUpAgain())
    void this.watch(this.takeUpAgain())
    this.every(hourMs, () => this.gateway.certificates.announce())
    void this.watch(this.gateway.certificates.announce())
    this.every(defaults.tidySeconds * 1000, () => this.gateway.auditWatch.inTurn())
    void this.watch(this.gateway.auditWatch.look())
    this.every(5_000, () => this.gateway.loginWatch.refresh())
    void this.watch(this.gateway.loginWatch.refresh())
    const { systemWatch, rollover } = this.gateway.operations
    this.every(5_000, () => systemWatch.refresh())
    this.every(defaults.keyFilesSeconds * 1000, () => rollover.check())
  }

  /**
   * Brings what was decided to the SISs, also where we were told to stop: it is asked for. What another round of ours had in
   * hand is brought, too, when this ends.
   */
  async deliver(): Promise<void> {
    for (const { worker } of this.gateway.smps) void this.bring(worker)
    await Promise.all(this.delivering)
  }

  /** Brings what was decided at one entry to its SIS, at once and without waiting for it. */
  deliverNow(entry: string): void {
    for (const { flow, worker } of this.gateway.smps)
      if (flow.entry.id === entry) void this.watch(this.bring(worker, this.stopping.signal))
  }

  /** What was given up is tried again from the beginning: whoever starts a gateway may have mended what it failed at. */
  async takeUpAgain(): Promise<void> {
    for (const { worker, api } of this.gateway.smps)
      for (const each of [worker, ...(api?.webhooks ?? [])]) await each.takeUpAgain()
  }

  /** Of all instances on one database, the first to come tidies; what it left is done in the next turn. Tells whether it was us. */
  async tidyInTurn(): Promise<boolean> {
    const turnMs = defaults.tidySeconds * 1000
    const turn = Math.floor(this.now().getTime() / turnMs)
    const isOurs = await this.gateway.store.once('tidy', `${turn}`, (turn + 2) * turnMs)
    if (isOurs) await this.tidy()
    return isOurs
  }

  /** Ends transfers whose time has run out, and removes bodies that nobody came for and what is too old. One round after the other. */
  tidy(): Promise<void> {
    this.tidying = this.tidying.catch(() => {}).then(() => this.tidyOnce())
    return this.tidying
  }

  private async tidyOnce(): Promise<void> {
    const { store, ncps, smps, cases, log } = this.gateway
    const now = this.now().getTime()
    await this.expire(
      loggedTransfers(store.transfers('ncp'), 'ncp', log),
      new Map(ncps.map((flow) => [flow.entry.id, (transfer) => flow.expire(transfer as never)])),
    )
    await this.expire(
      loggedTransfers(store.transfers('smp'), 'smp', log),
      new Map(smps.map(({ flow }) => [flow.entry.id, (transfer) => flow.expire(transfer as never)])),
    )
    await this.expire(loggedTransfers(store.transfers('staff'), 'staff', log), new Map())
    await this.expireEach(cases.records, (record) => cases.expire(record))
    await this.expire(loggedTransfers(store.transfers('history'), 'history', log), new Map())
    await this.expireRequests()
    this.tellUnreadable(await store.purge(now))
    // A busy hour leaves more notes than one transaction should take.
    while ((await store.statistics.rollUp()) === defaults.statisticsRollUpNotes && !this.stopped);
    await this.gateway.dailyRetention.run()
    this.gateway.operations.ledger.close()
  }

  /** Their seal key is not among ours any more, or somebody changed the row: what nobody can end was removed or waits. */
  private tellUnreadable({ unreadable: removed = 0, unreadableKept: kept = 0 }: Purged): void {
    if (removed + kept > 0) this.gateway.log.error('transfer.unreadable', { code: 'INTERNAL', removed, kept })
  }

  /** Requests of other systems; those of an entry that was taken out of the settings go. */
  private async expireRequests(): Promise<void> {
    const apis = new Map(this.gateway.smps.flatMap(({ flow, api }) => (api ? [[flow.entry.id, api] as const] : [])))
    const records = loggedTransfers(this.gateway.store.transfers<RequestState>('request'), 'request', this.gateway.log)
    await this.expireEach(records, (record) => apis.get(record.entry)?.expire(record) ?? records.remove(record.id))
  }

  /** Stops the timers, begins nothing more and waits for what is under way; what is due then is for the next instance. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.timers.forEach(clearInterval)
    await Promise.allSettled([...this.running])
  }

  /** Works until nothing is due at one entry, or we are told to stop. */
  private bring(worker: Gateway['smps'][number]['worker'], stopping?: AbortSignal): Promise<void> {
    const round = worker
      .run(stopping)
      .then(() => {})
      .finally(() => this.delivering.delete(round))
    this.delivering.add(round)
    return round
  }

  private expire(
    transfers: TransferStore<AnyState>,
    flows: ReadonlyMap<string, (transfer: Transfer<AnyState>) => Promise<void>>,
  ): Promise<void> {
    return this.expireEach(transfers, (transfer) =>
      (flows.get(transfer.entry) ?? ((left) => this.removeLeft(left, transfers)))(transfer),
    )
  }

  private expireEach<State extends AnyState>(
    transfers: TransferStore<State>,
    end: (transfer: Transfer<State>) => Promise<void>,
  ): Promise<void> {
    const { log } = this.gateway
    return endOverdue(transfers, end, { log, now: () => this.now().getTime(), stopping: this.stopping.signal })
  }

  /** An entry that was taken out of the settings leaves nothing behind but what it promised to deliver. */
  private async removeLeft(left: Transfer<AnyState>, transfers: TransferStore<AnyState>): Promise<void> {
    const { id, entry, state } = left
    if (state.state !== 'decided') return transfers.remove(id)
    this.gateway.log.error('delivery.left', { entry, reference: referenceOf(id) })
    await transfers.save(left, { state, expiresAt: this.now().getTime() + 24 * hourMs })
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    let busy = false
    const timer = setInterval(() => {
      if (busy || this.stopped) return
      busy = true
      void this.watch(work()).finally(() => (busy = false))
    }, milliseconds)
    timer.unref()
    this.timers.push(timer)
  }

  /** Keeps a piece of work in view until it ends; a failure is logged, the next round tries again. */
  private watch(work: Promise<void>): Promise<void> {
    const run = work
      .catch((error: unknown) => {
        this.gateway.operations.metrics.backgroundFailures.inc()
        this.gateway.log.error('background.failed', failureOf(error))
      })
      .finally(() => this.running.delete(run))
    this.running.add(run)
    return run
  }
}

const failureOf = (error: unknown): LogFields => ({
  code: reasonOf(error),
  error: error instanceof Error ? error.name : typeof error,
})
