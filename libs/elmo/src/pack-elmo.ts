/** The value of the form field `elmo`: base64 (one line) of gzip of the document. */
export function packElmo(xml: Uint8Array): string {
  throw new Error('not built yet')
}
