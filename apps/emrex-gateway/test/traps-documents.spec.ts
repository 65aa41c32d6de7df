import { gzipSync } from 'node:zlib'
import { jest } from '@jest/globals'
import { describeWith, makeThrowawaySigner, signWithXmlsec1, type PlainBrowser } from '@emrex-gateway/testing'
import { remarksOn } from './remarks-on.js'
import { SmpUnderTest, type SmpName } from './smp-under-test.js'
import { pack, signedText, trapDocument } from './trap-documents.js'

jest.setTimeout(120_000)

const signer = await makeThrowawaySigner({ commonName: 'Coast NCP' })
const stranger = await makeThrowawaySigner({ commonName: 'Somebody else' })
let under: SmpUnderTest
beforeAll(async () => {
  under = await SmpUnderTest.start(signer)
})
afterAll(() => under.stop())

const arrived = 'Your results have arrived'
const codeOf = async (browser: PlainBrowser) => (await under.alone.audit(browser)).at(-1)?.code
const detailOf = async (browser: PlainBrowser) => (await under.alone.audit(browser)).at(-1)?.facts?.['detail']

/** Answers with the document and takes it: the row that the student system got. */
async function taken(elmo: string, smp?: SmpName) {
  const before = (await under.imported()).count
  const browser = await under.answered(elmo, smp)
  expect(browser.heading).toBe(arrived)
  await under.accept(browser)
  const { count, last } = await under.imported()
  expect(count).toBe(before + 1)
  return last!
}

/** Answers with a document that must not get through. */
async function refused(elmo: string, code: string, detail: string, smp?: SmpName): Promise<PlainBrowser> {
  const before = (await under.imported()).count
  const browser = await under.answered(elmo, smp)
  expect([await codeOf(browser), await detailOf(browser)]).toEqual([code, detail])
  expect(browser.page.status).toBeGreaterThanOrEqual(400)
  expect((await under.imported()).count).toBe(before)
  return browser
}

const intoSignature = (xml: string, markup: string) =>
  xml.replace('</Signature></elmo>', `${markup}</Signature></elmo>`)
const foreignReport = /<report>[^]*<\/report>/.exec(trapDocument())![0].replaceAll('TRAP-1', 'EVIL-300')

describe('trap 4: more than what was signed', () => {
  it('trap 4: a report inside the signature, which no digest covers, refuses the document', async () => {
    const injected = intoSignature(signedText(signer), `<Object>${foreignReport}</Object>`)
    const browser = await refused(pack(injected), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_STRUCTURE')
    expect(browser.page.html).not.toContain('EVIL-300')
  })

  it('trap 4: a report that was added beside the signed ones refuses the document', async () => {
    const injected = signedText(signer).replace('</report>', `</report>${foreignReport}`)
    await refused(pack(injected), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_INVALID')
  })

  it('trap 4: a comment inside a value cuts nothing off: the value is read whole', async () => {
    const commented = signedText(signer).replace('Innføring i sjøkunnskap', 'Innføring<!-- EVIL --> i sjøkunnskap')
    const { items } = await taken(pack(commented))
    expect(items.map(({ title }) => title)).toEqual(['Innføring i sjøkunnskap'])
  })

  it.each([
    ['a document type', '<!DOCTYPE elmo>'],
    ['an entity of its own', '<!DOCTYPE elmo [<!ENTITY x "y">]>'],
    ['an entity from outside', '<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/hostname">]>'],
  ])('trap 4: %s refuses the document', async (_, doctype) => {
    const declared = signedText(signer).replace('<elmo ', `${doctype}<elmo `)
    await refused(pack(declared), 'DOC_MALFORMED', 'ELMO_FORBIDDEN_MARKUP')
  })

  it('trap 4: a second signature at the root, or a reference to a part, refuses the document', async () => {
    const twice = signedText(signer).replace(/<Signature [^]*<\/Signature>/, '$&$&')
    await refused(pack(twice), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_STRUCTURE')
    const part = signedText(signer).replace('<Reference URI="">', '<Reference URI="#part">')
    await refused(pack(part), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_STRUCTURE')
  })
})

describe('trap 5: a signature before the root’s', () => {
  const inner = /<Signature [^]*<\/Signature>/.exec(signedText(stranger))![0]
  const withInner = trapDocument(undefined, `      <extension>${inner}</extension>\n`)

  it('trap 5: a signature deep inside, such as that of a Diploma Supplement, is data and hinders nothing', async () => {
    const { items } = await taken(pack(signedText(signer, withInner)))
    expect(items).toHaveLength(1)
  })

  it('trap 5: a signature deep inside never stands in for the missing one of the root', async () => {
    await refused(pack(withInner), 'SIGNATURE_MISSING', 'ELMO_SIGNATURE_MISSING')
    const own = withInner.replace(inner, /<Signature [^]*<\/Signature>/.exec(signedText(signer))![0])
    await refused(pack(own), 'SIGNATURE_MISSING', 'ELMO_SIGNATURE_MISSING')
  })
})

const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** Signed by xmlsec1 with RSA-SHA1 and this digest. */
const signedWithSha1 = (digest: string): Promise<string> =>
  signWithXmlsec1(
    trapDocument().replace(
      '</elmo>',
      `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>
<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/><SignatureMethod Algorithm="${rsaSha1}"/>
<Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms>
<DigestMethod Algorithm="${digest}"/><DigestValue/></Reference></SignedInfo><SignatureValue/>
<KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo></Signature></elmo>`,
    ),
    signer,
  )

describeWith(describe, 'xmlsec1', 'traps 6 and 7: SHA-1', () => {
  it.each([
    ['trap 6: SHA-1 throughout', sha1],
    ['trap 7: SHA-1 in the signature, SHA-256 in the digest', sha256],
  ])('%s is refused, unless the settings bear it from this NCP up to a day that has not passed', async (_, digest) => {
    const signed = pack(await signedWithSha1(digest))
    const browser = await refused(signed, 'SIGNATURE_WEAK', 'ELMO_SIGNATURE_WEAK', 'strict')
    expect(browser.heading).toBe('The signature of the results is too weak')
    await refused(signed, 'SIGNATURE_WEAK', 'ELMO_SIGNATURE_WEAK', 'late')
    expect(remarksOn(await under.answered(signed, 'lenient'))).toContain('sha1-exception-used')
    expect((await taken(pack(await signedWithSha1(digest)), 'lenient')).items).toHaveLength(1)
  })
})

/** As JDK 11 and newer write base64 in a signature: wrapped, each line end with a carriage return as a character reference. */
const wrappedByJdk = (xml: string): string =>
  xml.replace(/(<(SignatureValue|X509Certificate)>)([^<]+)/g, (_, tag: string, __, base64: string) => {
    return tag + base64.replace(/.{76}/g, '$&&#13;\n')
  })

describe('traps 8 to 11: the bytes of the document', () => {
  it('trap 8: carriage returns as &#13; in signature value and certificate are white space', async () => {
    const wrapped = wrappedByJdk(signedText(signer))
    expect(wrapped.match(/&#13;/g)!.length).toBeGreaterThan(10)
    expect((await taken(pack(wrapped))).items).toHaveLength(1)
  })

  it('trap 9: the student system gets the received bytes, to the last blank', async () => {
    const odd = wrappedByJdk(signedText(signer).replace('<bday>', '<bday\t><!-- kept -->')) + '\n\n<!-- after -->\n'
    const { elmo_xml } = await taken(pack(odd))
    expect(Buffer.from(elmo_xml).toString()).toBe(odd)
  })

  it('trap 9: a document that was tidied up after signing is refused', async () => {
    const tidied = signedText(signer).replaceAll('\n  ', '\n    ')
    await refused(pack(tidied), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_INVALID')
  })

  it('trap 10: bytes that are not UTF-8 are told as a damaged document, with the encoding named in the audit', async () => {
    const latin1 = Buffer.from(signedText(signer), 'latin1')
    const browser = await refused(pack(latin1), 'DOC_MALFORMED', 'ELMO_ENCODING')
    expect(browser.heading).toBe('The results cannot be read')
    expect(browser.text).toContain('The document with your results arrived damaged.')
  })

  it('trap 10: letters that were lost after signing break the signature, whatever they became', async () => {
    for (const lost of ['?', '??', 'Ã¸'])
      await refused(pack(signedText(signer).replaceAll('ø', lost)), 'SIGNATURE_BAD', 'ELMO_SIGNATURE_INVALID')
  })

  it.each<[string, (xml: string) => string]>([
    ['a byte order mark', (xml) => `\ufeff${xml}`],
    ['line ends of CR LF', (xml) => xml.replaceAll('\n', '\r\n')],
    ['no XML declaration', (xml) => xml.replace(/<\?xml[^>]*>\n/, '')],
    ['all three', (xml) => `\ufeff${xml.replace(/<\?xml[^>]*>\n/, '').replaceAll('\n', '\r\n')}`],
  ])('trap 11: %s is borne, and kept', async (_, written) => {
    const xml = written(signedText(signer))
    const { elmo_xml, items } = await taken(pack(xml))
    expect(Buffer.from(elmo_xml).equals(Buffer.from(xml))).toBe(true)
    expect(items.map(({ title }) => title)).toEqual(['Innføring i sjøkunnskap'])
  })
})

/** Base64 that can be hurt in every way: with a plus sign, a slash, and padding. */
function packedWithEverything(): string {
  for (let blanks = 0; blanks < 1000; blanks++) {
    const packed = pack(`${signedText(signer)}${' '.repeat(blanks)}\n`)
    if (/\+.*=$/.test(packed) && packed.includes('/')) return packed
  }
  throw new Error('no packing has it all')
}

describe('traps 12 and 13: the packing', () => {
  it.each<[string, (packed: string) => string, string]>([
    ['blanks for plus signs', (packed) => packed.replaceAll('+', ' '), 'base64-plus-as-blank'],
    ['line breaks', (packed) => packed.replace(/.{64}/g, '$&\n'), 'base64-white-space'],
    ['line breaks and blanks around', (packed) => ` ${packed.replace(/.{76}/g, '$&\r\n')} \r\n`, 'base64-white-space'],
    ['no padding', (packed) => packed.replace(/=+$/, ''), 'base64-padding-missing'],
    ['the other alphabet', (packed) => packed.replaceAll('+', '-').replaceAll('/', '_'), 'base64-url-alphabet'],
  ])('trap 12: %s, mended and named', async (_, hurt, deviation) => {
    const browser = await under.answered(hurt(packedWithEverything()))
    expect(browser.heading).toBe(arrived)
    expect(remarksOn(browser)).toContain(deviation)
  })

  it.each<[string, (xml: string) => string, string]>([
    ['base64 without gzip', (xml) => Buffer.from(xml).toString('base64'), 'not-gzipped'],
    ['the XML itself', (xml) => xml, 'not-base64, not-gzipped'],
  ])('trap 13: %s, opened and named', async (_, packing, deviations) => {
    const browser = await under.answered(packing(signedText(signer)))
    expect(browser.heading).toBe(arrived)
    expect(remarksOn(browser).join(', ')).toContain(deviations)
  })

  it('trap 13: what is neither is refused', async () => {
    await refused('<p>Service unavailable', 'DOC_MALFORMED', 'ELMO_NOT_WELL_FORMED')
    await refused(Buffer.from('PK not a gzip').toString('base64'), 'DOC_MALFORMED', 'ELMO_PACKING')
  })
})

describe('trap 14: sizes', () => {
  it('trap 14: what would unpack to far more than it is gets refused while it unpacks', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from(signedText(signer)), Buffer.alloc(60 << 20, ' ')])).toString(
      'base64',
    )
    expect(bomb.length).toBeLessThan(100_000)
    const browser = await refused(bomb, 'DOC_TOO_LARGE', 'ELMO_TOO_LARGE')
    expect([browser.page.status, browser.heading]).toEqual([413, 'The results are too large'])
  })

  it('trap 14: an answer larger than any limit is refused by its size, and the transfer still waits', async () => {
    const { browser, hub, sessionId } = await under.ask()
    await under.post(browser, { sessionId, returnCode: 'NCP_OK', elmo: 'A'.repeat(65 << 20) })
    expect([browser.page.status, browser.heading]).toEqual([413, 'That was too much at once'])
    await browser.open(hub)
    expect(browser.heading).toBe('Waiting for your results')
  })
})
