import type { ElmoProblem } from '../elmo-error.js'
import type { Elmo } from '../model.js'
import type { VerificationReport } from './verification-report.js'

interface Facts {
  readonly xml: Uint8Array
  readonly elmo: Elmo
  readonly namespace: string
  readonly problems: readonly ElmoProblem[]
  readonly report: VerificationReport
}

interface Parts extends Facts {
  readonly signedBytes: () => Uint8Array
}

declare const brand: unique symbol
const maker = Symbol('verifyElmo')

/** For verifyElmo alone; the package does not export it. */
export let makeVerifiedElmo: (parts: Parts) => VerifiedElmo

/** A document whose signature holds. Only verifyElmo makes one: the type says so, and so does the constructor. */
export class VerifiedElmo implements Facts {
  declare readonly [brand]: true
  /** The bytes as received; the signature stays verifiable. */
  readonly xml: Uint8Array
  readonly #signedBytes: () => Uint8Array
  readonly elmo: Elmo
  /** The namespace of the root; '' for none. */
  readonly namespace: string
  readonly problems: readonly ElmoProblem[]
  readonly report: VerificationReport

  private constructor(caller: symbol, parts: Parts) {
    if (caller !== maker) throw new TypeError('Only verifyElmo makes a VerifiedElmo.')
    this.xml = parts.xml
    this.#signedBytes = parts.signedBytes
    this.elmo = parts.elmo
    this.namespace = parts.namespace
    this.problems = parts.problems
    this.report = parts.report
  }

  /** What was signed, in canonical form; made anew at each call. Nothing else of the document was read. */
  get signedBytes(): Uint8Array {
    return this.#signedBytes()
  }

  static {
    makeVerifiedElmo = (parts) => new VerifiedElmo(maker, parts)
  }
}
