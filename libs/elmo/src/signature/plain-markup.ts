import { escapeText } from '../xml/escape-xml.js'
import type { XmlSection } from '../xml/parse-xml.js'
import { normaliseLineEnds } from '../xml/xml-text.js'

interface Range {
  readonly start: number
  readonly end: number
}

const cdataOpen = '<![CDATA['.length
const cdataClose = ']]>'.length

/**
 * A range of a parsed document as text for the signature library: the same canonical form, without what that library
 * chokes on. Comments go (canonical form has none, and thousands of them take it half a minute), CDATA becomes text,
 * two characters that its parser takes for line ends, as XML 1.1 did, become references, and end tags lose their white
 * space, over which its parser misses the end of an element.
 *
 * Spec: Canonical XML 1.0, 2.3.
 */
export function plainMarkup(bytes: Uint8Array, sections: readonly XmlSection[], range: Range): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  // Each piece for itself: a line end may not come to be where a section stood between its two halves.
  const plain = (from: number, until: number): string => normaliseLineEnds(buffer.toString('utf8', from, until))
  let offset = range.start
  for (const { kind, start, end } of sections) {
    if (start < range.start || end > range.end) continue
    parts.push(plain(offset, start))
    if (kind === 'cdata') {
      parts.push(escapeText(plain(start + cdataOpen, end - cdataClose)))
    }
    offset = end
  }
  parts.push(plain(offset, range.end))
  return parts
    .join('')
    .replace(/[\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(<\/[^ \t\r\n>]+)[ \t\r\n]+>/g, '$1>')
}
