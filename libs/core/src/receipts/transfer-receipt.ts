import { createHash } from 'node:crypto'
import { countryName } from '../country-name.js'
import { readableLetters } from '../readable-letters.js'

/** What one institution of a document contributed; no title of a result, no grade. */
export interface ReceiptInstitution {
  readonly name: string
  /** As many as the person saw rows: parts count too. */
  readonly results: number
  /** Whether these are all that the institution has; absent where the document does not say. */
  readonly extent?: 'complete' | 'selection' | 'partial' | 'error'
}

/**
 * What the person keeps of a transfer: what went where, when, on what basis, and the hash by which the document is known
 * again. It names no person, no result and no grade; whose it is, its holder knows.
 */
export interface TransferReceipt {
  readonly type: 'emrex-receipt'
  readonly version: 1
  /** `ABCD-EFGH-JKMN`; made from the transfer, and says nothing about it. */
  readonly number: string
  /** `sent`: handed to the receiver. `imported`: in the record. `handed-over`: with the SIS or its staff, who decide. `given`: with the system that asked. */
  readonly act: 'sent' | 'imported' | 'handed-over' | 'given'
  /** ISO instant. */
  readonly at: string
  /** Who gives this receipt. */
  readonly issuer: { readonly name: string; readonly address: string }
  readonly from: { readonly name: string; readonly country?: string }
  /** `address`: the origin that the browser was sent to. */
  readonly to: { readonly name: string; readonly address?: string }
  /** In words: why it was allowed. */
  readonly basis: string
  readonly content: {
    readonly institutions: readonly ReceiptInstitution[]
    readonly results: number
    /** Decimal text. */
    readonly ects?: string
    readonly attachments: number
  }
  readonly document: {
    /** Of the signed ELMO document, unpacked; hexadecimal. */
    readonly sha256: string
    readonly bytes: number
  }
}

/** What a receipt says where the settings name no other basis. */
export const usualBasis = 'The person asked for this transfer and sent what they had chosen themselves.'

/** The number of a transfer's receipt, `ABCD-EFGH-JKMN`: the same for both who know the transfer, and no way back to its id. */
export function receiptNumber(transferId: string): string {
  const digest = createHash('sha256').update(`emrex-receipt\0${transferId}`).digest()
  const letters = [...digest.subarray(0, 12)].map((byte) => readableLetters[byte % readableLetters.length]).join('')
  return letters.match(/.{4}/g)!.join('-')
}

/** Where results came from, for people to read: the country by its name. */
export const senderText = ({ name, country }: TransferReceipt['from'], language: string): string =>
  country === undefined ? name : `${name} (${countryName(country, language)})`
