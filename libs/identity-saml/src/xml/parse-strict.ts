import { DOMParser, onWarningStopParsing, type Attr, type Document, type Element } from '@xmldom/xmldom'
import { demand, SamlRefusal } from '../saml-refusal.js'
import { childrenOf } from './elements.js'
import { decodeUtf8 } from './decode-utf8.js'
import { scanMarkup } from './scan-markup.js'
import { messageLimits, type XmlLimits } from './xml-limits.js'

/** A document that passed the gate: the text, and the tree that was made of exactly this text. */
export interface StrictDocument {
  readonly text: string
  readonly root: Element
}

/**
 * Parses a document of somebody else. What is returned has no DOCTYPE, processing instruction, CDATA section, comment or
 * entity but the five, no two identifiers that are the same, and keeps the limits.
 *
 * Nothing is fetched, whatever the document names.
 * @throws {SamlRefusal} a detail of XmlDetail
 */
export function parseStrict(source: Uint8Array | string, limits: Partial<XmlLimits> = {}): StrictDocument {
  const all = { ...messageLimits, ...limits }
  const size = typeof source === 'string' ? Buffer.byteLength(source) : source.length
  demand(size <= all.maxBytes, 'too-big')
  const text = typeof source === 'string' ? source : decodeUtf8(source)
  scanMarkup(text, all)
  const root = parse(text).documentElement!
  checkNames(root)
  return { text, root }
}

function parse(text: string): Document {
  try {
    return new DOMParser({ onError: onWarningStopParsing, locator: false }).parseFromString(text, 'text/xml')
  } catch {
    // The parser's message quotes the document.
    throw new SamlRefusal('xml')
  }
}

/** Identifiers, whatever case and namespace their attribute is written in, and names of namespaces. */
function checkNames(root: Element): void {
  const seen = new Set<string>()
  const waiting: Element[] = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const attribute of attributesOf(element)) {
      if (attribute.namespaceURI === 'http://www.w3.org/2000/xmlns/') {
        // Canonical form would have to escape these, and not every implementation does.
        demand(!/[&<>"\t\r\n]/.test(attribute.value), 'xml')
      } else if (attribute.localName?.toLowerCase() === 'id') {
        demand(!seen.has(attribute.value), 'dup-id')
        seen.add(attribute.value)
      }
    }
    waiting.push(...childrenOf(element))
  }
}

const attributesOf = (element: Element): Attr[] =>
  Array.from({ length: element.attributes.length }, (_, index) => element.attributes.item(index)!)
