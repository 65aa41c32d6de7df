import type { ElmoErrorCode, ElmoProblem } from './elmo-error.js'
import type { ElmoLimits } from './limits.js'
import type { Elmo } from './model.js'
import type { CertificateFacts } from './certificate.js'
export interface VerificationPolicy {
  /** The only keys that count: certificates or public keys, PEM or bare base64. */
  readonly certificates: readonly string[]
  readonly at: Date
  /** ISO date; SHA-1 is accepted up to and including this day. */
  readonly sha1Until?: string
  readonly limits?: Partial<ElmoLimits>
}
/** What was checked and found, as data. No personal data of the learner. */
export interface VerificationReport {
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  /** The certificate of the caller that verified. */
  readonly signer?: CertificateFacts
  /** The certificate inside the document; a hint, never trusted. */
  readonly embedded?: CertificateFacts
  readonly notices: readonly (
    | 'sha1-exception-used'
    | 'certificate-expired'
    | 'certificate-not-yet-valid'
    | 'embedded-certificate-differs'
    | 'certificate-self-signed'
  )[]
  readonly checks: readonly { readonly check: string; readonly passed: boolean }[]
}
declare const brand: unique symbol
/** A document whose signature holds. Only verifyElmo makes one. */
export class VerifiedElmo {
  declare readonly [brand]: true
  private constructor(
    /** The bytes as received; the signature stays verifiable. */
    readonly xml: Uint8Array,
    /** What was signed, in canonical form; the only bytes that were read. */
    readonly signedBytes: Uint8Array,
    readonly elmo: Elmo,
    readonly namespace: string,
    readonly problems: readonly ElmoProblem[],
    readonly report: VerificationReport,
  ) {}
}
export type VerificationOutcome =
  | { readonly verified: true; readonly document: VerifiedElmo; readonly report: VerificationReport }
  | {
      readonly verified: false
      readonly code: ElmoErrorCode
      readonly message: string
      readonly report: VerificationReport
    }
/** Checks the signature and returns what it covers, and only that. A refusal is a value. */
export function verifyElmo(xml: Uint8Array, policy: VerificationPolicy): VerificationOutcome {
  throw new Error('not built yet')
}
