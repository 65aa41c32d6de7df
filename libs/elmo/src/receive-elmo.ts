import { unpackElmoInSlices, type PackingDeviation } from './packing/unpack-elmo.js'
import { verifyElmoInSlices, type VerificationOutcome, type VerificationPolicy } from './signature/verify-elmo.js'

export interface ReceivedElmo {
  readonly outcome: VerificationOutcome
  /** How the packing departed from base64 of gzip. */
  readonly deviations: readonly PackingDeviation[]
}

/**
 * Opens an answer and verifies what is in it: `unpackElmo`, then `verifyElmo`, both in slices. A document of 40 MB keeps
 * other requests of the process waiting for some milliseconds at a time. A document that does not verify is an outcome, not
 * an error.
 *
 * Spec: EMREX implementation guide, "The EMREX response"; and as verifyElmo.
 * @throws {ElmoError} ELMO_PACKING, ELMO_TOO_LARGE, as `unpackElmo` (the promise rejects)
 */
export async function receiveElmo(value: string | Uint8Array, policy: VerificationPolicy): Promise<ReceivedElmo> {
  const { xml, deviations } = await unpackElmoInSlices(value, policy.limits)
  return { outcome: await verifyElmoInSlices(xml, policy), deviations }
}
