import { createHash } from 'node:crypto'

/**
 * The id of a delivery: the same document for the same person through the same entry always has the same id, so that a SIS
 * imports it once. SHA-256, base64url, 43 characters; says nothing about the person to somebody without the document.
 *
 * @param ownerPersonKey the key of the person in the SIS (`Enrolment.person`).
 * @param entry id of the SMP entry in the settings.
 * @param documentBytes the document as received, unpacked.
 */
export function deliveryId(ownerPersonKey: string, entry: string, documentBytes: Uint8Array): string {
  // JSON keeps the two texts apart ("ab" + "c" is not "a" + "bc"); NUL cannot occur in it and ends it.
  return createHash('sha256')
    .update(`${JSON.stringify([entry, ownerPersonKey])}\0`)
    .update(documentBytes)
    .digest('base64url')
}
