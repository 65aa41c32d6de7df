import { compareText } from './compare-text.js'
import { escapeAttribute, escapeText } from './escape-xml.js'
import type { RawXml } from '../model.js'
import { parseXml, type XmlAttribute, type XmlElement } from './parse-xml.js'

/** Namespace declarations in force: prefix ('' = default) to URI. */
export type Declarations = ReadonlyMap<string, string>

const byName = (a: XmlAttribute, b: XmlAttribute): number =>
  compareText(a.namespace, b.namespace) || compareText(a.localName, b.localName)

/** Whether a name without prefix is used in the subtree where no default namespace is declared in it. */
function needsNoNamespace({ name, declarations, children }: XmlElement): boolean {
  if (declarations.has('')) return false
  return !name.includes(':') || children.some((child) => typeof child !== 'string' && needsNoNamespace(child))
}

function write(element: XmlElement, own: Declarations, outside: Declarations): string {
  const fresh = [...own].filter(([prefix, uri]) => prefix !== 'xml' && (outside.get(prefix) ?? '') !== uri)
  const inside = fresh.length === 0 ? outside : new Map([...outside, ...fresh])
  let text = `<${element.name}`
  for (const [prefix, uri] of fresh.sort(([a], [b]) => compareText(a, b))) {
    text += ` xmlns${prefix && ':'}${prefix}="${escapeAttribute(uri)}"`
  }
  for (const { name, value } of [...element.attributes].sort(byName)) text += ` ${name}="${escapeAttribute(value)}"`
  text += '>'
  for (const child of element.children) {
    text += typeof child === 'string' ? escapeText(child) : write(child, child.declarations, inside)
  }
  return `${text}</${element.name}>`
}

function standingAlone(element: XmlElement, outside: Declarations): string {
  const { declarations } = element
  return write(element, needsNoNamespace(element) ? new Map([...declarations, ['', '']]) : declarations, outside)
}

const parseRoot = (xml: string): XmlElement => parseXml(Buffer.from(xml)).root

/**
 * A raw element of the model, which stands alone, in the form that Canonical XML gives it where the outer declarations
 * are in force. It means the same there as alone: what is in no namespace stays in none. Comments go.
 *
 * Spec: Canonical XML 1.0 without comments.
 * @throws {ElmoError} those of parseXml
 */
export const canonicalRawElement = (raw: RawXml, outside: Declarations): string =>
  standingAlone(parseRoot(raw), outside)

/** The same for raw content: text and elements. @throws {ElmoError} those of parseXml */
export const canonicalRawContent = (raw: RawXml, outside: Declarations): string =>
  parseRoot(`<content>${raw}</content>`)
    .children.map((child) => (typeof child === 'string' ? escapeText(child) : standingAlone(child, outside)))
    .join('')
