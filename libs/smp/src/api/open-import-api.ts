import { defaults, type LeasedJob, type SisConnection, type Transfer } from '@emrex-gateway/core'
import { claimNext } from '../job-retries.js'
import { ApplicantDesk, endedQueue, endedWaits } from './applicant-desk.js'
import type { ApiHost, ImportApi } from './import-api.js'
import { ImportRequests } from './import-requests.js'
import { remind, reminderQueue } from './reminders.js'
import { RequestRecords } from './request-records.js'
import type { RequestState } from './request-state.js'
import { WebhookWorker } from './webhook-worker.js'

/** The import API of one SMP, without routes and pages: for the client, for the applicant, and the work behind both. */
export interface OpenImportApi {
  readonly settings: ImportApi
  readonly requests: ImportRequests
  readonly desk: ApplicantDesk
  /** The target of the SMP: what applicants agree to is handed to their request. */
  readonly target: SisConnection
  readonly webhooks: readonly WebhookWorker[]
  readonly records: RequestRecords['store']
  /** Whose jobs are done by `run` and by the webhooks. */
  readonly queues: readonly string[]
  /** Notes ends of transfers and sends reminders, until none is due or no more is to be begun; gives how many jobs were taken. */
  run(stopping?: AbortSignal): Promise<number>
  /** For what `records.expired` gives. */
  expire(record: Transfer<RequestState>): Promise<void>
}

/** @param owner names this process among those that work on one store. */
export function openImportApi(settings: ImportApi, host: ApiHost, owner: string): OpenImportApi {
  const records = new RequestRecords(settings, host)
  const desk = new ApplicantDesk(records)
  const work = async (
    queue: string,
    one: (job: LeasedJob) => Promise<void>,
    stopping: AbortSignal | undefined,
  ): Promise<number> => {
    for (let taken = 0; ; taken++) {
      if (stopping?.aborted === true) return taken
      const order = { owner, leaseSeconds: defaults.deliveryLeaseSeconds, ...endedWaits }
      const job = await claimNext(host.store.jobs, queue, order)
      if (job === undefined) return taken
      await one(job)
    }
  }
  const webhooks = settings.clients.flatMap(({ id, webhooks }) =>
    webhooks.map((receiver) => new WebhookWorker(records, id, receiver, owner)),
  )
  return {
    settings,
    requests: new ImportRequests(records),
    desk,
    target: targetOf(settings, desk),
    webhooks,
    records: records.store,
    queues: [endedQueue(settings.entry), reminderQueue(settings.entry), ...webhooks.map(({ queue }) => queue)],
    run: async (stopping) => {
      const noteEnds = () => work(endedQueue(settings.entry), (job) => desk.ended(job), stopping)
      let ends = await noteEnds()
      // A mail takes its time, and thousands may be due at once: no end waits for more than one of them.
      const remindOne = async (job: LeasedJob) => {
        await remind(records, job)
        ends += await noteEnds()
      }
      return (await work(reminderQueue(settings.entry), remindOne, stopping)) + ends
    },
    expire: (record) => records.expire(record),
  }
}

/** Takes whoever logs in: who it must be is said by the order, and compared by the flow. */
function targetOf({ entry }: ImportApi, desk: ApplicantDesk): SisConnection {
  return {
    id: `api:${entry}`,
    target: {
      can: { findBy: ['nationalId', 'esi', 'learnerId', 'birthDate', 'name'], mode: 'structured' },
      match: () => Promise.resolve([]),
      submit: (delivery) => desk.submit(delivery),
    },
    check: () => Promise.resolve({ ok: true, findings: [] }),
    close: () => Promise.resolve(),
  }
}
