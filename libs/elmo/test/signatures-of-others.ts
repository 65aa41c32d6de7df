import fc from 'fast-check'
import { makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'
import { document, uris, type Hash } from './signed-documents.js'
import { signatureTemplate, type SignatureTemplate } from './signature-template.js'
import { xmlElement } from './xml-arbitrary.js'
import { signWithXmlsec } from './xmlsec.js'

export interface SignedByOthers {
  readonly xml: Buffer
  readonly signer: ThrowawaySigner
  readonly usesSha1: boolean
}

const rsa = await makeThrowawaySigner()
const signers = await Promise.all([
  ...(['P-256', 'P-384', 'P-521'] as const).map((curve) => makeThrowawaySigner({ key: { type: 'ec', curve } })),
])

const hash = fc.constantFrom<Hash[]>('sha1', 'sha256', 'sha384', 'sha512')
const canonicalization = fc.constantFrom(uris.inclusive, uris.exclusive)
const anySignature = (keyType: 'rsa' | 'ecdsa'): fc.Arbitrary<SignatureTemplate> =>
  fc.record({
    keyType: fc.constant(keyType),
    hash,
    digest: hash,
    canonicalization,
    transforms: fc.constantFrom(
      [uris.enveloped],
      [uris.enveloped, uris.inclusive],
      [uris.enveloped, uris.exclusive],
      [uris.enveloped, uris.exclusive],
    ),
    prefix: fc.constantFrom('', '', 'ds', 'Big', 'Z', 'é'),
    prefixList: fc.constantFrom('', '', 'Big', 'Big small', '#default', 'small #default Big', 'xml ds', 'unknown p Q'),
    declarations: fc.constantFrom('', '', ' xmlns:p="urn:p"', ' xmlns:small="urn:other"', ' Id="s"'),
    space: fc.constantFrom('', '\n', '\n  ', '\r\n\t'),
    keyInfo: fc.constantFrom(undefined, '<!-- -->', '<KeyName xmlns="http://www.w3.org/2000/09/xmldsig#">k</KeyName>'),
  })
const nested = `<Signature xmlns="${uris.dsig}"><SignedInfo><Reference URI=""/></SignedInfo></Signature>`

interface Draft {
  readonly signer: ThrowawaySigner
  readonly signature: SignatureTemplate
  readonly before: string
  readonly after: string
  readonly lineEnd: string
}

const draft: fc.Arbitrary<Draft> = fc
  .oneof(
    { weight: 2, arbitrary: fc.record({ signer: fc.constant(rsa), signature: anySignature('rsa') }) },
    { weight: 3, arbitrary: fc.record({ signer: fc.constantFrom(...signers), signature: anySignature('ecdsa') }) },
  )
  .chain(({ signer, signature }) =>
    fc.record({
      signer: fc.constant(signer),
      // A comment inside the signature is refused by policy; xmlsec1 is asked about that elsewhere.
      signature: fc.constant({
        ...signature,
        keyInfo: signature.keyInfo === '<!-- -->' ? undefined : signature.keyInfo,
      }),
      content: fc.array(xmlElement, { minLength: 1, maxLength: 2 }).map((all) => all.join('\n')),
      root: fc.constantFrom('', '', ' xml:lang="en"', ' xmlns:p="urn:root"', ` xml:space='preserve' xmlns:é='urn:e'`),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n', '\r'),
      place: fc.constantFrom('</elmo>', '</elmo>', '<report>', '<extension>'),
      nested: fc.constantFrom('', '', '', nested),
      around: fc.constantFrom('', '', '<!-- behind -->\n'),
      name: fc.constantFrom('Tolvansson', '<![CDATA[Tolvansson]]>', 'Tolv<!-- x -->ansson', '&#x54;olvansson'),
    }),
  )
  .map(({ content, root, place, nested: inner, around, name, ...rest }) => {
    const xml = document
      .replace('kept', () => content + inner)
      .replace('Tolvansson', () => name)
      .replace('<elmo', () => `${around}<elmo${root}`)
    const at = place === '</elmo>' ? xml.lastIndexOf(place) : xml.indexOf(place)
    return { ...rest, before: xml.slice(0, at), after: `${xml.slice(at)}${around}` }
  })

const written = ({ before, after, lineEnd, signature }: Draft, digest = '', value = ''): Buffer =>
  Buffer.from((before + signatureTemplate(signature, digest, value) + after).replace(/\r\n|\n/g, lineEnd))

/**
 * Documents that xmlsec1 signed, with every accepted algorithm and SHA-1, written in ways that xmlsec1 would not keep:
 * it says the two values, which then stand in the document as it was drawn.
 */
export async function signaturesOfOthers(count: number, seed: number): Promise<SignedByOthers[]> {
  const drafts = fc.sample(draft, { seed, numRuns: count })
  const signed = new Map<Draft, SignedByOthers>()
  for (const signer of [rsa, ...signers]) {
    const own = drafts.filter((one) => one.signer === signer)
    const results = await signWithXmlsec(
      own.map((one) => written(one)),
      signer,
    )
    own.forEach((one, index) => {
      const [digest, value] = valuesIn(results[index]!)
      const usesSha1 = one.signature.hash === 'sha1' || one.signature.digest === 'sha1'
      signed.set(one, { xml: written(one, digest, value), signer, usesSha1 })
    })
  }
  return drafts.map((one) => signed.get(one)!)
}

function valuesIn(xml: string): [string, string] {
  const { root } = parseXml(Buffer.from(xml))
  const own = childrenOf(root).find(({ localName, namespace }) => localName === 'Signature' && namespace === uris.dsig)!
  const find = (element: XmlElement, name: string): XmlElement | undefined =>
    element.localName === name
      ? element
      : childrenOf(element)
          .map((child) => find(child, name))
          .find((found) => found !== undefined)
  const textOf = (name: string): string => {
    const text = find(own, name)?.children[0]
    return typeof text === 'string' ? text.trim() : ''
  }
  return [textOf('DigestValue'), textOf('SignatureValue')]
}

const childrenOf = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string')

/** Damage in one place: of the whole document, or of the bytes from `from` to `until`. */
export const damage = (source: Buffer, from = 0, until = source.length): fc.Arbitrary<Buffer> =>
  fc
    .record({
      at: fc.integer({ min: from, max: until - 1 }),
      kind: fc.constantFrom('flip', 'replace', 'remove', 'insert', 'insert', 'double'),
      bit: fc.nat(7),
      put: fc.constantFrom(
        ...['a', ' ', '\n', '\r\n', '=', '<!-- -->', '&#13;', '&amp;', '&#32;', '<x/>', '😀', '+', 'A', '0'],
        ...[' xmlns:zz="urn:zz"', ' Id="x"', '<![CDATA[]]>', '<![CDATA[a]]>', '/', '"', '>', '<', '<?x?>', '\u00a0'],
      ),
    })
    .map(({ at, kind, bit, put }) => {
      const parts = (inserted: Uint8Array, removed: number): Buffer =>
        Buffer.concat([source.subarray(0, at), inserted, source.subarray(at + removed)])
      if (kind === 'flip') return parts(Buffer.of(source[at]! ^ (1 << bit)), 1)
      if (kind === 'replace') return parts(Buffer.from(put), 1)
      if (kind === 'remove') return parts(Buffer.of(), 1)
      if (kind === 'double') return parts(source.subarray(at, at + 1), 0)
      return parts(Buffer.from(put), 0)
    })
