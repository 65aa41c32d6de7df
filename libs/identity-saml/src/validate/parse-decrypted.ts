import type { Element } from '@xmldom/xmldom'
import { SamlRefusal } from '../saml-refusal.js'
import { escapeXml } from '../xml/escape-xml.js'
import { parseStrict, type StrictDocument } from '../xml/parse-strict.js'

/**
 * Parses the plaintext of an EncryptedAssertion as a document of its own. Who encrypted it may have left out declarations
 * that stand around the ciphertext; a plaintext that cannot be read without them is read with them.
 *
 * Spec: XML Encryption 1.1, 4.5.
 * @throws {SamlRefusal} a detail of XmlDetail
 */
export function parseDecrypted(plaintext: string, encrypted: Element): StrictDocument {
  try {
    return parseStrict(plaintext)
  } catch (error) {
    const declarations = declarationsAround(encrypted)
    const name = /^<[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?=[\s/>])/.exec(plaintext)?.[0]
    const isHopeless = !(error instanceof SamlRefusal) || error.detail !== 'xml' || name === undefined
    if (isHopeless) throw error
    const ownTag = plaintext.slice(0, plaintext.indexOf('>'))
    const missing = [...declarations].filter(([attribute]) => !new RegExp(`\\s${attribute}\\s*=`).test(ownTag))
    const written = missing.map(([attribute, uri]) => ` ${attribute}="${escapeXml(uri)}"`)
    return parseStrict(name + written.join('') + plaintext.slice(name.length))
  }
}

/** Declarations in scope of an element, nearest first, by the attribute that makes them. */
function declarationsAround(element: Element): Map<string, string> {
  const found = new Map<string, string>()
  for (let node: Element | null = element; node?.nodeType === 1; node = node.parentNode as Element | null)
    for (let index = 0; index < node.attributes.length; index += 1) {
      const { name, namespaceURI, value } = node.attributes.item(index)!
      if (namespaceURI === 'http://www.w3.org/2000/xmlns/' && value !== '' && !found.has(name)) found.set(name, value)
    }
  return found
}
