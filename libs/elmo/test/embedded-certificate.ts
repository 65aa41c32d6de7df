import { normaliseCertificate } from '../src/signature/certificate.js'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'

/** The certificate inside a document: good for this test and for nothing else. */
export function embeddedCertificate(xml: Uint8Array): string {
  // One of the documents is not UTF-8; its certificate is ASCII all the same.
  const { root } = parseXml(Buffer.from(Buffer.from(xml).toString('latin1')))
  const find = (element: XmlElement, path: readonly string[]): XmlElement => {
    const [name, ...rest] = path
    const child = element.children.find(
      (node): node is XmlElement => typeof node !== 'string' && node.localName === name,
    )
    if (child === undefined) throw new Error(`There is no ${name}.`)
    return rest.length === 0 ? child : find(child, rest)
  }
  const { children } = find(root, ['Signature', 'KeyInfo', 'X509Data', 'X509Certificate'])
  return normaliseCertificate(children.filter((node) => typeof node === 'string').join(''))
}
