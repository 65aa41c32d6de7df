import type { XmlBytes } from './xml-bytes.js'

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

// Spec: XML 1.0 (fifth edition), 2.3; without the colon: Namespaces in XML 1.0, 3.
const start =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const part = `[${start}][${start}\\-.0-9\\xB7\\u0300-\\u036F\\u203F-\\u2040]*`
const qualifiedName = new RegExp(`^${part}(?::${part})?$`, 'u')

/** Bytes that end a name: white space, markup and quotes. */
const endsName = new Uint8Array(256)
for (const byte of Buffer.from(' \t\r\n/>=<"\'&!?;')) endsName[byte] = 1

/** The name that starts here, and the offset behind it. @throws {ElmoError} ELMO_NOT_WELL_FORMED where no qualified name stands */
export function readName(bytes: XmlBytes, offset: number): { readonly name: string; readonly end: number } {
  const { buffer } = bytes
  let end = offset
  while (end < buffer.length && endsName[buffer[end] as number] === 0) end++
  const name = bytes.text(offset, end)
  // A document has few names and many elements.
  if (!bytes.names.has(name)) {
    if (!qualifiedName.test(name)) bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'a name is expected here')
    bytes.names.add(name)
  }
  return { name, end }
}

/** The prefix and the local name; the prefix is '' where there is none. */
export function splitName(name: string): { readonly prefix: string; readonly localName: string } {
  const colon = name.indexOf(':')
  return { prefix: colon < 0 ? '' : name.slice(0, colon), localName: name.slice(colon + 1) }
}

/** Namespace declarations in force, innermost first. */
export interface NamespaceScope {
  readonly declarations: ReadonlyMap<string, string>
  readonly outer?: NamespaceScope
}

/** The URI of a prefix; '' for no namespace, undefined where the prefix is not declared. */
export function findNamespace(scope: NamespaceScope | undefined, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace
  for (let level = scope; level !== undefined; level = level.outer) {
    const uri = level.declarations.get(prefix)
    if (uri !== undefined) return uri
  }
  return prefix === '' ? '' : undefined
}
