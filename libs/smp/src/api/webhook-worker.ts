import { defaults, EmrexError, errorFacts, referenceOf, type LeasedJob } from '@emrex-gateway/core'
import { claimNext, nextTryAt, takeUpAgain } from '../job-retries.js'
import type { WebhookReceiver } from './import-api.js'
import type { RequestRecords } from './request-records.js'
import { signWebhook, webhookQueue, type WebhookEvent } from './webhook-event.js'

/** Why an attempt failed, for the log: never the answer of the receiver. */
type Failure = 'unreachable' | 'too-slow' | 'cut-off' | `status-${number}`

const waits = { firstSeconds: defaults.webhookRetrySeconds, mostSeconds: defaults.webhookRetryMaxSeconds }

/**
 * Brings the events of one client to one receiver, at least once; by the id, which stays the same, the receiver makes it
 * once. An event is not held up by another one: a receiver orders by `sequence`.
 */
export class WebhookWorker {
  readonly queue: string

  constructor(
    private readonly requests: RequestRecords,
    client: string,
    private readonly receiver: WebhookReceiver,
    private readonly owner: string,
  ) {
    this.queue = webhookQueue(requests.api.entry, client, receiver.id)
  }

  /** Works until nothing is due, or no more is to be begun; gives how many attempts were made. */
  async run(stopping?: AbortSignal): Promise<number> {
    const { jobs } = this.requests.host.store
    for (let taken = 0; ; taken++) {
      if (stopping?.aborted === true) return taken
      const leaseSeconds = this.receiver.timeoutSeconds + defaults.webhookLeaseSeconds
      const job = await claimNext(jobs, this.queue, { owner: this.owner, leaseSeconds, ...waits })
      if (job === undefined) return taken
      try {
        // One that failed is given up after its last try: this one never came to an end.
        const isCutOff = job.attempts > defaults.webhookMaxAttempts
        const failure = isCutOff ? 'cut-off' : await this.send(job.payload as unknown as WebhookEvent)
        if (failure === undefined) await jobs.done(job)
        else await this.failed(job, failure)
      } catch (error) {
        // Another worker has it: the receiver may get it twice, and knows it by its id.
        if (!(error instanceof EmrexError) || error.code !== 'LEASE_LOST') throw error
      }
    }
  }

  /** Those that were given up: the receiver may have been mended since. */
  async takeUpAgain(): Promise<void> {
    const { host, api } = this.requests
    const count = await takeUpAgain(host.store.jobs, this.queue)
    if (count > 0) host.log.info('webhook.taken-up', { entry: api.entry, receiver: this.receiver.id, count })
  }

  private async send(event: WebhookEvent): Promise<Failure | undefined> {
    const { host } = this.requests
    const { url, secrets, timeoutSeconds } = this.receiver
    const body = JSON.stringify(event)
    const headers = signWebhook(secrets, { id: event.id, at: host.now(), body })
    const signal = AbortSignal.timeout(timeoutSeconds * 1000)
    try {
      const response = await host.fetch(url, { method: 'POST', headers, body, signal })
      await response.body?.cancel()
      return response.ok ? undefined : `status-${response.status}`
    } catch (error) {
      const isSlow = signal.aborted
      host.log.debug('webhook.error', { receiver: this.receiver.id, ...errorFacts(error) })
      return isSlow ? 'too-slow' : 'unreachable'
    }
  }

  private async failed(job: LeasedJob, failure: Failure): Promise<void> {
    const { host, api, store } = this.requests
    const { type, data } = job.payload as unknown as WebhookEvent
    const { attempts } = job
    const receiver = this.receiver.id
    const line = { entry: api.entry, receiver, reference: referenceOf(data.request), type, failure, attempts }
    host.log.warn('webhook.failed', line)
    if (attempts < defaults.webhookMaxAttempts) {
      const retryAt = nextTryAt(host.now(), attempts, waits)
      return host.store.jobs.fail(job, { code: failure, retryAt })
    }
    host.log.error('webhook.abandoned', line)
    const record = await store.load(data.request)
    if (record !== undefined)
      await store.save(
        record,
        { state: record.state },
        { audit: [{ event: 'webhook.abandoned', facts: { receiver, type, attempts } }] },
      )
    await host.store.jobs.fail(job, { code: failure })
  }
}
