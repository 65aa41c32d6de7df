import { createHash, sign, type KeyObject } from 'node:crypto'

/** Namespaces that every element which is signed declares itself, and names in its PrefixList, as the national logins do. */
const declarations =
  ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"' +
  ' xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ds = 'http://www.w3.org/2000/09/xmldsig#'

/** Text for an element or an attribute, as canonical XML writes it. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"\t\r\n]/g, (character) => written[character] ?? character)
const written: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\r': '&#xD;',
  '\n': '&#xA;',
}

/** An element with all declarations, in canonical form: attributes are sorted, nothing is abbreviated. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content: string,
): string {
  const text = Object.entries(attributes)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ` ${key}="${escapeText(value)}"`)
    .join('')
  return `<${name}${declarations}${text}>${content}</${name}>`
}

/** The same element where it stands within another one that declares the namespaces. */
export const within = (text: string): string => text.replace(declarations, '')

export interface StandInKey {
  readonly privateKey: KeyObject
  /** PEM. */
  readonly certificate: string
}

/**
 * Signs an element that `element` wrote, behind its Issuer. Shares nothing with the gateway: canonical form is the form
 * that the text is written in, and the rest is Node's.
 */
export function signElement(text: string, { privateKey, certificate }: StandInKey): string {
  const id = / ID="([^"]+)"/.exec(text)?.[1] ?? ''
  const isEc = privateKey.asymmetricKeyType === 'ec'
  const method = `http://www.w3.org/2001/04/xmldsig-more#${isEc ? 'ecdsa' : 'rsa'}-sha256`
  const digest = createHash('sha256').update(text).digest('base64')
  const info = (declared: string): string =>
    `<ds:SignedInfo${declared}><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod><ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${ds}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${exclusive}">` +
    `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="ds saml2 saml2p xenc"></ec:InclusiveNamespaces>` +
    '</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256">' +
    `</ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  const value = sign('sha256', Buffer.from(info(` xmlns:ds="${ds}"`)), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const packed = certificate.replace(/-----[A-Z ]+-----|\s/g, '')
  const signature =
    `<ds:Signature>${info('')}<ds:SignatureValue>${value.toString('base64')}</ds:SignatureValue><ds:KeyInfo>` +
    `<ds:X509Data><ds:X509Certificate>${packed}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`
  const end = '</saml2:Issuer>'
  const at = text.indexOf(end)
  // Metadata has no Issuer: the signature is its first child.
  const place = at < 0 ? text.indexOf('>') + 1 : at + end.length
  return text.slice(0, place) + signature + text.slice(place)
}
