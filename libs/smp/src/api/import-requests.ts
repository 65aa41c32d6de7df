import { setTimeout as pause } from 'node:timers/promises'
import { defaults, documentLimits, EmrexError, type NewJob, type Transfer } from '@emrex-gateway/core'
import { verifyElmoInSlices } from '@emrex-gateway/elmo'
import type { ApiClient } from './import-api.js'
import { fingerprintsOf, type Order } from './order.js'
import { reminderJobs } from './reminders.js'
import { dayMs, type RequestRecords } from './request-records.js'
import { isRequestIn, type RequestRecord, type RequestState } from './request-state.js'
import { extractFields, type FieldsOfResult } from './result-fields.js'

/** The link for the applicant. It is told once: only a hash of it is kept. */
export interface RequestLink {
  readonly url: string
  /** Epoch milliseconds. */
  readonly until: number
}

export interface CreatedRequest {
  /** False: the same order came before under the same key. */
  readonly isNew: boolean
  readonly record: Transfer<RequestState>
  /** Absent where a repeated order finds the request past its link. */
  readonly link?: RequestLink
}

/** What a client reads: the fields of the purpose, what was checked, and the document where the purpose names it. */
export interface ReadResult {
  readonly record: RequestRecord<'completed'>
  readonly fields: FieldsOfResult
  readonly document?: Uint8Array
  /** When the signature was verified: now where the document is kept, else on arrival. Epoch milliseconds. */
  readonly verifiedAt: number
}

const saveTries = 10
const saveWaitMs = 20

/** An address that no mail will go to is not kept. */
function withoutAddress(order: Order): Order {
  const { email: _unused, ...applicant } = order.applicant
  return { ...order, applicant }
}

/** What a client does with its requests. Those of another client are not known here. */
export class ImportRequests {
  constructor(private readonly requests: RequestRecords) {}

  get api(): RequestRecords['api'] {
    return this.requests.api
  }

  /**
   * A new request, with the link for the applicant. The same order under the same key gives the same request; while it
   * waits, with another link, because the first answer may have been lost. Those before it stay good.
   *
   * @throws {EmrexError} ORDER_CONFLICT where the key came with another order
   */
  async create(client: ApiClient, order: Order, orderKey?: string): Promise<CreatedRequest> {
    const { requests } = this
    const { handle, mark, token } = requests.newLink()
    const expiresAt = requests.now + order.days * dayMs
    const id = requests.random(18)
    const { reminderDays } = requests.api
    const reminders: readonly NewJob[] =
      order.applicant.email === undefined || requests.host.mail === undefined
        ? []
        : reminderJobs(requests.api.entry, id, reminderDays, { from: requests.now, until: expiresAt })
    const kept = reminders.length > 0 ? order : withoutAddress(order)
    const state: RequestState = {
      ...{ state: 'waiting', client: client.id, order: kept, fingerprint: fingerprintsOf(order)[0], links: [mark] },
    }
    const facts = { client: client.id, purpose: order.purpose, fields: order.fields.length, days: order.days }
    try {
      const record = await requests.store.create(
        { id, entry: requests.api.entry, state, browser: '', expiresAt },
        {
          handles: [handle, ...(orderKey === undefined ? [] : [orderHandle(client, orderKey)])],
          jobs: reminders,
          audit: [{ event: 'request.created', facts }],
        },
      )
      return { isNew: true, record, link: { url: requests.addressOf(token), until: expiresAt } }
    } catch (error) {
      if (!(error instanceof EmrexError) || error.code !== 'HANDLE_TAKEN' || orderKey === undefined) throw error
      return this.repeat(client, order, orderKey)
    }
  }

  /** @throws {EmrexError} REQUEST_UNKNOWN; REQUEST_DELETED; REQUEST_WITHDRAWN where it waits for an answer that nobody may give */
  async read(client: ApiClient, id: string): Promise<Transfer<RequestState>> {
    const record = await this.requests.load(id, client.id)
    if (isRequestIn(record, 'deleted')) throw new EmrexError('REQUEST_DELETED')
    if (isRequestIn(record, 'waiting')) this.demandOffered(record)
    return record
  }

  /**
   * Another link; all before it are void. One that an applicant is using at this moment brings nothing any more.
   * @throws {EmrexError} REQUEST_UNKNOWN, REQUEST_DELETED, REQUEST_EXPIRED, REQUEST_WITHDRAWN; REQUEST_CLOSED after a result or a refusal
   */
  async renewLink(client: ApiClient, id: string): Promise<{ record: Transfer<RequestState>; link: RequestLink }> {
    const { requests } = this
    return this.again(async () => {
      const record = await this.read(client, id)
      if (isRequestIn(record, 'expired')) throw new EmrexError('REQUEST_EXPIRED')
      if (!isRequestIn(record, 'waiting', 'opened', 'failed'))
        throw new EmrexError('REQUEST_CLOSED', 'a request that is over takes no other link')
      this.demandOffered(record)
      const { handle, mark, token } = requests.newLink()
      const { order, fingerprint } = record.state
      const saved = await requests.change(
        record,
        { state: 'waiting', client: client.id, order, fingerprint, links: [mark] },
        { event: 'request.linked', effects: { handles: [handle] } },
      )
      return { record: saved, link: { url: requests.addressOf(token), until: saved.expiresAt } }
    })
  }

  /**
   * The result; where the document is kept, its signature is verified at this moment.
   * @throws {EmrexError} REQUEST_UNKNOWN, REQUEST_DELETED, REQUEST_EXPIRED, REQUEST_WITHDRAWN; REQUEST_PENDING while there is none,
   * REQUEST_CLOSED where none will come; INTERNAL where a kept document no longer verifies
   */
  async result(client: ApiClient, id: string): Promise<ReadResult> {
    return this.again(async () => {
      const record = await this.read(client, id)
      if (isRequestIn(record, 'expired')) throw new EmrexError('REQUEST_EXPIRED')
      if (isRequestIn(record, 'waiting', 'opened', 'failed')) throw new EmrexError('REQUEST_PENDING')
      if (!isRequestIn(record, 'completed')) throw new EmrexError('REQUEST_CLOSED', 'no result will come')
      const read = await this.open(record)
      await this.requests.change(record, record.state, {
        event: 'result.read',
        facts: { verified: record.state.kept.what === 'document' ? 'now' : 'on arrival' },
      })
      return read
    })
  }

  /** Everything but the evidence goes at once. Deleting what is deleted changes nothing. @throws {EmrexError} REQUEST_UNKNOWN */
  async delete(client: ApiClient, id: string): Promise<void> {
    await this.again(async () => {
      const record = await this.requests.load(id, client.id)
      if (!isRequestIn(record, 'deleted')) await this.requests.end(record, 'deleted', { by: 'client' })
    })
  }

  private demandOffered({ state }: RequestRecord<'waiting' | 'opened' | 'failed'>): void {
    if (!this.requests.isOffered(state)) throw new EmrexError('REQUEST_WITHDRAWN')
  }

  private async open(record: RequestRecord<'completed'>): Promise<ReadResult> {
    const { kept, facts, fields, language } = record.state
    const body = await this.requests.store.body(record.id, kept.what)
    if (body === undefined) throw new EmrexError('REQUEST_DELETED')
    if (kept.what === 'fields') {
      const read = JSON.parse(Buffer.from(body).toString()) as FieldsOfResult
      return { record, fields: read, verifiedAt: Date.parse(facts.receivedAt) }
    }
    const { certificates, sha1Until } = kept.trust
    const policy = { certificates, at: new Date(facts.receivedAt), limits: documentLimits, sha1Until }
    const outcome = await verifyElmoInSlices(body, { ...policy, engine: this.requests.host.engine })
    if (!outcome.verified) throw new EmrexError('INTERNAL', `a kept document no longer verifies: ${outcome.code}`)
    const read = extractFields(outcome.document.elmo, fields, [language, 'en'])
    return { record, fields: read, document: outcome.document.xml, verifiedAt: this.requests.now }
  }

  private async repeat(client: ApiClient, order: Order, orderKey: string): Promise<CreatedRequest> {
    return this.again(async () => {
      const { requests } = this
      const found = await requests.store.findByHandle(requests.api.entry, orderHandle(client, orderKey))
      if (found === undefined) throw new EmrexError('INTERNAL', 'a request that was there is gone')
      const record = await requests.load(found.id, client.id)
      if ('fingerprint' in record.state && !fingerprintsOf(order).includes(record.state.fingerprint))
        throw new EmrexError('ORDER_CONFLICT', 'the same key came with another order')
      if (!isRequestIn(record, 'waiting')) return { isNew: false, record }
      const { handle, mark, token } = requests.newLink()
      const links = [...record.state.links, mark].slice(-defaults.requestMaxLinks)
      const change = { event: 'request.linked', effects: { handles: [handle] } } as const
      const saved = await requests.change(record, { ...record.state, links }, change)
      return { isNew: false, record: saved, link: { url: requests.addressOf(token), until: saved.expiresAt } }
    })
  }

  /**
   * Calls at the same moment: whoever was slower looks again, after a while that is longer each time, so that not all of them
   * come back together. Who never was the first is told to call again: how the request stands, they do not know.
   */
  private async again<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof EmrexError) || error.code !== 'TRANSFER_CHANGED') throw error
        if (tries >= saveTries) throw new EmrexError('BUSY', 'too many calls about one request at the same moment')
        await pause(Math.random() * tries * saveWaitMs)
      }
    }
  }
}

const orderHandle = (client: ApiClient, orderKey: string) =>
  ({ kind: 'order', value: JSON.stringify([client.id, orderKey]) }) as const
