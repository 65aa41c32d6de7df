import { demand } from '../saml-refusal.js'

const written: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/**
 * A value for text or an attribute of a document that we write; a parser gives it back unchanged.
 * @throws {SamlRefusal} `xml`, when it has a character that no XML document can hold
 */
export function escapeXml(value: string): string {
  demand(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(value), 'xml')
  return value.replace(/[&<>"'\t\n\r]/g, (character) => written[character]!)
}
