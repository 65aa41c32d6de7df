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
 * and two characters that its parser takes for line ends, as XML 1.1 did, become references.
 *
 * Spec: Canonical XML 1.0, 2.3.
 */
export function plainMarkup(bytes: Uint8Array, sections: readonly XmlSection[], range: Range): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: string[] = []
  let offset = range.start
  for (const { kind, start, end } of sections) {
    if (start < range.start || end > range.end) continue
    parts.push(buffer.toString('utf8', offset, start))
    if (kind === 'cdata') {
      parts.push(escapeText(normaliseLineEnds(buffer.toString('utf8', start + cdataOpen, end - cdataClose))))
    }
    offset = end
  }
  parts.push(buffer.toString('utf8', offset, range.end))
  return parts.join('').replace(/[\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`)
}
