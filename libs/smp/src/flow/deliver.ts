import {
  defaults,
  putReceipt,
  reasonOf,
  receiptNumber,
  referenceOf,
  SisError,
  type EmrexError,
  type GatewayStore,
  type LeasedJob,
  type Log,
  type NewJob,
  type ReasonCode,
} from '@emrex-gateway/core'
import { claimNext, demandTryLeft, nextTryAt, takeUpAgain } from '../job-retries.js'
import type { SmpFlow } from './smp-flow.js'
import { smpReceipt } from './smp-receipt.js'
import { isIn, type SmpTransfer } from './smp-transfer.js'

const queueOf = (entryId: string): string => `deliver:${entryId}`

/** Whether a queue holds decided imports, of whatever entry. */
export const isDeliveryQueue = (queue: string): boolean => queue.startsWith(queueOf(''))

/** The job that brings a decided import to the SIS; its key makes a second one impossible. */
export const deliveryJob = (entryId: string, transferId: string, deliveryId: string): NewJob => ({
  queue: queueOf(entryId),
  key: deliveryId,
  payload: { transfer: transferId },
})

export interface DeliveryWorkerOptions {
  readonly owner: string
  /** More than a delivery may take, or another worker begins it as well, and neither can end it. */
  readonly leaseSeconds: number
  /** First wait after a failure; doubled each time, at most an hour, with jitter. */
  readonly retrySeconds: number
  /** After so many tries the job waits until it is taken up again. */
  readonly maxAttempts: number
  now(): Date
}

/** Our own database cannot be asked: that says nothing of this delivery, which waits until its lease is over. */
const isAway = (error: unknown): boolean => reasonOf(error) === 'STORE_UNAVAILABLE'

/** Named points of a delivery; tests stop the process there. */
export type DeliveryPoint = 'leased' | 'submitting' | 'submitted' | 'acknowledged'

/**
 * Brings decided imports of one SMP to its SIS, at least once; the SIS makes it exactly once by the delivery's id.
 * A decided import is never dropped: it is delivered, refused by the SIS for a reason, or waits.
 */
export class DeliveryWorker {
  readonly queue: string

  constructor(
    private readonly flow: SmpFlow,
    private readonly store: GatewayStore,
    private readonly log: Log,
    private readonly options: DeliveryWorkerOptions,
    private readonly reached: (point: DeliveryPoint) => void = () => {},
  ) {
    this.queue = queueOf(flow.entry.id)
  }

  /** Works until nothing is due, or no more is to be begun; gives how many jobs were taken. */
  async run(stopping?: AbortSignal): Promise<number> {
    for (let taken = 0; ; taken++) {
      if (stopping?.aborted === true) return taken
      const { owner, leaseSeconds } = this.options
      const job = await claimNext(this.store.jobs, this.queue, { owner, leaseSeconds, ...this.waits })
      if (job === undefined) return taken
      this.reached('leased')
      await this.deliver(job)
    }
  }

  /** Those that were given up: somebody may have mended the system since. They were promised to their students. */
  async takeUpAgain(): Promise<void> {
    const count = await takeUpAgain(this.store.jobs, this.queue)
    if (count > 0) this.log.info('delivery.taken-up', { entry: this.flow.entry.id, count })
  }

  private async deliver(job: LeasedJob): Promise<void> {
    const transferId = (job.payload as { transfer: string }).transfer
    let transfer: Awaited<ReturnType<typeof this.flow.transfers.load>>
    try {
      transfer = await this.flow.transfers.load(transferId)
    } catch (error) {
      if (isAway(error)) throw error
      return this.unreadable(job, transferId, error)
    }
    if (transfer === undefined || !isIn(transfer, 'decided')) return this.store.jobs.done(job)
    try {
      demandTryLeft(job, this.options.maxAttempts)
      await this.submit(job, transfer)
    } catch (error) {
      if (isAway(error)) throw error
      if ((error as EmrexError).code === 'LEASE_LOST' || (error as EmrexError).code === 'TRANSFER_CHANGED') return
      await this.failed(job, transfer, error)
    }
  }

  /** No key opens it: it waits, for somebody may give the key again. */
  private async unreadable(job: LeasedJob, transferId: string, error: unknown): Promise<void> {
    const code = reasonOf(error)
    const { entry } = this.flow
    const reference = referenceOf(transferId)
    this.log.error('delivery.unreadable', { entry: entry.id, reference, code, attempts: job.attempts })
    await this.postpone(job, code)
  }

  private async submit(job: LeasedJob, transfer: SmpTransfer<'decided'>): Promise<void> {
    const { owner, match, ncp, receivedAt, deliveryId, sha1Until } = transfer.state
    const target = this.flow.entry.target.target
    if (target === undefined)
      throw new SisError('unsupported', 'this SIS takes no results', { connection: this.flow.entry.target.id })
    const document = await this.flow.document(transfer)
    const { history } = this.flow.papers
    const earlier = await history.earlier(owner, document.elmo, receiptNumber(transfer.id))
    const underWay = target.submit(
      {
        ...{ id: deliveryId, owner, match, document },
        origin: { ncp: ncp.name, country: ncp.countryCode, receivedAt },
        trust: { certificates: ncp.certificates, ...(sha1Until === undefined ? {} : { sha1Until }) },
        ...(earlier.length === 0 ? {} : { earlier }),
      },
      {
        signal: AbortSignal.timeout(this.flow.entry.targetTimeoutSeconds * 1000),
        languages: ['en'],
        reference: referenceOf(transfer.id),
      },
    )
    this.reached('submitting')
    const receipt = await underWay
    this.reached('submitted')
    if (receipt.state === 'rejected' && this.flow.entry.desk !== undefined) {
      // The request is over: its own reason, for there is no SIS that refused anything.
      const code = receipt.reason as ReasonCode
      await this.flow.end(transfer, { code }, [{ event: 'import.failed', code }])
      return this.store.jobs.done(job)
    }
    if (receipt.state === 'rejected')
      throw new SisError('refused', `the SIS refused the import: ${receipt.reason ?? 'no reason given'}`, {
        connection: this.flow.entry.target.id,
      })
    const now = this.options.now()
    const { mode } = target.can
    const isRecorded = mode !== 'case' && receipt.state === 'accepted'
    const given = await this.flow.entry.desk?.given(transfer.id, document)
    const kept = smpReceipt(this.flow.entry, transfer, document, { at: now, isRecorded, given })
    const { results, ects } = kept.receipt.content
    // Before the end: a delivery that is tried again adds the same receipt, which is then there already.
    await history.add(owner, kept, { elmo: document.elmo, reference: receipt.reference })
    const endShownUntil = now.getTime() + defaults.endedTransferHours * 3_600_000
    await this.flow.transfers.save(
      transfer,
      {
        state: {
          state: 'delivered',
          code: 'COMPLETED',
          ncp: ncp.name,
          results,
          receipt: receipt.reference ?? receipt.id,
          ...{ mode, isRecorded },
          ...(ects === undefined ? {} : { ects }),
        },
        expiresAt: endShownUntil,
      },
      {
        dropBodies: ['document'],
        putBodies: [putReceipt(kept, endShownUntil)],
        finishJob: job,
        audit: [
          {
            event: 'import.delivered',
            code: 'COMPLETED',
            facts: { state: receipt.state, mode, attempts: job.attempts },
          },
        ],
      },
    )
    this.reached('acknowledged')
  }

  private async failed(job: LeasedJob, transfer: SmpTransfer<'decided'>, error: unknown): Promise<void> {
    const isRefused = error instanceof SisError && error.kind === 'refused'
    const code = isRefused ? 'SIS_REJECTED' : reasonOf(error)
    this.log.warn('delivery.failed', {
      entry: this.flow.entry.id,
      reference: referenceOf(transfer.id),
      connection: this.flow.entry.target.id,
      code,
      ...(error instanceof SisError ? { kind: error.kind } : {}),
      attempts: job.attempts,
    })
    if (isRefused) {
      await this.flow.end(transfer, { code: 'SIS_REJECTED', ncp: transfer.state.ncp.name }, [
        { event: 'import.failed', code: 'SIS_REJECTED' },
      ])
      return this.store.jobs.done(job)
    }
    if (job.attempts >= this.options.maxAttempts) {
      await this.flow.transfers.save(
        transfer,
        { state: transfer.state },
        { audit: [{ event: 'import.failed', code, facts: { attempts: job.attempts } }] },
      )
      return this.store.jobs.fail(job, { code })
    }
    await this.postpone(job, code)
  }

  /** Until the next try; after the last one it waits until it is taken up again. */
  private async postpone(job: LeasedJob, code: ReasonCode): Promise<void> {
    if (job.attempts >= this.options.maxAttempts) return this.store.jobs.fail(job, { code })
    const retryAt = nextTryAt(this.options.now(), job.attempts, this.waits)
    await this.store.jobs.fail(job, { code, retryAt })
  }

  private get waits() {
    return { firstSeconds: this.options.retrySeconds, mostSeconds: defaults.deliveryRetryMaxSeconds }
  }
}
