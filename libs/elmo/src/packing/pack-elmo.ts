import { gzipSync } from 'node:zlib'

/**
 * The value of the form field `elmo`: base64, on one line and with padding, of gzip of the document. Strict decoders
 * among the peers open nothing else.
 *
 * Spec: EMREX implementation guide, "The EMREX response"; RFC 1952; RFC 4648, 4.
 */
export function packElmo(xml: Uint8Array): string {
  return gzipSync(xml).toString('base64')
}
