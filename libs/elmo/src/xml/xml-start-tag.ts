import type { ElmoLimits } from '../limits.js'
import type { XmlAttribute } from './parse-xml.js'
import { isSpace, type XmlBytes } from './xml-bytes.js'
import { findNamespace, readName, splitName, xmlNamespace, xmlnsNamespace, type NamespaceScope } from './xml-names.js'
import { decodeAttributeValue } from './xml-text.js'

export interface StartTag {
  readonly name: string
  readonly localName: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly declarations: ReadonlyMap<string, string>
  readonly scope: NamespaceScope | undefined
  readonly selfClosing: boolean
  /** Behind '>'. */
  readonly end: number
}

interface Written {
  readonly name: string
  readonly value: string
  readonly offset: number
}

/** In characters; the names in use have fewer than a hundred. */
const longestNamespace = 1000
const noAttributes: readonly XmlAttribute[] = []
const noDeclarations: ReadonlyMap<string, string> = new Map()

/** Reads the start tag whose '<' stands at the offset. @throws {ElmoError} */
export function readStartTag(
  bytes: XmlBytes,
  start: number,
  outer: NamespaceScope | undefined,
  limits: ElmoLimits,
): StartTag {
  const { name, end: nameEnd } = readName(bytes, start + 1)
  const { written, selfClosing, end } = readAttributes(bytes, nameEnd, limits)
  const declarations = written.length === 0 ? noDeclarations : declare(bytes, written)
  const scope = declarations.size === 0 ? outer : { declarations, outer }
  const { prefix, localName } = splitName(name)
  const namespace = prefix === 'xmlns' ? undefined : findNamespace(scope, prefix)
  if (namespace === undefined) return bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a prefix is not declared')
  const attributes = written.length === declarations.size ? noAttributes : resolve(bytes, written, scope)
  return { name, localName, namespace, attributes, declarations, scope, selfClosing, end }
}

function readAttributes(
  bytes: XmlBytes,
  start: number,
  limits: ElmoLimits,
): { written: Written[]; selfClosing: boolean; end: number } {
  const { buffer } = bytes
  const written: Written[] = []
  for (let offset = start; ;) {
    const next = bytes.skipSpace(offset)
    if (buffer[next] === 0x3e) return { written, selfClosing: false, end: next + 1 }
    if (buffer[next] === 0x2f && buffer[next + 1] === 0x3e) return { written, selfClosing: true, end: next + 2 }
    if (next >= buffer.length) bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a start tag is not closed')
    if (next === offset) bytes.fail('ELMO_NOT_WELL_FORMED', next, 'white space is missing before an attribute')
    if (written.length === limits.maxAttributes) {
      bytes.fail('ELMO_TOO_MANY_ATTRIBUTES', next, `more than ${limits.maxAttributes} attributes on one element`)
    }
    const { name, end: nameEnd } = readName(bytes, next)
    const equals = bytes.skipSpace(nameEnd)
    const open = bytes.skipSpace(equals + 1)
    const quote = buffer[open]
    if (buffer[equals] !== 0x3d || (quote !== 0x22 && quote !== 0x27)) {
      return bytes.fail('ELMO_NOT_WELL_FORMED', next, 'an attribute has no quoted value')
    }
    const close = bytes.find(quote, open + 1, 'an attribute value')
    const value = decodeAttributeValue(bytes, open + 1, close)
    written.push({ name, value, offset: next })
    offset = close + 1
  }
}

const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:')

/** Spec: Namespaces in XML 1.0, 3 and 5. */
function declare(bytes: XmlBytes, written: readonly Written[]): ReadonlyMap<string, string> {
  let declarations: Map<string, string> | undefined
  for (const { name, value, offset } of written) {
    if (!isDeclaration(name)) continue
    const prefix = name.slice('xmlns:'.length)
    declarations ??= new Map<string, string>()
    const reserved = prefix === 'xmlns' || value === xmlnsNamespace || (prefix === 'xml') !== (value === xmlNamespace)
    if (reserved || (prefix !== '' && value === '') || declarations.has(prefix)) {
      bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'a namespace declaration is not allowed here')
    }
    // Whoever takes an element out of the document copies the name to it: a long one, used often, would fill the memory.
    if (value.length > longestNamespace) {
      bytes.fail('ELMO_TOO_LARGE', offset, `a namespace name is longer than ${longestNamespace} characters`)
    }
    declarations.set(prefix, value)
  }
  return declarations ?? noDeclarations
}

function resolve(bytes: XmlBytes, written: readonly Written[], scope: NamespaceScope | undefined): XmlAttribute[] {
  const seen = new Set<string>()
  const attributes: XmlAttribute[] = []
  for (const { name, value, offset } of written) {
    if (isDeclaration(name)) continue
    const { prefix, localName } = splitName(name)
    const namespace = prefix === '' ? '' : findNamespace(scope, prefix)
    if (namespace === undefined) return bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'a prefix is not declared')
    const expandedName = `${localName} ${namespace}`
    if (seen.has(expandedName)) bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'an attribute stands twice')
    seen.add(expandedName)
    attributes.push({ name, localName, namespace, value })
  }
  return attributes
}

/** Reads the end tag whose '</' stands at the offset; gives its name and the offset behind '>'. @throws {ElmoError} */
export function readEndTag(bytes: XmlBytes, start: number): { readonly name: string; readonly end: number } {
  const { name, end: nameEnd } = readName(bytes, start + 2)
  const close = isSpace(bytes.buffer[nameEnd]) ? bytes.skipSpace(nameEnd) : nameEnd
  if (bytes.buffer[close] !== 0x3e) bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an end tag is not closed')
  return { name, end: close + 1 }
}
