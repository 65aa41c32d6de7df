import { inflateSync } from 'node:zlib'

/** More than any receipt; what unpacks to more is none of ours. */
const mostBytes = 1024 * 1024

/** The signed receipt inside a PDF that `receiptPdf` made, as text; undefined where there is none. */
export function receiptInPdf(pdf: Uint8Array): string | undefined {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  for (let at = bytes.indexOf('/EmbeddedFile'); at >= 0; at = bytes.indexOf('/EmbeddedFile', at + 1)) {
    const begin = bytes.indexOf('stream', at)
    const end = begin < 0 ? -1 : bytes.indexOf('endstream', begin)
    if (end < 0) return undefined
    const text = inflate(bytes.subarray(bytes.indexOf('\n', begin) + 1, end))
    if (text?.includes('"emrex-receipt"') === true) return text
  }
  return undefined
}

function inflate(bytes: Uint8Array): string | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: mostBytes }).toString()
  } catch {
    return undefined
  }
}
