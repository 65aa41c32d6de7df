import { createHash } from 'node:crypto'
import {
  documentLimits,
  EmrexError,
  storedReceipt,
  type ReceiptFile,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import { verifyElmoInSlices, type VerifiedElmo } from '@emrex-gateway/elmo'
import { attachedTranscript } from './attached-transcript.js'
import type { NcpEntry } from './ncp-entry.js'
import { isIn, type NcpState, type NcpTransfer } from './ncp-transfer.js'
import type { ReadResults } from './read-results.js'

/** Names the bytes of a document, so that a page can say which one it shows: SHA-256, base64url. */
export const documentName = ({ xml }: VerifiedElmo): string => createHash('sha256').update(xml).digest('base64url')

/** What lies beside the states of an NCP: the results that were read, and the document that was made of them. */
export class NcpBodies {
  constructor(
    private readonly entry: NcpEntry,
    private readonly transfers: TransferStore<NcpState>,
    private readonly now: () => Date,
  ) {}

  /** @throws {EmrexError} USER_GONE */
  async results(transferId: string): Promise<ReadResults> {
    const bytes = await this.transfers.body(transferId, 'results')
    if (bytes === undefined) throw new EmrexError('USER_GONE', 'the results that were read are gone')
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as ReadResults
  }

  /**
   * The signed bytes, verified with our own certificate before anything is shown or sent: with the one of when they were
   * signed, for another instance, or this one, may have another key by now.
   * @throws {EmrexError} USER_GONE; INTERNAL when our own document does not verify
   */
  async document({ id, state }: NcpTransfer<'previewed' | 'sent'>): Promise<VerifiedElmo> {
    const xml = await this.transfers.body(id, 'document')
    if (xml === undefined) throw new EmrexError('USER_GONE', 'the document that was made is gone')
    const outcome = await verifyElmoInSlices(xml, {
      certificates: [state.signedWith ?? this.entry.signingKey.certificate],
      at: this.now(),
      limits: documentLimits,
      engine: this.entry.signatureEngine,
    })
    if (!outcome.verified) throw new EmrexError('INTERNAL', `our own document does not verify: ${outcome.code}`)
    return outcome.document
  }

  /** @throws {EmrexError} PAGE_UNKNOWN where nothing is shown, or no transcript is attached */
  async transcript(transfer: Transfer<NcpState>): Promise<Uint8Array> {
    const pdf = isIn(transfer, 'previewed') && attachedTranscript((await this.document(transfer)).elmo)
    if (!pdf) throw new EmrexError('PAGE_UNKNOWN')
    return pdf
  }

  /** @throws {EmrexError} PAGE_UNKNOWN where nothing was sent, or its receipt is gone */
  async receipt(transferId: string): Promise<ReceiptFile> {
    const file = await storedReceipt(this.transfers, transferId)
    if (file === undefined) throw new EmrexError('PAGE_UNKNOWN', 'nothing was sent, or its receipt is gone')
    return file
  }

  /** The number of the receipt, for a page; nothing where there is none. */
  async shownReceipt(transferId: string): Promise<{ readonly receipt?: string }> {
    const file = await storedReceipt(this.transfers, transferId)
    return file === undefined ? {} : { receipt: file.receipt.number }
  }

  /** Whether the document can still be handed over. */
  async hasDocument(transferId: string): Promise<boolean> {
    return (await this.transfers.body(transferId, 'document')) !== undefined
  }
}
