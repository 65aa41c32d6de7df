import { createHash } from 'node:crypto'
import {
  defaults,
  EmrexError,
  reasonOf,
  referenceOf,
  type Delivery,
  type JsonValue,
  type LeasedJob,
  type ReasonCode,
  type Receipt,
  type Step,
  type Transfer,
} from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import {
  silentLogin,
  type AfterAsked,
  type AskedApplicant,
  type GivenByApplicant,
  type RequestDesk,
} from '../flow/request-desk.js'
import type { SmpPage } from '../flow/smp-page.js'
import { nextTryAt } from '../job-retries.js'
import { contentOfFields } from './given-content.js'
import { localText } from './import-api.js'
import { dayMs, markOf, type AskedFor, type RequestRecords } from './request-records.js'
import { isRequestIn, type RequestRecord, type RequestState, type ResultFacts } from './request-state.js'
import { extentOf, extractFields } from './result-fields.js'

type Start = () => Promise<{ readonly transferId: string; readonly step: Step<SmpPage> }>

const minuteMs = 60_000
const saveTries = 10

/** The applicant's side of the requests of one SMP: the link, the transfer that it begins, and what comes of it. */
export class ApplicantDesk implements RequestDesk {
  constructor(private readonly requests: RequestRecords) {}

  /**
   * What stands on the page of a link. Looking does not use it up: mail programs look too.
   * @throws {EmrexError} LINK_UNKNOWN, LINK_USED, REQUEST_EXPIRED, REQUEST_DELETED, REQUEST_WITHDRAWN
   */
  async look(token: string): Promise<AskedFor> {
    return this.requests.asked((await this.find(token)).state)
  }

  /**
   * The applicant uses the link: a transfer begins. Of two browsers one has it.
   * @throws {EmrexError} as `look`
   */
  async open(token: string, start: Start): Promise<Awaited<ReturnType<Start>>> {
    await this.find(token)
    const started = await start()
    const { transferId: transfer } = started
    const until = this.requests.now + this.requests.api.transferMinutes * minuteMs
    await this.whileGood(token, (record) => {
      const { client, order, fingerprint } = record.state
      return this.requests.change(
        record,
        { state: 'opened', client, order, fingerprint, transfer },
        {
          ...{ event: 'request.opened', tells: 'request.opened', facts: { transfer } },
          // Who begins in the last minute has as long as anybody.
          expiresAt: Math.max(record.expiresAt, until),
          effects: { handles: [{ kind: 'reference', value: transfer }] },
        },
      )
    })
    return started
  }

  /** The applicant declines on the page of the link. @throws {EmrexError} as `look` */
  async decline(token: string): Promise<void> {
    await this.whileGood(token, (record) => this.requests.end(record, 'declined'))
  }

  async of(transferId: string): Promise<AskedApplicant | undefined> {
    const record = await this.byTransfer(transferId)
    if (record === undefined || !isRequestIn(record, 'opened') || record.state.transfer !== transferId) return undefined
    if (!this.requests.isOffered(record.state)) return undefined
    const { client, order } = record.state
    const { givenNames, familyName, birthDate } = order.applicant
    return {
      ...{
        request: record.id,
        person: personKey(record.id, transferId),
        client,
        asked: this.requests.asked(record.state),
      },
      applicant: {
        ...(givenNames === undefined || familyName === undefined
          ? {}
          : { name: { given: givenNames, family: familyName } }),
        ...(birthDate === undefined ? {} : { birthDate }),
      },
    }
  }

  async after(transferId: string): Promise<AfterAsked | undefined> {
    const found = await this.byTransfer(transferId)
    if (found === undefined) return undefined
    const record = await this.requests.load(found.id)
    const { client } = record.state
    const asker = this.requests.client(client)?.name ?? client
    if (isRequestIn(record, 'completed') && record.state.transfer === transferId)
      return { asker, request: record.id, retentionDays: record.state.retentionDays }
    if (isRequestIn(record, 'opened') && !this.requests.isOffered(record.state))
      return { asker, code: 'REQUEST_WITHDRAWN' }
    return isRequestIn(record, 'declined', 'expired', 'deleted') ? { asker, code: record.state.code } : { asker }
  }

  async given(transferId: string, { elmo }: VerifiedElmo): Promise<GivenByApplicant | undefined> {
    const record = await this.byTransfer(transferId)
    if (record === undefined || !isRequestIn(record, 'completed') || record.state.transfer !== transferId)
      return undefined
    const { client, purpose, fields, language } = record.state
    const basis = localText(this.requests.purpose(purpose).legalBasis, language)
    return {
      to: { name: this.requests.client(client)?.name ?? client },
      ...(basis === '' ? {} : { basis }),
      ...(fields.includes('document') ? {} : { content: contentOfFields(elmo, fields) }),
    }
  }

  endedJob(transferId: string, code: ReasonCode) {
    return { queue: endedQueue(this.requests.api.entry), key: transferId, payload: { code } satisfies JsonValue }
  }

  /** Notes on the request how its transfer ended. */
  async ended(job: LeasedJob): Promise<void> {
    const { host } = this.requests
    try {
      const { code } = job.payload as { readonly code: ReasonCode }
      const record = await this.byTransfer(job.key)
      const isOurs = record !== undefined && isRequestIn(record, 'opened') && record.state.transfer === job.key
      if (!isOurs) return await host.store.jobs.done(job)
      if (code === 'USER_DECLINED') {
        await this.requests.end(record, 'declined', undefined, { finishJob: job })
        return
      }
      const { client, order, fingerprint, transfer } = record.state
      await this.requests.change(
        record,
        { state: 'failed', client, order, fingerprint, transfer, code },
        { event: 'request.failed', code, tells: 'request.failed', effects: { finishJob: job } },
      )
    } catch (error) {
      if (error instanceof EmrexError && error.code === 'LEASE_LOST') return
      const code = reasonOf(error)
      const { attempts } = job
      const line = { entry: this.requests.api.entry, reference: referenceOf(job.key), attempts, code }
      // Whoever changed the request at the same moment is nothing to tell.
      if (code !== 'TRANSFER_CHANGED') host.log.warn('request.end-not-noted', line)
      await host.store.jobs.fail(job, { code, retryAt: nextTryAt(host.now(), attempts, endedWaits) })
    }
  }

  /** What the applicant agreed to arrives. The same delivery again gives the same receipt. */
  async submit({ id, owner, match, origin, document, trust }: Delivery): Promise<Receipt> {
    const [request = '', transfer = '', login] = owner.person.split(' ')
    const record = await this.requests.store.load(request)
    const refused = (reason: ReasonCode): Receipt => ({ id, state: 'rejected', reason })
    if (record === undefined || record.entry !== this.requests.api.entry) return refused('REQUEST_DELETED')
    if (isRequestIn(record, 'completed') && record.state.facts.receipt === id)
      return { id, state: 'accepted', reference: record.id }
    if (!isRequestIn(record, 'opened') || record.state.transfer !== transfer)
      return refused('code' in record.state ? record.state.code : 'LINK_USED')
    const { client, order, fingerprint } = record.state
    const { givenNames, birthDate } = order.applicant
    const { report, elmo, xml } = document
    const { signer } = report
    const facts: ResultFacts = {
      receivedAt: origin.receivedAt,
      generatedAt: elmo.generatedDate,
      ncp: { name: origin.ncp, country: origin.country },
      ...(signer === undefined ? {} : { signer: namesOf(signer) }),
      documentSha256: createHash('sha256').update(xml).digest('hex'),
      notices: report.notices,
      extent: extentOf(elmo),
      person: {
        ...{ verdict: match.verdict, reasons: match.reasons },
        by: [
          ...(this.requests.api.hasLogins && login !== silentLogin ? (['login'] as const) : []),
          ...(givenNames === undefined && birthDate === undefined ? [] : (['order'] as const)),
        ],
      },
      receipt: id,
    }
    const { purpose, fields, retentionDays, language, reference } = order
    const isWhole = fields.includes('document')
    const expiresAt = this.requests.now + retentionDays * dayMs
    const bytes = isWhole ? xml : Buffer.from(JSON.stringify(extractFields(elmo, fields, [language, 'en'])))
    await this.requests.change(
      record,
      {
        ...{ state: 'completed', client, transfer, fingerprint, purpose, fields, retentionDays, language },
        ...(reference === undefined ? {} : { reference }),
        agreedAt: this.requests.host.now().toISOString(),
        facts,
        kept: isWhole ? { what: 'document', trust } : { what: 'fields' },
      },
      {
        ...{ event: 'request.completed', tells: 'request.completed', expiresAt },
        facts: { verdict: match.verdict, kept: isWhole ? 'document' : 'fields', bytes: bytes.length },
        effects: { putBodies: [{ name: isWhole ? 'document' : 'fields', bytes, expiresAt }] },
      },
    )
    return { id, state: 'accepted', reference: record.id }
  }

  private async byTransfer(transferId: string): Promise<Transfer<RequestState> | undefined> {
    return this.requests.store.findByHandle(this.requests.api.entry, { kind: 'reference', value: transferId })
  }

  private async find(token: string): Promise<RequestRecord<'waiting'>> {
    const { store, api } = this.requests
    const found = await store.findByHandle(api.entry, { kind: 'link', value: token })
    if (found === undefined) throw new EmrexError('LINK_UNKNOWN')
    const record = await this.requests.load(found.id)
    if (isRequestIn(record, 'expired', 'deleted')) throw new EmrexError(record.state.code)
    if (isRequestIn(record, 'opened') || (isRequestIn(record, 'completed', 'failed') && this.showsEnd(record))) {
      // Most of those who come again are who used it: what they began goes on, or says how it ended, in their browser.
      const seeAt = `${new URL(api.publicUrl).pathname}/transfers/${record.state.transfer}`
      throw new EmrexError('LINK_USED', 'a link that was used', { seeAt })
    }
    if (!isRequestIn(record, 'waiting')) throw new EmrexError('LINK_USED')
    const { links, reminders = [] } = record.state
    if (![...links, ...reminders].includes(markOf(token))) throw new EmrexError('LINK_USED')
    if (!this.requests.isOffered(record.state)) throw new EmrexError('REQUEST_WITHDRAWN')
    return record
  }

  /** Whether the transfer that brought this end still has a page. */
  private showsEnd({ updatedAt }: Pick<RequestRecord<'completed' | 'failed'>, 'updatedAt'>): boolean {
    return this.requests.now - updatedAt < defaults.endedTransferHours * 3_600_000
  }

  /** Whoever changed the request at the same moment may have used the link, or replaced it; or only sent a reminder. */
  private async whileGood(
    token: string,
    change: (record: RequestRecord<'waiting'>) => Promise<unknown>,
  ): Promise<void> {
    for (let tries = 1; ; tries++) {
      const record = await this.find(token)
      try {
        return void (await change(record))
      } catch (error) {
        const isChanged = error instanceof EmrexError && error.code === 'TRANSFER_CHANGED'
        if (!isChanged || tries >= saveTries) throw error
      }
    }
  }
}

/** Of a request and one transfer for it: another transfer brings another delivery. */
const personKey = (request: string, transfer: string): string => `${request} ${transfer}`

/** One that never succeeds, for no key opens its request, must not take the turns of all others. */
export const endedWaits = { firstSeconds: 1, mostSeconds: defaults.webhookRetryMaxSeconds }

export const endedQueue = (entry: string): string => `request-ended:${entry}`

const namesOf = ({ subject, issuer, sha256Fingerprint, notAfter }: NonNullable<ResultFacts['signer']>) => ({
  ...{ subject, issuer, sha256Fingerprint, notAfter },
})
