import { checkByXmlCrypto } from './check-by-xml-crypto.js'
import { checkSignature } from './check-signature.js'
import type { CheckedSignature } from './checked-signature.js'
import { ElmoError, type ElmoErrorCode } from '../elmo-error.js'
import { findRootSignature } from './find-root-signature.js'
import type { ElmoLimits } from '../limits.js'
import { runAtOnce, runInSlices, type Steps } from '../steps.js'
import { scanInSteps } from '../xml/scan-xml.js'
import { readTape } from '../document/read-tape.js'
import { readElmo } from '../document/read-elmo.js'
import { scanForReference } from './scan-for-reference.js'
import { readSignature, type SignatureFacts } from './read-signature.js'
import { acceptAlgorithms, type SignatureEngine } from './signature-algorithms.js'
import { isSameSigner, isStrong, readKeys, strongKeys, weakKey, type CandidateKey } from './signing-keys.js'
import { ReportWriter, type VerificationReport } from './verification-report.js'
import { makeVerifiedElmo, type VerifiedElmo } from './verified-elmo.js'

export { VerifiedElmo } from './verified-elmo.js'
export {
  verificationNotices,
  type VerificationCheck,
  type VerificationNotice,
  type VerificationReport,
} from './verification-report.js'

export interface VerificationPolicy {
  /** The only keys that count: certificates or public keys, PEM or bare base64. Those that cannot be read are passed over. */
  readonly certificates: readonly string[]
  readonly at: Date
  /** ISO date; SHA-1 is accepted up to and including this day, in UTC. Anything but a date is no exception. */
  readonly sha1Until?: string
  readonly limits?: Partial<ElmoLimits>
  /**
   * Who computes digest and canonical form: this library (`fast`, the default), or xml-crypto (`reference`). Both give
   * the same verdicts; the reference takes twenty times as long, at once, and takes no document of more than 100,000
   * elements, texts, attributes and declarations (ELMO_TOO_MANY_NODES).
   */
  readonly engine?: SignatureEngine
}

export type VerificationOutcome =
  | { readonly verified: true; readonly document: VerifiedElmo; readonly report: VerificationReport }
  | {
      readonly verified: false
      readonly code: ElmoErrorCode
      readonly message: string
      readonly report: VerificationReport
    }

/**
 * Checks the signature of a document and returns what it covers, and only that: after the signature held, the canonical
 * signed bytes are read, never the bytes that arrived. Nothing in the document decides which key counts. A refusal is a
 * value, with the code of its reason and a message that quotes nothing.
 *
 * - `ELMO_SIGNATURE_MISSING`: not signed. `ELMO_SIGNATURE_STRUCTURE`: signed in another form than the one accepted.
 * - `ELMO_SIGNATURE_WEAK`: an algorithm or a key that does not count (any more).
 * - `ELMO_SIGNATURE_INVALID`: the document was changed after signing, or the signature is nobody's.
 * - `ELMO_SIGNER_UNKNOWN`: no key was given, or the document is intact and was signed with the key of the certificate
 *   inside it, which is none of the given ones. `ELMO_CERTIFICATE`: none of the given keys can be read.
 * - The codes of parseXml and readElmo.
 *
 * Spec: XML Signature 1.1, 3.2; ELMO 1.7.0 schema.xsd, annotation of ds:Signature.
 */
export function verifyElmo(xml: Uint8Array, policy: VerificationPolicy): VerificationOutcome {
  return runAtOnce(verifyInSteps(xml, policy))
}

/**
 * `verifyElmo` in slices of some milliseconds, between which other work gets its turn.
 *
 * Spec: as verifyElmo.
 */
export function verifyElmoInSlices(xml: Uint8Array, policy: VerificationPolicy): Promise<VerificationOutcome> {
  return runInSlices(verifyInSteps(xml, policy))
}

function* verifyInSteps(xml: Uint8Array, policy: VerificationPolicy): Steps<VerificationOutcome> {
  const writer = new ReportWriter()
  try {
    const verified = yield* verify(xml, policy, writer)
    return { verified: true, document: verified, report: verified.report }
  } catch (error) {
    if (!(error instanceof ElmoError)) throw error
    return { verified: false, code: error.code, message: error.message, report: writer.report }
  }
}

function* verify(xml: Uint8Array, policy: VerificationPolicy, writer: ReportWriter): Steps<VerifiedElmo> {
  const scan = policy.engine === 'reference' ? scanForReference : scanInSteps
  const tape = yield* writer.checkSteps('well-formed', scan(xml, policy.limits))
  const signature = writer.check('signature-structure', () => readSignature(tape, findRootSignature(tape)))
  const embedded = readKeys(signature.embeddedCertificate === undefined ? [] : [signature.embeddedCertificate])[0]
  writer.add({ ...namesOf(signature), embedded: embedded?.certificate })

  const algorithms = writer.check('algorithms', () =>
    acceptAlgorithms(signature.signatureAlgorithm, signature.digestAlgorithm, isSha1Allowed(policy)),
  )
  const candidates = readKeys(policy.certificates)
  const [first, ...others] = writer.check('keys', () => strongKeys(candidates, policy.certificates.length))
  const keys = [first.key, ...others.map(({ key }) => key)] as const
  const checked =
    policy.engine === 'reference'
      ? checkByXmlCrypto(xml, tape, signature, algorithms, keys)
      : yield* checkSignature(tape, signature, algorithms, keys)
  writer.check('digest', () => {
    if (!checked.digestHolds) throw invalid('The document is not the one that was signed.')
  })
  writer.check('signature-value', () => refuseOtherSigners(checked, candidates, embedded))

  if (algorithms.usesSha1) writer.notice('sha1-exception-used')
  noticeSigner(
    writer,
    [first, ...others].find(({ key }) => key === checked.signer),
    embedded,
    policy.at,
  )
  const read = writer.check('elmo', () => {
    // From the tape that was hashed, the signature left out: what is read is what was signed. Where the model keeps XML as
    // text, which comments and unused declarations are part of, it comes from the canonical bytes.
    const judged = readTape(tape, { skip: signature.node })
    if (!judged.holdsXml && policy.engine !== 'reference') return judged
    return { ...judged, elmo: readElmo(checked.signedBytes(), { limits: policy.limits }).elmo }
  })
  return makeVerifiedElmo({ xml, signedBytes: checked.signedBytes, ...read, report: writer.report })
}

function refuseOtherSigners(
  checked: CheckedSignature,
  candidates: readonly CandidateKey[],
  embedded: CandidateKey | undefined,
): void {
  if (checked.signer !== undefined) return
  if (candidates.some((candidate) => !isStrong(candidate) && checked.wouldHoldWith(candidate.key))) throw weakKey()
  if (embedded !== undefined && checked.wouldHoldWith(embedded.key)) {
    throw new ElmoError('ELMO_SIGNER_UNKNOWN', 'The signature holds, with a key that is none of the given ones.')
  }
  throw invalid('The signature holds with none of the given keys.')
}

const namesOf = (signature: SignatureFacts) => ({
  signatureAlgorithm: signature.signatureAlgorithm,
  digestAlgorithm: signature.digestAlgorithm,
  canonicalization: signature.canonicalization.uri,
  transforms: signature.transforms,
})

function isSha1Allowed({ sha1Until, at }: VerificationPolicy): boolean {
  const isDate = sha1Until !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(sha1Until)
  return isDate && at.toISOString().slice(0, 'yyyy-mm-dd'.length) <= sha1Until
}

function noticeSigner(
  writer: ReportWriter,
  signer: CandidateKey | undefined,
  embedded: CandidateKey | undefined,
  at: Date,
): void {
  const certificate = signer?.certificate
  writer.add({ signer: certificate })
  if (certificate !== undefined && new Date(certificate.notAfter) < at) writer.notice('certificate-expired')
  if (certificate !== undefined && new Date(certificate.notBefore) > at) writer.notice('certificate-not-yet-valid')
  if (certificate?.selfSigned) writer.notice('certificate-self-signed')
  if (signer !== undefined && embedded !== undefined && !isSameSigner(signer, embedded)) {
    writer.notice('embedded-certificate-differs')
  }
}

const invalid = (message: string): ElmoError => new ElmoError('ELMO_SIGNATURE_INVALID', message)
