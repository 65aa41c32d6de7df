import { isAscii, isUtf8 } from 'node:buffer'
import { defaults, EmrexError } from '@emrex-gateway/core'

const [AMPERSAND, EQUALS, PLUS, PERCENT, SPACE] = [0x26, 0x3d, 0x2b, 0x25, 0x20] as const

/**
 * The fields of an urlencoded body, which is decoded in place (the buffer is used up) because one field may be 40 MB.
 *
 * Spec: URL Standard, application/x-www-form-urlencoded parsing; stricter in that a duplicated field, too many fields
 * and bytes that are not UTF-8 are refused.
 * @throws {EmrexError} REQUEST_MALFORMED
 */
export function parseForm(body: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (let start = 0; start < body.length;) {
    const ampersand = body.indexOf(AMPERSAND, start)
    const end = ampersand === -1 ? body.length : ampersand
    if (end > start) addField(fields, body.subarray(start, end))
    start = end + 1
  }
  return fields
}

function addField(fields: Map<string, string>, pair: Buffer): void {
  const equals = pair.indexOf(EQUALS)
  const name = decode(equals === -1 ? pair : pair.subarray(0, equals))
  if (fields.has(name)) throw new EmrexError('REQUEST_MALFORMED', 'A field of the form stands twice')
  if (fields.size >= defaults.formMaxFields) throw new EmrexError('REQUEST_MALFORMED', 'The form has too many fields')
  fields.set(name, equals === -1 ? '' : decode(pair.subarray(equals + 1)))
}

function decode(bytes: Buffer): string {
  const decoded = unescapeInPlace(bytes)
  if (isAscii(decoded)) return decoded.toString('latin1')
  if (!isUtf8(decoded)) throw new EmrexError('REQUEST_MALFORMED', 'The form is not UTF-8')
  return decoded.toString('utf8')
}

/** `+` is a blank, `%41` is a byte; a `%` without two hex digits stands for itself. The result is never longer. */
function unescapeInPlace(bytes: Buffer): Buffer {
  let written = 0
  for (let read = 0; read < bytes.length; read++, written++) {
    const byte = bytes[read]!
    if (byte === PLUS) bytes[written] = SPACE
    else if (byte === PERCENT && hexDigit(bytes[read + 1]) >= 0 && hexDigit(bytes[read + 2]) >= 0) {
      bytes[written] = hexDigit(bytes[read + 1]) * 16 + hexDigit(bytes[read + 2])
      read += 2
    } else bytes[written] = byte
  }
  return bytes.subarray(0, written)
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
