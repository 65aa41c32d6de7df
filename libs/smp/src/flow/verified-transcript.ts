import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { MakeTranscript } from '@emrex-gateway/core'

/** What is said of a document beside what stands in it. */
export interface AboutTranscript {
  /** Name of the NCP in the registry whose certificate it was verified with. */
  readonly ncp: string
  /** BCP 47: which titles are taken, where there are several. */
  readonly language: string
  readonly now: Date
  /** By which the person and the university find it again. */
  readonly number?: string
}

/** A document that was verified just now as a PDF to read, with who signed it and how that was checked; the document itself is inside. */
export const verifiedTranscript = (
  make: MakeTranscript,
  { elmo, xml, report }: VerifiedElmo,
  { ncp: name, language, now, number }: AboutTranscript,
): Promise<Uint8Array> =>
  make(
    { elmo, xml },
    {
      ...{ language, made: now, signer: { name, report, checkedAt: now, signedBytes: xml } },
      ...(number === undefined ? {} : { receipt: { number } }),
    },
  )
