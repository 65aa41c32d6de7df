import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { signElmo } from '../src/signature/sign-elmo.js'
import { verifyElmo, type VerificationOutcome } from '../src/signature/verify-elmo.js'
import { document, uris } from './signed-documents.js'

const signer = await makeThrowawaySigner()
const attacker = await makeThrowawaySigner({ commonName: 'Attacker' })
const sign = (text: string): string => Buffer.from(signElmo(Buffer.from(text), signer)).toString()
const signed = sign(document)
const signature = /<Signature [^]*<\/Signature>/.exec(signed)![0]
const dsig = 'xmlns="http://www.w3.org/2000/09/xmldsig#"'
const forgedReport = /<report>[^]*<\/report>/.exec(document)![0].replace('7.5', '300')
const forged = document.replace('7.5', '300')

const verify = (text: string, sha1Until?: string): VerificationOutcome =>
  verifyElmo(Buffer.from(text), { certificates: [signer.certificate], at: new Date(), sha1Until })
const verdict = (text: string, sha1Until?: string): string => {
  const outcome = verify(text, sha1Until)
  return outcome.verified ? 'verified' : outcome.code
}
/** The signed document with one change, which must take. */
const change = (from: string | RegExp, to: string, text = signed): string => {
  const changed = text.replace(from, () => to)
  if (changed === text) throw new Error('The attack changed nothing.')
  return changed
}
const beforeRootEnd = (addition: string, text = signed): string => change('</elmo>', `${addition}</elmo>`, text)
const algorithm = (element: string, uri: string): string =>
  change(new RegExp(`<${element} Algorithm="[^"]*"`), `<${element} Algorithm="${uri}"`)

const structure: Record<string, string> = {
  'a report injected through Object': change('</Signature>', `<Object>${forgedReport}</Object></Signature>`),
  'an empty Object': change('</Signature>', '<Object/></Signature>'),
  'the signed original inside Object of a forged document': forged.replace(
    '</elmo>',
    `${signature.replace('</Signature>', `<Object>${document.slice(document.indexOf('<elmo'))}</Object></Signature>`)}</elmo>`,
  ),
  'two signatures': beforeRootEnd(signature),
  'a second signature inside the report': change('</report>', `${signature}</report>`),
  'the signature moved into the report': change('</report>', `${signature}</report>`, change(signature, '')),
  'a signature inside KeyInfo': change('<KeyInfo>', `<KeyInfo>${signature}`),
  'a second SignedInfo': change('</SignedInfo>', `</SignedInfo>${/<SignedInfo>[^]*<\/SignedInfo>/.exec(signed)![0]}`),
  'SignedInfo of another namespace': change('<SignedInfo>', '<SignedInfo xmlns="urn:other">'),
  'a duplicated Reference': change('</Reference>', `</Reference>${/<Reference [^]*<\/Reference>/.exec(signed)![0]}`),
  'no Reference': change(/<Reference [^]*<\/Reference>/, ''),
  'a Reference to an id': change('URI=""', 'URI="#id"'),
  'a Reference to another document': change('URI=""', 'URI="https://attacker.example/elmo.xml"'),
  'a Reference without URI': change(' URI=""', ''),
  'an XPath transform': algorithm('Transform', 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
  'an XSLT transform': algorithm('Transform', 'http://www.w3.org/TR/1999/REC-xslt-19991116'),
  'a base64 transform': algorithm('Transform', 'http://www.w3.org/2000/09/xmldsig#base64'),
  'no enveloped transform': algorithm('Transform', uris.inclusive),
  'no transform': change(/<Transforms>.*<\/Transforms>/, '<Transforms/>'),
  'enveloped twice': change('</Transforms>', `<Transform Algorithm="${uris.enveloped}"/></Transforms>`),
  'three transforms': change('</Transforms>', `${`<Transform Algorithm="${uris.exclusive}"/>`.repeat(2)}</Transforms>`),
  'transforms in the other order': change('<Transforms>', `<Transforms><Transform Algorithm="${uris.inclusive}"/>`),
  'canonicalisation with comments': algorithm('CanonicalizationMethod', `${uris.exclusive}WithComments`),
  'a canonicalisation transform with comments': change(
    '</Transforms>',
    `<Transform Algorithm="${uris.inclusive}#WithComments"/></Transforms>`,
  ),
  'an unknown canonicalisation': algorithm('CanonicalizationMethod', 'urn:none'),
  'an algorithm in an attribute of another namespace': change(
    '<DigestMethod Algorithm=',
    '<DigestMethod xmlns:x="urn:x" x:Algorithm="http://www.w3.org/2000/09/xmldsig#sha1" Algorithm=',
  ),
  'a truncated HMAC': change(
    /(?<=<SignatureMethod [^>]*)\/>/,
    '><HMACOutputLength>0</HMACOutputLength></SignatureMethod>',
  ),
  'a comment in DigestValue': change(/<DigestValue>/, '<DigestValue><!--AAAA-->'),
  'a comment in SignatureValue': change(/<SignatureValue>/, '<SignatureValue><!-- -->'),
  'CDATA in DigestValue': change(/<DigestValue>([^<]*)/, '<DigestValue><![CDATA[AAAA]]>'),
  'a DigestValue of no base64': change(/<DigestValue>/, '<DigestValue>*'),
  'an empty SignatureValue': change(/<SignatureValue>[^<]*/, '<SignatureValue>'),
  'no SignatureValue': change(/<SignatureValue>[^<]*<\/SignatureValue>/, ''),
  'a SignatureValue before SignedInfo': change('<SignedInfo>', '<SignatureValue>AAAA</SignatureValue><SignedInfo>'),
  'a signature as the root': signature,
}

const missing: Record<string, string> = {
  'no signature': document,
  'signature wrapping into the extension': change('</extension>', `${signature}</extension>`, forged),
  'the whole signed original wrapped into the extension of a forged document': change(
    '</extension>',
    `${signed.slice(signed.indexOf('<elmo'))}</extension>`,
    forged,
  ),
  'a signature of another namespace': change(dsig, 'xmlns="urn:other"'),
  'a signature in lower case': signed.replace('<Signature ', '<signature ').replace('</Signature>', '</signature>'),
  'a signature in a comment': change(signature, `<!--${signature}-->`),
}

const weak: Record<string, string> = {
  'HMAC with the public key as secret': algorithm('SignatureMethod', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'),
  'RSA with MD5': algorithm('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5'),
  'a digest of MD5': algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmldsig-more#md5'),
  DSA: algorithm('SignatureMethod', 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'),
  'no algorithm at all': algorithm('SignatureMethod', 'none'),
  'a property of every object as algorithm': algorithm('SignatureMethod', 'constructor'),
}

const withKey = (text: string, key: typeof signer): string => Buffer.from(signElmo(Buffer.from(text), key)).toString()

const invalid: Record<string, string> = {
  'a changed value': change('7.5', '300'),
  'an added report': change('</report>', `</report>${forgedReport}`),
  'an attribute added to the root after signing': change('<elmo ', '<elmo language="xx" '),
  'a namespace declared on the root after signing': change('<elmo ', '<elmo xmlns:new="urn:new" '),
  'another default namespace': change('tree/v1"', 'tree/v2"'),
  'CDATA that adds text': change('Tolvansson', 'Tolvansson<![CDATA[x]]>'),
  'a changed digest': change(/<DigestValue>../, '<DigestValue>AA'),
  'a changed signature value': change(/<SignatureValue>....../, '<SignatureValue>AAAAAA'),
  'the signature of another document': change(signature, /<Signature [^]*<\/Signature>/.exec(sign(forged))![0]),
  'white space added to the root': beforeRootEnd('   '),
  'SHA-384 claimed for a SHA-256 signature': algorithm('SignatureMethod', uris.signature('rsa', 'sha384')),
  'ECDSA claimed for an RSA signature': algorithm('SignatureMethod', uris.signature('ecdsa', 'sha256')),
  'exclusive canonicalisation claimed for inclusive': algorithm('CanonicalizationMethod', uris.exclusive),
  'a forged document signed by the attacker, with the right certificate in KeyInfo': change(
    /<KeyInfo>.*<\/KeyInfo>/,
    /<KeyInfo>.*<\/KeyInfo>/.exec(signed)![0],
    withKey(forged, attacker),
  ),
}

const markup: Record<string, [string, string]> = {
  'a DOCTYPE': ['ELMO_FORBIDDEN_MARKUP', change('<elmo', '<!DOCTYPE elmo><elmo')],
  'an external entity': [
    'ELMO_FORBIDDEN_MARKUP',
    change('<elmo', '<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/passwd">]><elmo'),
  ],
  'a processing instruction in a value': ['ELMO_FORBIDDEN_MARKUP', change('7.5', '7<?x .?>5')],
  'text after the root': ['ELMO_NOT_WELL_FORMED', `${signed}text`],
  'an element after the root': ['ELMO_NOT_WELL_FORMED', signed + forgedReport],
  '20,000 levels': ['ELMO_TOO_DEEP', change('kept', '<x>'.repeat(20_000) + '</x>'.repeat(20_000))],
  '10,000 attributes': [
    'ELMO_TOO_MANY_ATTRIBUTES',
    change('<Big:note', `<Big:note ${Array.from({ length: 10_000 }, (_, i) => `a${i}=""`).join(' ')}`),
  ],
  '600,000 elements': ['ELMO_TOO_MANY_NODES', change('kept', '<x/>'.repeat(600_000))],
}

describe('verifyElmo refuses', () => {
  it.each(Object.entries(structure))('%s (structure)', (_name, text) => {
    expect(verdict(text)).toBe('ELMO_SIGNATURE_STRUCTURE')
  })

  it.each(Object.entries(missing))('%s (missing)', (_name, text) => {
    expect(verdict(text)).toBe('ELMO_SIGNATURE_MISSING')
  })

  it.each(Object.entries(weak))('%s (weak), also with the SHA-1 exception', (_name, text) => {
    expect(verdict(text)).toBe('ELMO_SIGNATURE_WEAK')
    expect(verdict(text, '2099-12-31')).toBe('ELMO_SIGNATURE_WEAK')
  })

  it.each(Object.entries(invalid))('%s (invalid)', (_name, text) => {
    expect(verdict(text)).toBe('ELMO_SIGNATURE_INVALID')
  })

  it.each(Object.entries(markup))('%s (markup and limits)', (_name, [code, text]) => {
    expect(verdict(text)).toBe(code)
  })

  it('a forged document whose only key is in KeyInfo (signer)', () => {
    expect(verdict(withKey(forged, attacker))).toBe('ELMO_SIGNER_UNKNOWN')
  })
})

describe('verifyElmo accepts', () => {
  const otherSignature = signature.replaceAll('Throw-away', 'Other').replace(/<DigestValue>[^<]*/, '<DigestValue>AAAA')

  it.each([
    ['the document that the attacks start from', signed],
    ['a comment in a name', change('Tolvansson', 'Tolv<!-- cut here -->ansson')],
    ['comments before and after the root', `${change('<elmo', '<!-- 1 --><elmo')}<!-- 2 -->`],
    ['a value written as CDATA', change('Tolvansson', '<![CDATA[Tolvansson]]>')],
    ['a value written with character references', change('Tolvansson', '&#84;olvansson')],
    ['another signature first, inside the extension', sign(change('kept', `kept${otherSignature}`, document))],
    [
      'another signature inside a diploma supplement',
      sign(
        change(
          '</learningOpportunityInstance>',
          `<diplomaSupplement>${otherSignature}</diplomaSupplement></learningOpportunityInstance>`,
          document,
        ),
      ),
    ],
    [
      'a signature that is not the last child',
      sign(document).replace(signature, '').replace('<report>', `${signature}<report>`),
    ],
  ])('%s', (_name, text) => {
    const outcome = verify(text)
    expect(outcome.verified ? outcome.document.elmo.learner.familyName : outcome.code).toBe('Tolvansson')
  })

  it('40,000 comments, quickly, and reads the name through them', () => {
    const text = change('Tolvansson', `Tolv${'<!-- -->'.repeat(40_000)}ansson`)
    const before = performance.now()
    const outcome = verify(text)
    expect(outcome.verified ? outcome.document.elmo.learner.familyName : outcome.code).toBe('Tolvansson')
    // Left in, they take the signature library half a minute.
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
