import type { Steps } from '../steps.js'
import type { CertificateFacts } from './certificate.js'

/** What a verification asks, in this order; it ends at the first answer that is no. */
export type VerificationCheck =
  'well-formed' | 'signature-structure' | 'algorithms' | 'keys' | 'digest' | 'signature-value' | 'elmo'

/** Something that does not refuse a document and that somebody should know. */
export const verificationNotices = [
  'sha1-exception-used',
  'certificate-expired',
  'certificate-not-yet-valid',
  'embedded-certificate-differs',
  'certificate-self-signed',
] as const
export type VerificationNotice = (typeof verificationNotices)[number]

/** What was checked and found, as data. No personal data of the learner. */
export interface VerificationReport {
  /** URIs, as the document names them. */
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  /** The certificate of the caller that verified; undefined also where the caller gave a bare public key. */
  readonly signer?: CertificateFacts
  /** The certificate inside the document; a hint, never trusted. */
  readonly embedded?: CertificateFacts
  readonly notices: readonly VerificationNotice[]
  /** The last one tells where a refused document failed. */
  readonly checks: readonly { readonly check: VerificationCheck; readonly passed: boolean }[]
}

/** A report while it is being written. */
export class ReportWriter {
  #facts: Omit<VerificationReport, 'notices' | 'checks'> = {}
  readonly #notices: VerificationNotice[] = []
  readonly #checks: { readonly check: VerificationCheck; readonly passed: boolean }[] = []

  add(facts: Omit<VerificationReport, 'notices' | 'checks'>): void {
    this.#facts = { ...this.#facts, ...facts }
  }

  notice(notice: VerificationNotice): void {
    this.#notices.push(notice)
  }

  /** Notes whether the action came through; its error passes on. */
  check<T>(check: VerificationCheck, action: () => T): T {
    let passed = false
    try {
      const result = action()
      passed = true
      return result
    } finally {
      this.#checks.push({ check, passed })
    }
  }

  /** As `check`, for work in slices. */
  *checkSteps<T>(check: VerificationCheck, steps: Steps<T>): Steps<T> {
    let passed = false
    try {
      const result = yield* steps
      passed = true
      return result
    } finally {
      this.#checks.push({ check, passed })
    }
  }

  get report(): VerificationReport {
    return { ...this.#facts, notices: this.#notices, checks: this.#checks }
  }
}
