import type { ElmoLimits } from '../limits.js'
import type { Columns } from './columns.js'
import { placeOfGuess, type nameColumn, type nameColumns } from './name-dictionary.js'
import type { NameScope } from './name-scope.js'
import { standsAt } from './name-words.js'
import { scanPlainAttribute } from './scan-plain-attribute.js'
import type { StartTagScanner } from './scan-start-tag.js'
import type { nodeColumn, nodeColumns, nodeFlag } from './scanned-xml.js'
import { bitsOfByte, checkReferences, type textBit } from './text-flags.js'
import type { XmlBytes } from './xml-bytes.js'
import type { nodeKind } from './xml-tape.js'

/** A scan under way. */
export interface ScanState {
  readonly bytes: XmlBytes
  readonly names: NameScope
  readonly nodes: Columns
  readonly attributes: Columns
  readonly tags: StartTagScanner
  readonly limits: ElmoLimits
  /** The elements that are open, outermost first: node, name as written. */
  readonly open: Columns
}

/** Texts up to this length are looked at byte by byte; calls into the platform cost more than that. */
export const shortText = 192

/**
 * Reads on as long as everything is plain: short texts, start tags with one attribute at most whose names follow as they did
 * before, end tags without white space. That is nearly all of a document. Gives the offset of the first thing that is not
 * plain, that is a signature, or that breaks a rule or a limit: the scanner reads and judges it.
 *
 * Written in one piece, with the numbers of other modules written out, because it is three times faster than calls and
 * look-ups. Their types see to it that they are the same.
 */
export function scanPlain(state: ScanState, begin: number, until: number): number {
  const columns: typeof nodeColumns = 8
  const flagsAt: typeof nodeColumn.flags = 0
  const startAt: typeof nodeColumn.start = 1
  const endAt: typeof nodeColumn.end = 2
  const contentAt: typeof nodeColumn.content = 3
  const nextAt: typeof nodeColumn.next = 4
  const nameAt: typeof nodeColumn.name = 5
  const firstAt: typeof nodeColumn.first = 6
  const countsAt: typeof nodeColumn.counts = 7
  const ofName: typeof nameColumns = 8
  const wordsAt: typeof nameColumn.words = 0
  const lengthAt: typeof nameColumn.length = 1
  const prefixAt: typeof nameColumn.prefix = 2
  const uriAt: typeof nameColumn.uri = 4
  const expandedAt: typeof nameColumn.expanded = 5
  const element: typeof nodeKind.element = 0
  const text: typeof nodeKind.text = 1
  const solid: typeof nodeFlag.solid = 8
  const encoded: typeof nodeFlag.encoded = 4
  const solidBit: typeof textBit.solid = 8
  const ampersandBit: typeof textBit.ampersand = 1

  const { bytes, names, nodes, attributes, tags, open } = state
  const { buffer, view } = bytes
  const { length: size } = buffer
  const bits = bitsOfByte
  const { values } = nodes
  const opened = open.values
  const { dictionary } = names
  const { words, names: table, guesses } = dictionary
  const mostRows = Math.min(state.limits.maxNodes, values.length >>> 3)
  const mostOpen = Math.min(state.limits.maxDepth, opened.length >>> 1)
  let offset = begin
  let { rows } = nodes
  let { last } = tags
  let depth = open.rows
  // Most names have the same prefix, or none.
  let prefix = -1
  let uri = -1
  // An element and its text are two nodes.
  while (offset < until && rows + 1 < mostRows && depth > 0) {
    if (buffer[offset] !== 0x3c) {
      let end = offset
      // Most texts are line ends and indentation.
      if (buffer[end] === 0x0a) end++
      while (end + 4 <= size && view.getInt32(end, true) === 0x20202020) end += 4
      while (buffer[end] === 0x20) end++
      let flags: number = text
      if (buffer[end] !== 0x3c) {
        let found = 0
        const stop = Math.min(end + shortText, size)
        while (end < stop && buffer[end] !== 0x3c) found |= bits[buffer[end++]!]!
        if ((found & ~solidBit) !== 0 || buffer[end] !== 0x3c) break
        if (found !== 0) flags = text | solid
      }
      const at = rows++ * columns
      values[at + flagsAt] = flags
      values[at + startAt] = offset
      values[at + endAt] = end
      values[at + nextAt] = rows
      offset = end
      continue
    }
    if (buffer[offset + 1] === 0x2f) {
      const name = opened[depth * 2 - 1]! * ofName
      const end = offset + 2 + table[name + lengthAt]!
      if (end + 3 >= size || buffer[end] !== 0x3e) break
      if (!standsAt(view, offset + 2, words, table[name + wordsAt]!, table[name + lengthAt]!)) break
      const at = opened[depth * 2 - 2]! * columns
      // Declarations end with their element.
      if (values[at + countsAt]! >>> 16 !== 0) break
      values[at + endAt] = end + 1
      values[at + nextAt] = rows
      depth--
      offset = end + 1
      continue
    }
    if (depth >= mostOpen) break
    let entry = guesses[placeOfGuess(last, buffer[offset + 1]!, buffer[offset + 2]!)]!
    if (entry < 0) break
    let from = table[entry * ofName + wordsAt]!
    let length = table[entry * ofName + lengthAt]!
    if (offset + 4 + length >= size) break
    if (!standsAt(view, offset + 1, words, from, length)) {
      entry = dictionary.guess(last, bytes, offset + 1)
      if (entry < 0) break
      from = table[entry * ofName + wordsAt]!
      length = table[entry * ofName + lengthAt]!
    }
    if (table[entry * ofName + prefixAt] !== prefix) {
      prefix = table[entry * ofName + prefixAt]!
      uri = names.uriOf(prefix)
      if (uri < 0) break
    }
    const name =
      table[entry * ofName + uriAt] === uri ? table[entry * ofName + expandedAt]! : dictionary.expand(entry, uri)
    // Signatures have the first name.
    if (name === 0) break
    const first = attributes.rows
    let end = offset + 1 + length
    if (buffer[end] === 0x20) {
      end = scanPlainAttribute(state, entry, end + 1)
      if (end < 0) break
      last = tags.last
    } else if (buffer[end] === 0x3e) last = entry
    else break
    const at = rows++ * columns
    const content = end + 1
    values[at + flagsAt] = element
    values[at + startAt] = offset
    values[at + contentAt] = content
    values[at + nameAt] = name
    values[at + firstAt] = first
    values[at + countsAt] = attributes.rows - first
    offset = content
    // Most elements that hold no others hold a short text.
    if (buffer[content] !== 0x3c && buffer[content] !== 0x0a) {
      let close = content
      let found = 0
      const stop = Math.min(close + shortText, size - length - 6)
      while (close < stop && buffer[close] !== 0x3c) found |= bits[buffer[close++]!]!
      const behind = close + 2 + length
      if (
        close < stop &&
        buffer[close + 1] === 0x2f &&
        buffer[behind] === 0x3e &&
        (found & ~(solidBit | ampersandBit)) === 0 &&
        standsAt(view, close + 2, words, from, length) &&
        ((found & ampersandBit) === 0 || checkReferences(bytes, content, close))
      ) {
        const below = rows++ * columns
        values[below + flagsAt] = text | (found !== 0 ? solid : 0) | (found & ampersandBit ? encoded : 0)
        values[below + startAt] = content
        values[below + endAt] = close
        values[below + nextAt] = rows
        values[at + endAt] = behind + 1
        values[at + nextAt] = rows
        offset = behind + 1
        continue
      }
    }
    opened[depth * 2] = rows - 1
    opened[depth * 2 + 1] = entry
    depth++
  }
  nodes.rows = rows
  open.rows = depth
  tags.last = last
  return offset
}
