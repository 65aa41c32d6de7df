import type { nameColumn, nameColumns } from './name-dictionary.js'
import type { ScanState } from './scan-plain.js'
import type { attributeColumn } from './scanned-xml.js'

/** Bytes that a plain value does not hold: references, white space other than blanks, control characters, '<', and the quote. */
const special = new Uint8Array(256)
special.fill(1, 0, 0x20)
for (const byte of Buffer.from('&<"')) special[byte] = 1

/**
 * Reads the only attribute of a tag, when it is written as canonical form has it, its name is one that was expected behind
 * the element's and its value needs no decoding. Gives the offset of the '>' behind it; -1, and nothing noted, for any other.
 */
export function scanPlainAttribute(
  { bytes, names, attributes, tags, limits }: ScanState,
  after: number,
  start: number,
): number {
  const nameAt: typeof attributeColumn.name = 0
  const nameStartAt: typeof attributeColumn.nameStart = 1
  const nameEndAt: typeof attributeColumn.nameEnd = 2
  const startAt: typeof attributeColumn.start = 3
  const endAt: typeof attributeColumn.end = 4
  const flagsAt: typeof attributeColumn.flags = 5
  const ofName: typeof nameColumns = 8
  const lengthAt: typeof nameColumn.length = 1

  const { buffer } = bytes
  const { dictionary } = names
  const entry = dictionary.guess(after, bytes, start)
  if (entry < 0 || limits.maxAttributes < 1) return -1
  const name = names.expandAttribute(entry)
  const nameEnd = start + dictionary.names[entry * ofName + lengthAt]!
  if (name < 0 || buffer[nameEnd] !== 0x3d || buffer[nameEnd + 1] !== 0x22) return -1
  const isSpecial = special
  const { length: size } = buffer
  let end = nameEnd + 2
  while (end < size && isSpecial[buffer[end]!] === 0) end++
  if (buffer[end] !== 0x22 || buffer[end + 1] !== 0x3e) return -1
  const at = attributes.add()
  const { values } = attributes
  values[at + nameAt] = name
  values[at + nameStartAt] = start
  values[at + nameEndAt] = nameEnd
  values[at + startAt] = nameEnd + 2
  values[at + endAt] = end
  values[at + flagsAt] = 0
  tags.last = entry
  return end + 1
}
