import { generateKeyPairSync } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { document } from '../../test/signed-documents.js'
import { parseXml, type XmlElement } from '../xml/parse-xml.js'
import { keyFileSigner } from './elmo-signer.js'
import { signElmo, signElmoWith } from './sign-elmo.js'
import { verifyElmo } from './verify-elmo.js'

const signer = await makeThrowawaySigner()
const other = await makeThrowawaySigner()
const bytes = Buffer.from(document)
const verify = (xml: Uint8Array) => verifyElmo(xml, { certificates: [signer.certificate], at: new Date() })
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
const spki = { type: 'spki', format: 'pem' } as const
const code = (value: string) => expect.objectContaining({ code: value })

describe('signElmo', () => {
  it('makes a document that verifies', () => {
    expect(verify(signElmo(bytes, signer))).toMatchObject({ verified: true })
  })

  it('leaves every byte of the document as it was, and puts the signature last into the root', () => {
    const source = Buffer.from(`\ufeff${document.replaceAll('\n', '\r\n')}<!-- after -->`)
    const signed = Buffer.from(signElmo(source, signer)).toString()
    const [, before, signature, after] = /^([^]*)(<Signature [^]*<\/Signature>)(<\/elmo>[^]*)$/.exec(signed) ?? []
    expect(`${before}${after}`).toBe(source.toString())
    expect(signature).toMatch(/^<Signature xmlns="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#"><SignedInfo>/)
    expect(verify(Buffer.from(signed))).toMatchObject({ verified: true })
  })

  it('signs in the one form that every peer was seen to accept', () => {
    const signature = parseXml(signElmo(bytes, signer)).root.children.at(-1) as XmlElement
    const seen: string[] = []
    const walk = (element: XmlElement): void => {
      const algorithm = element.attributes.map(({ name, value }) => ` ${name}=${value}`).join('')
      seen.push(`${element.localName}${algorithm}`)
      for (const child of element.children) if (typeof child !== 'string') walk(child)
    }
    walk(signature)
    expect(seen).toEqual([
      'Signature',
      'SignedInfo',
      'CanonicalizationMethod Algorithm=http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
      'SignatureMethod Algorithm=http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'Reference URI=',
      'Transforms',
      'Transform Algorithm=http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'DigestMethod Algorithm=http://www.w3.org/2001/04/xmlenc#sha256',
      'DigestValue',
      'SignatureValue',
      'KeyInfo',
      'X509Data',
      'X509SubjectName',
      'X509Certificate',
    ])
    const keyInfo = signature.children.at(-1) as XmlElement
    const subject = (keyInfo.children[0] as XmlElement).children[0] as XmlElement
    expect(subject.children).toEqual(['O=TEST ONLY,CN=Throw-away test signer'])
  })

  it.each([
    ['comments', (text: string) => text.replace('Tolvansson', 'Tolv<!-- x -->ansson<!---->')],
    ['CDATA', (text: string) => text.replace('Tolvansson', '<![CDATA[<Tolvan&]]>sson<![CDATA[]]>')],
    ['line separators of XML 1.1', (text: string) => text.replace('Tolvansson', 'a\u2028b\u0085c')],
    [
      'another signature in the extension',
      (text: string) =>
        text.replace(
          'kept',
          `<x:in xmlns:x="urn:x"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></x:in>`,
        ),
    ],
    [
      'prefixes on everything',
      (text: string) => text.replace('xmlns=', 'xmlns:e=').replace(/<(\/?)(?=[a-z])/g, '<$1e:'),
    ],
    ['xml:lang on the root', (text: string) => text.replace('<elmo', '<elmo xml:lang="en"')],
  ])('signs a document with %s', (_name, change) => {
    expect(verify(signElmo(Buffer.from(change(document)), signer))).toMatchObject({ verified: true })
  })

  it('refuses to sign twice', () => {
    expect(() => signElmo(signElmo(bytes, signer), signer)).toThrow(code('ELMO_SIGNATURE_STRUCTURE'))
  })

  it.each(['P-256', 'P-384', 'P-521'] as const)('signs with ECDSA on %s', async (curve) => {
    const ecSigner = await makeThrowawaySigner({ key: { type: 'ec', curve } })
    const outcome = verifyElmo(signElmo(bytes, ecSigner), { certificates: [ecSigner.certificate], at: new Date() })
    expect(outcome).toMatchObject({ verified: true, report: { signer: { keyType: 'ec' } } })
  })

  it('writes the same bytes with both engines', () => {
    const sources = [document, document.replace('<elmo ', '<elmo xml:lang="no" xmlns:z="urn:z" xmlns:b="urn:b" ')]
    for (const source of sources) {
      const signed = (engine: 'fast' | 'reference') => Buffer.from(signElmo(Buffer.from(source), signer, { engine }))
      expect(signed('fast').toString()).toBe(signed('reference').toString())
    }
  })

  it('waits for a signer that takes its time, and hides the document from it', async () => {
    const { signNow, ...facts } = keyFileSigner(signer)
    const seen: string[] = []
    const sign = async (toSign: Uint8Array): Promise<Uint8Array> => {
      seen.push(Buffer.from(toSign).toString())
      await new Promise((resolve) => setTimeout(resolve, 5))
      return signNow(toSign)
    }
    expect(verify(await signElmoWith(bytes, { ...facts, sign }))).toMatchObject({ verified: true })
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatch(/^<SignedInfo /)
    expect(seen[0]).not.toContain('Tolvansson')
  })

  it('refuses a key that is short, of another kind, of another certificate, or unreadable', async () => {
    const short = await makeThrowawaySigner({ key: { type: 'rsa', bits: 1024 } })
    const { privateKey } = generateKeyPairSync('ed25519', { privateKeyEncoding: pkcs8, publicKeyEncoding: spki })
    expect(() => signElmo(bytes, short)).toThrow(code('ELMO_SIGNATURE_WEAK'))
    expect(() => signElmo(bytes, { ...signer, privateKey })).toThrow(code('ELMO_CERTIFICATE'))
    expect(() => signElmo(bytes, { ...signer, certificate: other.certificate })).toThrow(code('ELMO_CERTIFICATE'))
    expect(() => signElmo(bytes, { ...signer, privateKey: 'x' })).toThrow(code('ELMO_CERTIFICATE'))
  })

  it('refuses what is not a document', () => {
    expect(() => signElmo(Buffer.from('<elmo/>'), signer)).toThrow(code('ELMO_NOT_ELMO'))
    expect(() => signElmo(Buffer.from('<elmo>'), signer)).toThrow(code('ELMO_NOT_WELL_FORMED'))
  })
})
