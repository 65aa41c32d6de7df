import type { Elmo, VerificationReport } from '@emrex-gateway/elmo'

export interface TranscriptSource {
  readonly elmo: Elmo
  /** The document as it arrived or was signed; it goes into the PDF byte for byte. Absent: nothing is attached. */
  readonly xml?: Uint8Array
}

/** Who signed, as the caller found out. Nothing of it is checked here. */
export interface SignerFacts {
  /** Such as the name of the national contact point in the registry. */
  readonly name?: string
  /** Of `verifyElmo`: certificate, algorithm, notices. */
  readonly report?: VerificationReport
  readonly checkedAt?: Date
  /** The bytes that the signature was found to cover, where they are others than `xml`. */
  readonly signedBytes?: Uint8Array
}

export interface LeftOutResult {
  readonly title: string
  /** BCP 47, of the title. */
  readonly lang?: string
  readonly code?: string
  /** Whose result it is. */
  readonly issuer?: string
}

/** What is told of a document beside the document itself. */
export interface TranscriptFacts {
  /** BCP 47: which titles are taken, where there are several. Words of ours are English so far. */
  readonly language: string
  /** Everything that depends on the time; the same document, facts and fonts give the same bytes. */
  readonly made: Date
  readonly signer?: SignerFacts
  /** The QR code holds the address, or else the number. */
  readonly receipt?: { readonly number: string; readonly url?: string }
  /** Results that the person did not select, where the caller knows and may tell. */
  readonly left?: readonly LeftOutResult[]
  /** Attachments lie in the document that will hold this PDF, and not in the one inside it. */
  readonly attachmentsBeside?: boolean
}

/** Makes the readable transcript (PDF) of a document, the way an installation wants it. `libs/transcript` has one. */
export type MakeTranscript = (source: TranscriptSource, facts: TranscriptFacts) => Promise<Uint8Array>
