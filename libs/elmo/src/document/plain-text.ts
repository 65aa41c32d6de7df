import type { ShapeRow } from '../grammar/shape.js'
import type { XmlBytes } from '../xml/xml-bytes.js'
import { resolveNamed } from '../xml/xml-text.js'

const ascii = 0x7f
/** Longer texts are left to the searches of the platform. */
const longest = 4096

/** The value whose letters stand in the range, if there is one. All values are ASCII. */
function valueAt(values: readonly string[], bytes: Buffer, start: number, end: number): string | undefined {
  const length = end - start
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (value.length !== length) continue
    let at = 0
    while (at < length && value.charCodeAt(at) === bytes[start + at]) at++
    if (at === length) return value
  }
  return undefined
}

/** All bits that some byte of the range has; -1 where white space would be collapsed. */
function bitsOfToken(bytes: Buffer, start: number, end: number): number {
  // In this function, because the engine looks up at each use what stands outside.
  const blank = 0x20
  let bits = 0
  let before = blank
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte <= blank && (byte < blank || before === blank)) return -1
    bits |= byte
    before = byte
  }
  return before === blank && start < end ? -1 : bits
}

function bitsOf(bytes: Buffer, start: number, end: number): number {
  let bits = 0
  for (let at = start; at < end; at++) bits |= bytes[at]!
  return bits
}

/** Whether a text equals a value but for its case; most are of another length. */
function isSpelling(row: ShapeRow, text: string): boolean {
  for (const value of row.predefined!) {
    if (value.length === text.length && row.spellings!.has(text.toLowerCase())) return true
  }
  return false
}

/** A text whose references stand for no white space, and that has no carriage returns; else undefined. */
const decoded = (written: string): string | undefined => (written.includes('\r') ? undefined : resolveNamed(written))

/**
 * Nearly every text: written without carriage returns, unusual references or white space to collapse, and right. It is taken from its bytes in
 * one pass; where a value that the format names stands, that value is given. Undefined for any other text: that takes a
 * longer look, and perhaps a finding.
 */
export function plainText(
  source: XmlBytes,
  row: ShapeRow,
  start: number,
  end: number,
  isEncoded: boolean,
): string | undefined {
  const type = row.simpleType
  if (type === undefined || end - start > longest) return undefined
  const { buffer } = source
  if (type.values !== undefined) {
    return type.valuesIn === undefined ? valueAt(type.values, buffer, start, end) : undefined
  }
  if (row.predefined !== undefined) {
    const known = valueAt(row.predefined, buffer, start, end)
    if (known !== undefined) return known
  }
  const bits = type.whiteSpace === 'collapse' ? bitsOfToken(buffer, start, end) : bitsOf(buffer, start, end)
  if (bits < 0) return undefined
  const written = bits > ascii ? source.text(start, end) : source.ascii(start, end)
  const text = isEncoded ? decoded(written) : written
  if (text === undefined) return undefined
  if (type.isValid !== undefined && !type.isValid(text)) return undefined
  return row.predefined !== undefined && isSpelling(row, text) ? undefined : text
}
