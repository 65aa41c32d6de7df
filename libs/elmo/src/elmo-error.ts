import type { Release } from './grammar/releases.js'

export type ElmoErrorCode =
  | 'ELMO_ENCODING'
  | 'ELMO_NOT_WELL_FORMED'
  | 'ELMO_FORBIDDEN_MARKUP'
  | 'ELMO_PACKING'
  | 'ELMO_TOO_LARGE'
  | 'ELMO_TOO_DEEP'
  | 'ELMO_TOO_MANY_NODES'
  | 'ELMO_TOO_MANY_ATTRIBUTES'
  | 'ELMO_SIGNATURE_MISSING'
  | 'ELMO_SIGNATURE_STRUCTURE'
  | 'ELMO_SIGNATURE_WEAK'
  | 'ELMO_SIGNATURE_INVALID'
  | 'ELMO_SIGNER_UNKNOWN'
  | 'ELMO_CERTIFICATE'
  | 'ELMO_NOT_ELMO'
  | 'ELMO_INVALID'
  | 'ELMO_SELECTION'

/** Where in the document: 1-based line and column of the source bytes, and a path of element names. */
export interface ElmoPosition {
  readonly line?: number
  readonly column?: number
  readonly path?: string
}

/** One finding about a document, for machines (`rule`) and for people (`message`, free of personal data). */
export interface ElmoProblem extends ElmoPosition {
  readonly rule: string
  readonly message: string
  /** The releases of ELMO that it breaks, oldest first; absent for a notice of practice, which breaks none. */
  readonly releases?: readonly Release[]
}

/** A broken promise of a document, with its code. The message never holds personal data. */
export class ElmoError extends Error {
  override readonly name = 'ElmoError'
  constructor(
    readonly code: ElmoErrorCode,
    message: string,
    readonly details: ElmoPosition & { readonly problems?: readonly ElmoProblem[] } = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
