import { createHash } from 'node:crypto'
import {
  defaults,
  EmrexError,
  loggedTransfers,
  reasonOf,
  type AuditEvent,
  type Effects,
  type NewJob,
  type ReasonCode,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import { isIn, type SmpState } from '../flow/smp-transfer.js'
import type { ApiClient, ApiHost, ImportApi, LocalText, Purpose } from './import-api.js'
import type { Order } from './order.js'
import { isRequestIn, type RequestRecord, type RequestState } from './request-state.js'
import { webhookJobs, type WebhookEvent, type WebhookType } from './webhook-event.js'

export const dayMs = 86_400_000

/** Everything of a request that lies beside its state. */
export const requestBodies = ['document', 'fields']

/** How a request changed: for the evidence, and for the receivers of the client. */
interface Change {
  /** Absent: nothing that belongs into the evidence. */
  readonly event?: AuditEvent
  readonly code?: ReasonCode
  readonly facts?: Readonly<Record<string, string | number | boolean>>
  /** Absent: nobody is told. */
  readonly tells?: WebhookType
  readonly expiresAt?: number
  readonly effects?: Omit<Effects, 'audit' | 'jobs'>
  readonly jobs?: readonly NewJob[]
}

/**
 * The requests of one SMP in its store. A change is written together with its evidence and with the events for the
 * receivers, or not at all.
 */
export class RequestRecords {
  readonly store: TransferStore<RequestState>

  constructor(
    readonly api: ImportApi,
    readonly host: ApiHost,
  ) {
    this.store = loggedTransfers(host.store.transfers<RequestState>('request'), 'request', host.log)
  }

  get now(): number {
    return this.host.now().getTime()
  }

  /** A new link for the applicant: the token, as its handle, and what the state keeps of it. */
  newLink(): { readonly token: string; readonly handle: { kind: 'link'; value: string }; readonly mark: string } {
    const token = this.random(defaults.requestLinkBytes)
    return { token, handle: { kind: 'link', value: token }, mark: markOf(token) }
  }

  addressOf(token: string): string {
    return `${this.api.publicUrl}/links/${token}`
  }

  random(bytes: number): string {
    return Buffer.from(this.host.randomBytes(bytes)).toString('base64url')
  }

  /** @throws {EmrexError} REQUEST_UNKNOWN: no such request, or that of another client */
  async load(id: string, client?: string): Promise<Transfer<RequestState>> {
    const record = await this.store.load(id)
    if (record?.entry !== this.api.entry || (client !== undefined && record.state.client !== client))
      throw new EmrexError('REQUEST_UNKNOWN')
    return this.inTime(record)
  }

  /**
   * The next state. The record that is given must be the one that was read last.
   * @throws {EmrexError} TRANSFER_CHANGED, HANDLE_TAKEN, LEASE_LOST
   */
  change<Next extends RequestState>(
    record: Transfer<RequestState>,
    state: Next,
    { event, code, facts, tells, expiresAt, effects = {}, jobs = [] }: Change,
  ): Promise<Transfer<RequestState>> {
    const told = tells === undefined ? [] : this.tell(record, state, tells, code)
    return this.store.save(
      record,
      { state, ...(expiresAt === undefined ? {} : { expiresAt }) },
      {
        ...effects,
        jobs: [...jobs, ...told],
        audit: event
          ? [{ event, ...(code === undefined ? {} : { code }), ...(facts === undefined ? {} : { facts }) }]
          : [],
      },
    )
  }

  /** Nothing of the applicant is left after this, but the evidence. */
  end(
    record: Transfer<RequestState>,
    state: 'declined' | 'expired' | 'deleted',
    facts?: Change['facts'],
    effects?: Change['effects'],
  ): Promise<Transfer<RequestState>> {
    const code = codes[state]
    const { client } = record.state
    return this.change(record, { state, client, code } as RequestState, {
      ...{ event: `request.${state}`, code, tells: `request.${state}` },
      ...(facts === undefined ? {} : { facts }),
      expiresAt: this.now + defaults.endedRequestDays * dayMs,
      effects: { ...effects, dropBodies: requestBodies },
    })
  }

  /** The time of a request is over: it ends, or its result goes, or what was left of an end is forgotten. */
  async expire(record: Transfer<RequestState>): Promise<void> {
    if (isRequestIn(record, 'declined', 'expired', 'deleted')) return this.store.remove(record.id)
    if (isRequestIn(record, 'completed')) return void (await this.end(record, 'deleted', { by: 'time' }))
    // The applicant has agreed, and what they sent is on its way: that is a promise, whatever holds it up.
    if (isRequestIn(record, 'opened') && (await this.isAgreedTo(record.state.transfer)))
      return void (await this.store.save(record, { state: record.state, expiresAt: this.now + dayMs }))
    await this.end(record, 'expired')
  }

  private async isAgreedTo(transferId: string): Promise<boolean> {
    const transfer = await this.host.store.transfers<SmpState>('smp').load(transferId)
    return transfer !== undefined && isIn(transfer, 'decided')
  }

  client(id: string): ApiClient | undefined {
    return this.api.clients.find((client) => client.id === id)
  }

  /** Whether its client may still ask for this: else nobody is to answer it. */
  isOffered({ client, order }: { readonly client: string; readonly order: Order }): boolean {
    return this.client(client)?.purposes.includes(order.purpose) ?? false
  }

  /** The settings may have lost a purpose since it was asked for. */
  purpose(id: string): Pick<Purpose, 'title' | 'legalBasis'> {
    return this.api.purposes.find((purpose) => purpose.id === id) ?? { title: { en: id }, legalBasis: { en: '' } }
  }

  /** What is said to the applicant about the request. */
  asked({ client, order }: RequestRecord<'waiting'>['state'] | RequestRecord<'opened'>['state']): AskedFor {
    const { title, legalBasis } = this.purpose(order.purpose)
    return {
      ...{ asker: this.client(client)?.name ?? client, purpose: title, legalBasis },
      ...{ fields: order.fields, retentionDays: order.retentionDays, language: order.language },
    }
  }

  /** As if the tidying had been there already: what is over is over at its instant. */
  private async inTime(record: Transfer<RequestState>): Promise<Transfer<RequestState>> {
    if (record.expiresAt > this.now || isRequestIn(record, 'declined', 'expired', 'deleted')) return record
    try {
      await this.expire(record)
    } catch (error) {
      // Somebody else looked, or tidied, at the same moment: what they wrote counts.
      if (reasonOf(error) !== 'TRANSFER_CHANGED') throw error
    }
    return (await this.store.load(record.id)) ?? record
  }

  private tell(record: Transfer<RequestState>, state: RequestState, type: WebhookType, code?: ReasonCode): NewJob[] {
    const event: WebhookEvent = {
      id: `evt_${this.random(18)}`,
      type,
      timestamp: this.host.now().toISOString(),
      data: {
        ...{ request: record.id, status: state.state, sequence: record.version + 1 },
        ...(code === undefined ? {} : { code }),
      },
    }
    return webhookJobs(this.api.entry, this.client(record.state.client), event)
  }
}

/** What an applicant is told before anything leaves. */
export interface AskedFor {
  readonly asker: string
  readonly purpose: LocalText
  readonly legalBasis: LocalText
  readonly fields: Purpose['fields']
  readonly retentionDays: number
  readonly language: string
}

/** What is kept of a link. */
export const markOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

const codes = { declined: 'USER_DECLINED', expired: 'REQUEST_EXPIRED', deleted: 'REQUEST_DELETED' } as const
