import { ElmoError, type ElmoErrorCode } from '@emrex-gateway/elmo'
import { SisError, type SisErrorKind } from './sis-error.js'
import type { ReasonCode } from './reason-codes.js'

/** Codes of broken promises: the ends of a transfer, and two that only the store and its callers see. */
export type EmrexErrorCode = ReasonCode | 'HANDLE_TAKEN' | 'LEASE_LOST'

/** A broken promise with its code. The message is safe to show: it never holds personal data. */
export class EmrexError extends Error {
  /** One of another copy of this package, too: a plugin from outside may have brought its own. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    const isOfAnotherCopy =
      this === EmrexError && (error as Partial<EmrexError> | undefined | null)?.name === 'EmrexError'
    return isOfAnotherCopy || super[Symbol.hasInstance](error)
  }

  override readonly name = 'EmrexError'
  /** Path of the page that tells the person where their transfer stands. It shows nothing to another browser. */
  readonly seeAt: string | undefined
  constructor(
    readonly code: EmrexErrorCode,
    message: string = code,
    options?: ErrorOptions & { readonly seeAt?: string | undefined },
  ) {
    super(message, options)
    this.seeAt = options?.seeAt
  }
}

/** What an error of the document library means for a transfer. */
export const reasonOfElmoError: Record<ElmoErrorCode, ReasonCode> = {
  ELMO_ENCODING: 'DOC_MALFORMED',
  ELMO_NOT_WELL_FORMED: 'DOC_MALFORMED',
  ELMO_FORBIDDEN_MARKUP: 'DOC_MALFORMED',
  ELMO_PACKING: 'DOC_MALFORMED',
  ELMO_TOO_LARGE: 'DOC_TOO_LARGE',
  ELMO_TOO_DEEP: 'DOC_TOO_LARGE',
  ELMO_TOO_MANY_NODES: 'DOC_TOO_LARGE',
  ELMO_TOO_MANY_ATTRIBUTES: 'DOC_TOO_LARGE',
  ELMO_SIGNATURE_MISSING: 'SIGNATURE_MISSING',
  ELMO_SIGNATURE_STRUCTURE: 'SIGNATURE_BAD',
  ELMO_SIGNATURE_WEAK: 'SIGNATURE_WEAK',
  ELMO_SIGNATURE_INVALID: 'SIGNATURE_BAD',
  ELMO_SIGNER_UNKNOWN: 'CERT_UNKNOWN',
  ELMO_CERTIFICATE: 'CERT_UNKNOWN',
  ELMO_NOT_ELMO: 'DOC_SCHEMA',
  ELMO_INVALID: 'DOC_SCHEMA',
  ELMO_SELECTION: 'REQUEST_MALFORMED',
}

/** What a throw of a SIS plugin means for a transfer. An import that is refused is SIS_REJECTED: a delivery says so itself. */
export const reasonOfSisError: Record<SisErrorKind, ReasonCode> = {
  credential: 'SIS_DOWN',
  forbidden: 'SIS_FORBIDS',
  expired: 'LOGIN_EXPIRED',
  'unknown-person': 'ID_NOT_FOUND',
  ambiguous: 'ID_AMBIGUOUS',
  'rate-limited': 'SIS_DOWN',
  unavailable: 'SIS_DOWN',
  timeout: 'SIS_DOWN',
  'bad-data': 'SIS_DOWN',
  refused: 'SIS_FORBIDS',
  unsupported: 'SIS_FORBIDS',
}

/** The reason code of anything that was thrown; what is not one of our errors is INTERNAL. */
export function reasonOf(error: unknown): ReasonCode {
  if (error instanceof EmrexError)
    return error.code === 'HANDLE_TAKEN' || error.code === 'LEASE_LOST' ? 'INTERNAL' : error.code
  if (error instanceof ElmoError) return reasonOfElmoError[error.code]
  if (error instanceof SisError) return reasonOfSisError[error.kind]
  return 'INTERNAL'
}
