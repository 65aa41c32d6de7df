import type { ByteOutput } from './byte-output.js'
import { escapeText } from './escape-xml.js'
import type { XmlBytes } from './xml-bytes.js'
import { decodeText } from './xml-text.js'

const code = { carriageReturn: 0x0d, lineFeed: 0x0a, ampersand: 0x26, semicolon: 0x3b, less: 0x3c, greater: 0x3e }

/** Writes a text whose references were found to be right. Spec: Canonical XML 1.0, 1.1 and 2.3. */
export function writeCanonicalText(bytes: XmlBytes, start: number, end: number, out: ByteOutput): void {
  const { buffer } = bytes
  let pending = start
  for (let at = start; at < end; at++) {
    const byte = buffer[at]!
    if (byte !== code.ampersand && byte !== code.greater && byte !== code.carriageReturn) continue
    out.bytes(buffer, pending, at)
    if (byte === code.ampersand) {
      const close = buffer.indexOf(code.semicolon, at) + 1
      out.text(escapeText(decodeText(bytes, at, close)))
      at = close - 1
    } else if (byte === code.greater) out.text('&gt;')
    else at = writeLineEnd(buffer, at, end, out)
    pending = at + 1
  }
  out.bytes(buffer, pending, end)
}

/** Writes a CDATA section, given whole, as text. */
export function writeCanonicalCdata({ buffer }: XmlBytes, start: number, end: number, out: ByteOutput): void {
  const first = start + '<![CDATA['.length
  const last = end - ']]>'.length
  let pending = first
  for (let at = first; at < last; at++) {
    const byte = buffer[at]!
    const isPlain = byte !== code.ampersand && byte !== code.less && byte !== code.greater
    if (isPlain && byte !== code.carriageReturn) continue
    out.bytes(buffer, pending, at)
    if (byte === code.ampersand) out.text('&amp;')
    else if (byte === code.less) out.text('&lt;')
    else if (byte === code.greater) out.text('&gt;')
    else at = writeLineEnd(buffer, at, last, out)
    pending = at + 1
  }
  out.bytes(buffer, pending, last)
}

/** A written line end is a line feed. Spec: XML 1.0, 2.11. */
function writeLineEnd(buffer: Buffer, at: number, end: number, out: ByteOutput): number {
  out.text('\n')
  return at + 1 < end && buffer[at + 1] === code.lineFeed ? at + 1 : at
}
