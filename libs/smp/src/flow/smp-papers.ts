import {
  attachmentFiles,
  defaults,
  EmrexError,
  ReceiptHistory,
  referenceOf,
  storedReceipt,
  type ReceiptFile,
  type Transfer,
} from '@emrex-gateway/core'
import type { SmpFlow } from './smp-flow.js'
import type { SmpHost } from './smp-host.js'
import { isIn, type SmpState } from './smp-transfer.js'
import { verifiedTranscript } from './verified-transcript.js'

/** What people read and keep of a transfer: the transcript of what arrived, receipts, and those of earlier imports. */
export class SmpPapers {
  readonly history: ReceiptHistory

  constructor(
    private readonly flow: SmpFlow,
    private readonly host: SmpHost,
  ) {
    const { id, desk, historyDays = defaults.historyDays } = flow.entry
    this.history = new ReceiptHistory({
      ...{ store: host.store, log: host.log, entry: id, now: () => host.now() },
      // What came for another system is not in our record.
      days: desk === undefined ? historyDays : 0,
    })
  }

  /** What the student keeps of this import, as long as its end is shown. @throws {EmrexError} PAGE_UNKNOWN */
  async receipt(transfer: Transfer<SmpState>): Promise<ReceiptFile> {
    const file = await storedReceipt(this.flow.transfers, transfer.id)
    if (file === undefined) throw new EmrexError('PAGE_UNKNOWN', 'nothing was imported, or its receipt is gone')
    return file
  }

  /** The number of that receipt, for a page; nothing where there is none. */
  async number(transfer: Transfer<SmpState>): Promise<{ readonly number?: string }> {
    const file = await storedReceipt(this.flow.transfers, transfer.id)
    return file === undefined ? {} : { number: file.receipt.number }
  }

  /** Receipts of the student who is logged in, newest first. @throws {EmrexError} PAGE_UNKNOWN */
  async earlier(transfer: Transfer<SmpState>): Promise<readonly ReceiptFile[]> {
    if (!isIn(transfer, 'identified')) throw new EmrexError('PAGE_UNKNOWN', 'nobody is logged in here')
    return this.history.list(transfer.state.owner)
  }

  /** The student wants the list of their imports removed; what is in their record stays there. */
  async forget(transfer: Transfer<SmpState>): Promise<void> {
    if (isIn(transfer, 'identified')) await this.history.forget(transfer.state.owner)
  }

  /**
   * What arrived, as a PDF to read and to keep: for the student on review, and for staff while they decide. A student whose
   * match is unsure is not shown it: it may be about somebody else.
   * @throws {EmrexError} PAGE_UNKNOWN where there is nothing to be read (any more), or this entry makes none
   */
  async transcript(
    transfer: Transfer<SmpState>,
    language: string,
    reader: 'student' | 'staff' = 'student',
  ): Promise<Uint8Array> {
    const make = this.flow.entry.transcript
    const isOpen =
      isIn(transfer, 'review', 'needs-staff') && isIn(transfer, reader === 'staff' ? 'needs-staff' : 'review')
    if (make === undefined || !isOpen) throw new EmrexError('PAGE_UNKNOWN')
    const about = { ncp: transfer.state.ncp.name, number: referenceOf(transfer.id), language, now: this.host.now() }
    return verifiedTranscript(make, await this.flow.document(transfer), about)
  }

  /** An attachment of a document whose person is unsure, for the staff who decide. @throws {EmrexError} PAGE_UNKNOWN */
  async attachment(transfer: Transfer<SmpState>, name: string) {
    if (!isIn(transfer, 'needs-staff')) throw new EmrexError('PAGE_UNKNOWN')
    const { elmo } = await this.flow.document(transfer)
    const file = attachmentFiles(elmo).find((each) => each.name === name)
    if (file === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return { mediaType: file.mediaType, bytes: file.bytes() }
  }

  /** For a page. */
  get offersTranscript(): { readonly transcript?: true } {
    return this.flow.entry.transcript === undefined ? {} : { transcript: true }
  }
}
