export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'
export const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#'

// Spec: XML 1.0 (fifth edition), 2.3; without the colon: Namespaces in XML 1.0, 3.
const start =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const part = `[${start}][${start}\\-.0-9\\xB7\\u0300-\\u036F\\u203F-\\u2040]*`
const qualifiedName = new RegExp(`^${part}(?::${part})?$`, 'u')

/** Bytes that end a name: white space, markup and quotes. */
export const endsName = new Uint8Array(256)
for (const byte of Buffer.from(' \t\r\n/>=<"\'&!?;')) endsName[byte] = 1

export const isQualifiedName = (text: string): boolean => qualifiedName.test(text)

/** The prefix and the local name; the prefix is '' where there is none. */
export function splitName(name: string): { readonly prefix: string; readonly localName: string } {
  const colon = name.indexOf(':')
  return { prefix: colon < 0 ? '' : name.slice(0, colon), localName: name.slice(colon + 1) }
}
