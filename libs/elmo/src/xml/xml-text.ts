import type { XmlBytes } from './xml-bytes.js'

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** References by name as they are written. */
const named = ['amp', 'lt', 'gt', 'quot', 'apos'].map((name) => ({
  written: `&${name};`,
  initial: name.charCodeAt(0),
  character: predefined[name] as string,
}))
const reference = /&(?:#x([0-9a-fA-F]+);|#([0-9]+);|(amp|lt|gt|quot|apos);|([\p{L}_:][^\s;&<"']*;))?/u
const inText = new RegExp(`\\r\\n?|${reference.source}`, 'gu')
const inAttribute = new RegExp(`\\r\\n|[\\t\\n\\r]|${reference.source}`, 'gu')

const isXmlCharacter = (code: number): boolean =>
  code === 0x09 ||
  code === 0x0a ||
  code === 0x0d ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

function replaceAll(raw: string, pattern: RegExp, space: string, bytes: XmlBytes, start: number): string {
  return raw.replace(
    pattern,
    (all: string, hex?: string, decimal?: string, name?: string, other?: string, at: number = 0) => {
      if (!all.startsWith('&')) return space
      if (name !== undefined) return predefined[name] as string
      // Only where it is needed: for each of many references it would cost the square of their number.
      const offset = (): number => start + Buffer.byteLength(raw.slice(0, at))
      if (other !== undefined) {
        return bytes.fail('ELMO_FORBIDDEN_MARKUP', offset(), 'an entity reference beyond the five of XML')
      }
      if (hex === undefined && decimal === undefined) {
        return bytes.fail('ELMO_NOT_WELL_FORMED', offset(), 'a stray ampersand')
      }
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
      if (isXmlCharacter(code)) return String.fromCodePoint(code)
      return bytes.fail('ELMO_NOT_WELL_FORMED', offset(), 'a reference to a character XML forbids')
    },
  )
}

/** The reference by name that stands at a place; undefined for any other. */
function namedAt(raw: string, at: number): (typeof named)[number] | undefined {
  const initial = raw.charCodeAt(at + 1)
  for (let index = 0; index < named.length; index++) {
    const each = named[index]!
    if (each.initial === initial && raw.startsWith(each.written, at)) return each
  }
  return undefined
}

/** Up to this length a text is put together from pieces. */
const shortText = 4096

/** The text with its references by name resolved; undefined where it holds another reference. */
export function resolveNamed(raw: string): string | undefined {
  let resolved = ''
  let done = 0
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', done)) {
    const found = namedAt(raw, at)
    if (found === undefined) return undefined
    resolved += raw.slice(done, at) + found.character
    done = at + found.written.length
  }
  return resolved + raw.slice(done)
}

/** Line ends become line feeds. Spec: XML 1.0, 2.11. */
export function normaliseLineEnds(raw: string): string {
  return raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
}

/** Character data between two pieces of markup. Spec: XML 1.0, 2.4, 2.11, 4.1. @throws {ElmoError} */
export function decodeText(bytes: XmlBytes, start: number, end: number): string {
  const raw = bytes.text(start, end)
  const stray = raw.indexOf(']]>')
  if (stray >= 0) {
    bytes.fail('ELMO_NOT_WELL_FORMED', start + Buffer.byteLength(raw.slice(0, stray)), ']]> in character data')
  }
  if (!raw.includes('&')) return normaliseLineEnds(raw)
  const resolved = raw.length > shortText || raw.includes('\r') ? undefined : resolveNamed(raw)
  return resolved ?? replaceAll(raw, inText, '\n', bytes, start)
}

/** A value without its quotes; written white space becomes blanks. Spec: XML 1.0, 3.3.3. @throws {ElmoError} */
export function decodeAttributeValue(bytes: XmlBytes, start: number, end: number): string {
  const raw = bytes.text(start, end)
  const less = raw.indexOf('<')
  if (less >= 0) {
    bytes.fail('ELMO_NOT_WELL_FORMED', start + Buffer.byteLength(raw.slice(0, less)), '< in an attribute value')
  }
  return replaceAll(raw, inAttribute, ' ', bytes, start)
}
