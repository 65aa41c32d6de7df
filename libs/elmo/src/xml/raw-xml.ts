import { escapeAttribute, escapeText } from './escape-xml.js'
import type { RawXml } from '../model.js'
import { parseXml, type XmlElement } from './parse-xml.js'

/** The namespace of a prefix ('' = default) outside an element. */
export type Scope = (prefix: string) => string | undefined

const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '')

/** Prefixes that the subtree uses without declaring them itself; values that may be qualified names count too. */
function collectPrefixes(element: XmlElement, declared: ReadonlySet<string>, scope: Scope, found: Set<string>): void {
  const here = element.declarations.size === 0 ? declared : new Set([...declared, ...element.declarations.keys()])
  const inNames = [element.name, ...element.attributes.map(({ name }) => name).filter((name) => name.includes(':'))]
  const inValues = element.attributes
    .map(({ value }) => prefixOf(value))
    .filter((p) => p !== '' && scope(p) !== undefined)
  for (const prefix of [...inNames.map(prefixOf), ...inValues]) {
    if (prefix !== 'xml' && !here.has(prefix)) found.add(prefix)
  }
  for (const child of element.children) if (typeof child !== 'string') collectPrefixes(child, here, scope, found)
}

/** The element as it was written, byte for byte, with every namespace declaration that it takes from outside added. */
export function rawElement(element: XmlElement, bytes: Uint8Array, scope: Scope): RawXml {
  const found = new Set<string>()
  collectPrefixes(element, new Set(), scope, found)
  const declarations = [...found]
    .sort()
    .map((prefix) => ` xmlns${prefix && ':'}${prefix}="${escapeAttribute(scope(prefix) ?? '')}"`)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(element.start, element.end))
  const behindName = 1 + element.name.length
  return text.slice(0, behindName) + declarations.join('') + text.slice(behindName)
}

/** The content of an element as XML text: character data escaped, elements as `rawElement` gives them. */
export const rawContent = (element: XmlElement, bytes: Uint8Array, scope: Scope): RawXml =>
  element.children
    .map((child) => (typeof child === 'string' ? escapeText(child) : rawElement(child, bytes, scope)))
    .join('')

const noScope: Scope = () => undefined

/** Reads a raw element of the model, standing alone. @throws {ElmoError} those of parseXml */
export function parseRawElement(raw: RawXml): { readonly element: XmlElement; readonly xml: string } {
  const bytes = new TextEncoder().encode(raw)
  const element = parseXml(bytes).root
  return { element, xml: rawElement(element, bytes, noScope) }
}

/** Reads raw content of the model, standing alone; the result is the same in any surroundings. @throws {ElmoError} those of parseXml */
export function parseRawContent(raw: RawXml): string {
  const bytes = new TextEncoder().encode(`<content>${raw}</content>`)
  return rawContent(parseXml(bytes).root, bytes, noScope)
}
