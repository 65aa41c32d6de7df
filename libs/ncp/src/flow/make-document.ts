import { documentLimits, EmrexError } from '@emrex-gateway/core'
import { ElmoError, trimAttachmentRefs, verifyElmoInSlices, writeSignedElmo, type Elmo } from '@emrex-gateway/elmo'
import type { SignerFacts } from '@emrex-gateway/core'
import { attachTranscript } from './attached-transcript.js'
import { rulesOf } from './check-reports.js'
import type { NcpEntry } from './ncp-entry.js'

/**
 * The signed document with the certificate of the key that signed it, or the rules that it would break, with their places
 * and without any value. `failed` is why it has no readable transcript although it should have one: results that can be
 * sent are not held back for that.
 */
export type MadeDocument =
  { readonly xml: Uint8Array; readonly signedWith: string; readonly failed?: unknown } | { readonly broken: string }

type Maker = Pick<NcpEntry, 'title' | 'signingKey' | 'signatureEngine' | 'transcript'>

/**
 * Writes and signs what was chosen, with a transcript that a person can read where the entry attaches one. What breaks the
 * table of the format is never signed.
 *
 * @param language of the page that it was chosen on: which titles the transcript has, where there are several.
 */
export async function makeDocument(selected: Elmo, at: Date, entry: Maker, language: string): Promise<MadeDocument> {
  const elmo = { ...selected, generatedDate: at.toISOString() }
  // Taken once: the entry may be given another key while the transcript is made.
  const { signingKey } = entry
  const signedWith = signingKey.certificate
  const write = (one: Elmo) => writeSignedElmo(one, signingKey, { engine: entry.signatureEngine })
  try {
    if (entry.transcript === undefined) return { xml: write(elmo), signedWith }
    const inside = write(withoutAttachments(elmo))
    let pdf: Uint8Array
    try {
      const options = {
        language,
        made: at,
        attachmentsBeside: true,
        signer: await signerOf(inside, at, signedWith, entry),
      }
      pdf = await entry.transcript({ elmo, xml: inside }, options)
    } catch (failed) {
      return { xml: write(elmo), signedWith, failed }
    }
    return { xml: write(attachTranscript(elmo, pdf)), signedWith }
  } catch (error) {
    if (!(error instanceof ElmoError) || error.code !== 'ELMO_INVALID') throw error
    return { broken: rulesOf(error.details.problems ?? []) }
  }
}

/**
 * What a transcript holds inside: the same results, signed too, so that the PDF proves itself to whoever is given it alone.
 * A file cannot hold itself; the other attachments stay beside it, or each would be sent twice.
 */
function withoutAttachments({ attachments: _outer, reports, ...elmo }: Elmo): Elmo {
  return {
    ...elmo,
    reports: reports.map(({ attachment: _own, ...report }) => trimAttachmentRefs(report, new Set())),
  }
}

/** Found out as anybody would. */
async function signerOf(
  xml: Uint8Array,
  at: Date,
  signedWith: string,
  { title, signatureEngine }: Maker,
): Promise<SignerFacts> {
  const policy = { certificates: [signedWith], at, limits: documentLimits, engine: signatureEngine }
  const outcome = await verifyElmoInSlices(xml, policy)
  if (!outcome.verified) throw new EmrexError('INTERNAL', `our own document does not verify: ${outcome.code}`)
  return { name: title, report: outcome.document.report, checkedAt: at, signedBytes: xml }
}
