import { verifyElmoInSlices, type SignatureEngine, type VerifiedElmo } from '@emrex-gateway/elmo'
import { EmrexError } from '../emrex-error.js'
import { loggedTransfers } from '../logged-transfers.js'
import { defaults, documentLimits } from '../numbers.js'
import type { Effects, Transfer, TransferStore } from '../ports/transfer-store.js'
import type { CaseDesk, NewCase } from '../ports/case-desk.js'
import type { GatewayStore } from '../ports/gateway-store.js'
import type { Log } from '../ports/log.js'
import type { Delivery, Receipt } from '../ports/sis-plugin.js'
import { attachmentFiles } from './attachment-files.js'
import { checkCaseFiles, commonCaseFiles, resultFiles, type CommonCaseFile } from './case-files.js'
import {
  asWaiting,
  caseCodes,
  isOpenState,
  receiptOf,
  type CaseState,
  type OpenCase,
  type VerifiedCase,
  type WaitingCase,
} from './case-state.js'

export interface CasesHost {
  readonly store: Pick<GatewayStore, 'transfers'>
  readonly log: Log
  now(): Date
  randomBytes(bytes: number): Uint8Array
  /** How many days a case of this system waits for its staff. */
  daysOf(system: string): number
  /** `fast` where absent. */
  readonly engine?: SignatureEngine
}

export interface CaseDecision {
  readonly taken: boolean
  /** Who decided, as `login:subject`. */
  readonly author: string
  readonly reason?: string
}

const dayMs = 86_400_000
const documentBody = 'document'
const bodyOf = (file: string): string => `file ${file}`
/** A number that was taken by another case is drawn again; so many times in a row it is not chance. */
const numberTries = 5

/**
 * The cases of all systems of this gateway, kept in its store: the desk that plugins use, and what staff do with a case.
 * It needs no role: an embedder opens it on their own store.
 *
 * Guaranteed: one case for a delivery; nothing of a document is shown but what was verified at that moment; with the
 * decision of staff, or when its time has run out, everything personal of a case goes in the same transaction.
 */
export class StoredCases implements CaseDesk {
  readonly records: TransferStore<CaseState>

  constructor(private readonly host: CasesHost) {
    this.records = loggedTransfers(host.store.transfers<CaseState>('case'), 'case', host.log)
  }

  async open({ system, delivery, remark, files = [] }: NewCase): Promise<Receipt> {
    const { id, owner, match, origin, trust, document } = delivery
    const earlier = await this.receipt(system, id)
    if (earlier !== undefined) return earlier
    checkCaseFiles(files, system)
    await this.verify(document.xml, delivery)
    const expiresAt = this.until(this.host.daysOf(system))
    for (let tries = 0; tries < numberTries; tries++) {
      const reference = this.newNumber()
      const state: OpenCase = {
        ...{ state: 'open', reference, delivery: id, owner, match, origin, trust },
        files: files.map(({ name, mediaType }) => ({ name, mediaType })),
        ...(remark === undefined ? {} : { remark }),
        ...(delivery.earlier === undefined ? {} : { earlier: delivery.earlier }),
      }
      const text = new TextEncoder()
      try {
        const opened = await this.records.create(
          { entry: system, state, browser: '', expiresAt },
          {
            handles: [
              { kind: 'document', value: id },
              { kind: 'reference', value: reference },
            ],
            putBodies: [
              { name: documentBody, bytes: document.xml, expiresAt },
              ...files.map(({ name, text: content }) => ({
                ...{ name: bodyOf(name), bytes: text.encode(content), expiresAt },
              })),
            ],
            audit: [{ event: 'case.opened', facts: { reference, verdict: match.verdict, files: files.length } }],
          },
        )
        return receiptOf(opened.state)
      } catch (error) {
        if (!(error instanceof EmrexError) || error.code !== 'HANDLE_TAKEN') throw error
        const faster = await this.receipt(system, id)
        if (faster !== undefined) return faster
      }
    }
    throw new EmrexError('INTERNAL', 'no number is free for a case')
  }

  async receipt(system: string, id: string): Promise<Receipt | undefined> {
    const known = await this.records.findByHandle(system, { kind: 'document', value: id })
    return known && receiptOf(known.state)
  }

  /** Every case that waits for the staff of a system; the one whose time ends first stands first. */
  async waiting(system: string): Promise<readonly WaitingCase[]> {
    const open = await this.records.list({ entry: system, states: ['open'] })
    return open
      .flatMap((record) => (this.isOpen(record) ? [asWaiting(record)] : []))
      .sort((one, other) => one.expiresAt - other.expiresAt)
  }

  /**
   * One case of a system, its document verified again; undefined when it is not open, or another system's.
   * @throws {EmrexError} INTERNAL when the document no longer verifies
   */
  async read(system: string, id: string): Promise<VerifiedCase | undefined> {
    const record = await this.find(system, id)
    if (record === undefined) return undefined
    const xml = await this.records.body(record.id, documentBody)
    // Taken over between the two reads.
    if (xml === undefined) return undefined
    return { ...asWaiting(record), document: await this.verify(xml, record.state) }
  }

  /** The names of all files of a case, its attachments among them; the role makes `transcript.html` and `transcript.pdf`. */
  filesOf({ files, document }: VerifiedCase): readonly string[] {
    return [...Object.keys(commonCaseFiles), ...[...attachmentFiles(document.elmo), ...files].map(({ name }) => name)]
  }

  /** One file of a case, but its transcripts; undefined when there is no such file. */
  async file(
    { id, files, document, origin }: VerifiedCase,
    name: string,
  ): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | undefined> {
    if (name === ('document.xml' satisfies CommonCaseFile))
      return { mediaType: commonCaseFiles[name], bytes: document.xml }
    const made = resultFiles(document, origin).find((file) => file.name === name)
    if (made !== undefined) return { mediaType: made.mediaType, bytes: new TextEncoder().encode(made.text) }
    const attached = attachmentFiles(document.elmo).find((file) => file.name === name)
    if (attached !== undefined) return { mediaType: attached.mediaType, bytes: attached.bytes() }
    const own = files.find((file) => file.name === name)
    const bytes = own && (await this.records.body(id, bodyOf(name)))
    return own && bytes && { mediaType: own.mediaType, bytes }
  }

  /**
   * Staff took a case over, or refused it: what it held goes with the decision. False when it is not open (any more), or
   * another system's: nothing is changed then.
   * @throws {EmrexError} TRANSFER_CHANGED when somebody else decides at the same moment
   */
  async decide(system: string, id: string, { taken, author, reason }: CaseDecision): Promise<boolean> {
    const record = await this.find(system, id)
    if (record === undefined) return false
    await this.end(record, taken ? 'taken' : 'refused', {
      ...{ event: taken ? 'case.taken' : 'case.refused', author },
      ...(reason === undefined ? {} : { reason }),
    })
    return true
  }

  /** The time of a case has run out, and nobody entered it: told loudly. One that was over before is forgotten. */
  async expire(record: Transfer<CaseState>): Promise<void> {
    if (!isOpenState(record)) return this.records.remove(record.id)
    await this.end(record, 'expired', { event: 'case.expired' })
    const { reference } = record.state
    this.host.log.warn('case.expired', { system: record.entry, case: reference, code: 'CASE_EXPIRED' })
  }

  private async end(
    record: Transfer<OpenCase>,
    how: Exclude<CaseState['state'], 'open'>,
    audit: Pick<NonNullable<Effects['audit']>[number], 'event' | 'author' | 'reason'>,
  ): Promise<void> {
    const { reference, delivery, files } = record.state
    const code = caseCodes[how]
    await this.records.save(
      record,
      { state: { state: how, code, reference, delivery }, expiresAt: this.until(defaults.endedCaseDays) },
      {
        dropBodies: [documentBody, ...files.map(({ name }) => bodyOf(name))],
        audit: [{ ...audit, code, facts: { reference } }],
      },
    )
  }

  private async find(system: string, id: string): Promise<Transfer<OpenCase> | undefined> {
    const record = await this.records.load(id)
    return record !== undefined && record.entry === system && this.isOpen(record) ? record : undefined
  }

  private isOpen(record: Transfer<CaseState>): record is Transfer<OpenCase> {
    return isOpenState(record) && record.expiresAt > this.host.now().getTime()
  }

  private async verify(xml: Uint8Array, { trust, origin }: Pick<Delivery, 'trust' | 'origin'>): Promise<VerifiedElmo> {
    const { certificates, sha1Until } = trust
    const policy = { certificates, at: new Date(origin.receivedAt), limits: documentLimits, sha1Until }
    const outcome = await verifyElmoInSlices(xml, { ...policy, engine: this.host.engine })
    if (!outcome.verified) throw new EmrexError('INTERNAL', `the document of a case does not verify: ${outcome.code}`)
    return outcome.document
  }

  /** Eight digits, none in front that a spreadsheet would drop. */
  private newNumber(): string {
    const random = this.host.randomBytes(6).reduce((sum, byte) => sum * 256 + byte, 0)
    return String(10_000_000 + (random % 90_000_000))
  }

  private until(days: number): number {
    return this.host.now().getTime() + days * dayMs
  }
}
