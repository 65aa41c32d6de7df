import { findControlCharacter } from './find-control-character.js'
import type { XmlBytes } from './xml-bytes.js'
import { decodeText } from './xml-text.js'

/** What a text holds, as bits. */
export const textBit = { ampersand: 1, carriageReturn: 2, greater: 4, solid: 8, control: 16 } as const

/** The bits of each byte. */
export const bitsOfByte = new Uint8Array(256).fill(textBit.solid)
bitsOfByte.fill(textBit.control, 0, 0x20)
for (const blank of Buffer.from(' \t\n')) bitsOfByte[blank] = 0
bitsOfByte[0x0d] = textBit.carriageReturn
bitsOfByte[0x26] = textBit.ampersand | textBit.solid
bitsOfByte[0x3e] = textBit.greater | textBit.solid

/** The bits of a long text, left to the searches of the platform. */
export function bitsOfLongText(text: Buffer): number {
  let bits = 0
  if (text.includes(0x26)) bits |= textBit.ampersand
  if (text.includes(0x0d)) bits |= textBit.carriageReturn
  if (text.includes(0x3e)) bits |= textBit.greater
  if (findControlCharacter(text) >= 0) bits |= textBit.control
  // A text of blanks alone may be long: only then every byte is looked at.
  for (let i = 0; i < text.length && (bits & textBit.solid) === 0; i++) bits |= bitsOfByte[text[i]!]!
  return bits
}

/** Refuses control characters. @throws {ElmoError} ELMO_NOT_WELL_FORMED */
export function refuseControlCharacters(bytes: XmlBytes, start: number, end: number): void {
  const found = findControlCharacter(bytes.buffer.subarray(start, end))
  if (found >= 0) bytes.fail('ELMO_NOT_WELL_FORMED', start + found, 'a character that XML forbids')
}

/** Refuses `]]>` in a text. @throws {ElmoError} ELMO_NOT_WELL_FORMED */
export function refuseSectionEnd(bytes: XmlBytes, start: number, end: number): void {
  const found = bytes.buffer.subarray(start, end).indexOf(']]>')
  if (found >= 0) bytes.fail('ELMO_NOT_WELL_FORMED', start + found, ']]> in character data')
}

const semicolon = 0x3b

/** The length of `&lt;`, `&gt;` or `&amp;`, where one of them stands; else 0. */
function lengthOfCommon(buffer: Buffer, at: number): number {
  const first = buffer[at + 1]
  if (first === 0x61) return buffer[at + 2] === 0x6d && buffer[at + 3] === 0x70 && buffer[at + 4] === semicolon ? 5 : 0
  return (first === 0x6c || first === 0x67) && buffer[at + 2] === 0x74 && buffer[at + 3] === semicolon ? 4 : 0
}

/** No reference that is known by name, and none to a character without leading zeros, is longer. */
const longestReference = 10

/**
 * Checks the references of a text; whether all of them are written as canonical form writes them.
 * @throws {ElmoError} ELMO_FORBIDDEN_MARKUP, ELMO_NOT_WELL_FORMED
 */
export function checkReferences(bytes: XmlBytes, start: number, end: number): boolean {
  const { buffer } = bytes
  const ampersand = 0x26
  let canonical = true
  for (let at = start; at < end; at++) {
    if (buffer[at] !== ampersand) continue
    const common = lengthOfCommon(buffer, at)
    if (common > 0) {
      at += common - 1
      continue
    }
    const stop = Math.min(at + longestReference, end)
    let close = at + 1
    while (close < stop && buffer[close] !== semicolon) close++
    const name = buffer.toString('latin1', at + 1, close)
    if (close < stop && name === '#xD') {
      at = close
      continue
    }
    canonical = false
    if (close < stop && (name === 'quot' || name === 'apos')) {
      at = close
      continue
    }
    // Decoding judges everything else, and knows the words for what is wrong. A reference ends within a text.
    const behind = buffer.subarray(at, end).indexOf(semicolon)
    const limit = behind < 0 ? end : at + behind + 1
    decodeText(bytes, at, limit)
    at = limit - 1
  }
  return canonical
}
