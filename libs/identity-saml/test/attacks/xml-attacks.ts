import { childrenOf } from '../../src/xml/elements.js'
import { decodeBase64 } from '../../src/xml/decode-base64.js'
import { escapeXml } from '../../src/xml/escape-xml.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { acceptSigned, verifySignature } from '../../src/signature/verify-signature.js'
import { judge, verdict, verdictOf, type JudgeOptions } from '../judged.js'
import { buildResponse, ns, profileOf, type BuildOptions } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { artifactAround, wrappings } from './wrappings.js'

const either: JudgeOptions = { profile: profileOf({ signed: 'either' }) }
const doctype = (inside: string): string => `<!DOCTYPE samlp:Response ${inside}>`
const extensions = (content: string) => (response: string) =>
  response.replace('<samlp:Status>', () => `<samlp:Extensions>${content}</samlp:Extensions><samlp:Status>`)

/** 3.1 of the catalogue: the XML layer and signature wrapping. */
export const xmlAttacks: AttackCases = (keys) => {
  const say = (source: string | Uint8Array, options: JudgeOptions = {}): string => verdict(judge(keys, source, options))
  const build = (options: BuildOptions = {}): string => buildResponse(keys, options)
  const good = build()
  const edited = (from: string, to: string): string => {
    if (!good.includes(from)) throw new Error(`the message has no ${from}`)
    return good.replace(from, () => to)
  }
  const inArtifact = (message: string): string => {
    const document = parseStrict(artifactAround(message))
    const response = childrenOf(document.root).find(({ localName }) => localName === 'Response')!
    return verdict(judge(keys, { document, response }, either))
  }
  const text = (content: string): string => say(edited('>ada-1<', `>${content}<`))
  const signature = (edit: (signature: string) => string): string => say(build({ sign: { edit } }))
  const info = (editInfo: (signedInfo: string) => string): string => say(build({ sign: { editInfo } }))
  const deep = (depth: number): string => extensions('<e>'.repeat(depth) + '</e>'.repeat(depth))(good)
  const signedAlone = (xml: string): string =>
    verdictOf(() => {
      const document = parseStrict(xml)
      const policy = { signatures: ['rsa-sha256'], digests: ['sha256'], minRsaBits: 2048 } as const
      verifySignature(document, document.root, [keys.idp.publicKey], policy)
    })
  const transform = (uri: string, content = ''): string => `<ds:Transform Algorithm="${uri}">${content}</ds:Transform>`
  const exclusive = transform(ns.exclusive)
  const enveloped = transform(`${ns.ds}enveloped-signature`)
  const list = (content: string, name = 'InclusiveNamespaces', namespace: string = ns.exclusive): string =>
    `<ec:${name} xmlns:ec="${namespace}" PrefixList="${content}"></ec:${name}>`
  const root = parseStrict(good).root

  return [
    ...wrappings(keys).map(([name, expected, message], index) => ({
      id: `SX-0${Math.min(index < 7 ? index + 1 : index, 8)}`,
      name,
      expected,
      run: () => say(message, either),
    })),
    ...row(
      'SX-09',
      wrappings(keys, true).map(([name, expected, message]) => [
        `${name}, the forged part encrypted`,
        expected,
        () => say(message, either),
      ]),
    ),
    ...row('SX-10', [
      ...wrappings(keys).map(
        ([name, expected, message]) =>
          [`${name}, in an ArtifactResponse`, expected, () => inArtifact(message)] as const,
      ),
      ['the good twin in an ArtifactResponse', 'ok', () => inArtifact(good)],
      ['a second Response beside it', 'responses', () => inArtifact(good + good.replaceAll('-1"', '-2"'))],
    ]),
    ...row('SX-11', [
      ...[
        `<x ID="_assertion-1"></x>`,
        `<x Id="_assertion-1"></x>`,
        `<x id="_response-1"></x>`,
        `<x xml:id="_assertion-1"></x>`,
        `<x xmlns:n="urn:n" n:ID="_assertion-1"></x>`,
      ].map((twin) => [twin, 'dup-id', () => say(build({ editResponse: extensions(twin) }))] as const),
      ['the same on one element', 'dup-id', () => say(edited('ID="_response-1"', 'ID="_response-1" Id="_response-1"'))],
      ['another ID', 'ok', () => say(build({ editResponse: extensions('<x ID="_x"></x>') }))],
    ]),
    ...row('SX-12', [
      ['in NameID', 'comment', () => text('ada<!---->-1')],
      ['in a value', 'comment', () => say(edited('>Ada<', '>A<!-- x -->da<'))],
      ['in DigestValue', 'comment', () => signature((s) => s.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'))],
      ['in SignatureValue', 'comment', () => signature((s) => s.replace('</ds:SignatureV', '<!--x--></ds:SignatureV'))],
      ['before the root', 'comment', () => say(`<!-- x -->${good}`)],
    ]),
    ...row('SX-13', [
      ['in NameID', 'pi', () => text('<?p not-?>ada-1')],
      ['in a value', 'pi', () => say(edited('>Ada<', '>A<?p x?>da<'))],
      ['before the root', 'pi', () => say(`<?p x?>${good}`)],
      ['behind the root', 'pi', () => say(`${good}<?p x?>`)],
      ['a declaration in the middle', 'pi', () => text('<?xml version="1.0"?>ada-1')],
      ['a declaration where it belongs', 'ok', () => say(`<?xml version="1.0" encoding="UTF-8"?>${good}`)],
    ]),
    ...row('SX-14', [
      ['in NameID', 'cdata', () => text('<![CDATA[ada-1]]>')],
      ['in a value', 'cdata', () => say(edited('>Ada<', '><![CDATA[Ada]]><'))],
    ]),
    ...row('SX-15', [
      ['alone', 'doctype', () => say(doctype('') + good)],
      ['an internal subset', 'doctype', () => say(doctype('[<!ENTITY e "x">]') + good)],
      ['an external subset', 'doctype', () => say(doctype('SYSTEM "http://127.0.0.1:9/x.dtd"') + good)],
      ['a file', 'doctype', () => say(doctype('[<!ENTITY e SYSTEM "file:///etc/passwd">]') + good)],
      ['a default attribute', 'doctype', () => say(doctype('[<!ATTLIST a ID CDATA "_x">]') + good)],
      ['a parameter entity', 'doctype', () => say(doctype('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]') + good)],
      ['in lower case', 'doctype', () => say(`<!doctype x>${good}`)],
      ['an element declaration', 'doctype', () => say(`<!ELEMENT x ANY>${good}`)],
      ['an entity of its own', 'entity', () => text('&ada;')],
      ['a bare ampersand', 'entity', () => text('ada & 1')],
    ]),
    ...row('SX-16', [
      [
        'billion laughs',
        'doctype',
        () => say(doctype('[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]') + good),
      ],
      ['quadratic blow-up', 'doctype', () => say(doctype(`[<!ENTITY a "${'a'.repeat(50_000)}">]`) + good)],
      [
        'attributes without end',
        'too-big',
        () => say(edited(' ID="_r', ` ${Array.from({ length: 9_000 }, (_, i) => `a${i}=""`).join(' ')} ID="_r`)),
      ],
      ['elements without end', 'too-big', () => say(extensions('<e></e>'.repeat(20_000))(good))],
      ['depth', 'depth', () => say(deep(10_000))],
      ['one too deep', 'depth', () => say(build({ editResponse: extensions('<e>'.repeat(59) + '</e>'.repeat(59)) }))],
      [
        'just deep enough',
        'ok',
        () => say(build({ editResponse: extensions(`<e>${'<e>'.repeat(56)}${'</e>'.repeat(56)}</e>`) })),
      ],
      ['a big text', 'too-big', () => text('a'.repeat(10_000_000))],
      ['big bytes', 'too-big', () => say(Buffer.alloc(10_000_000, 0x20))],
      ['ten megabytes of base64', 'too-big', () => verdictOf(() => decodeBase64('A'.repeat(10_000_000)))],
      ['base64 with a stranger in it', 'base64', () => verdictOf(() => decodeBase64('QUJD QUJD'))],
      ['base64 for addresses', 'base64', () => verdictOf(() => decodeBase64('QUJ_QUJD'))],
      ['base64 cut short', 'base64', () => verdictOf(() => decodeBase64('QUJDQ'))],
      ['base64 of nothing', 'base64', () => verdictOf(() => decodeBase64(''))],
      [
        'base64 in lines',
        'ok',
        () => say(decodeBase64(Buffer.from(good).toString('base64').replace(/.{76}/g, '$&\r\n'))),
      ],
    ]),
    ...row('SX-17', [
      ['UTF-16', 'encoding', () => say(Buffer.from(`\ufeff${good}`, 'utf16le'))],
      ['UTF-16 without mark', 'encoding', () => say(Buffer.from(good, 'utf16le'))],
      ['UTF-16 with DOCTYPE', 'encoding', () => say(Buffer.from(`\ufeff${doctype('')}${good}`, 'utf16le'))],
      ['declared as UTF-7', 'encoding', () => say(`<?xml version="1.0" encoding="UTF-7"?>${good}`)],
      ['NUL', 'encoding', () => say(Buffer.from(edited('>ada-1<', '>ada\0-1<')))],
      ['NUL in front', 'encoding', () => say(Buffer.from(`\0${good}`))],
      ['broken UTF-8', 'encoding', () => say(Buffer.from(edited('>ada-1<', '>ad\u00e1-1<'), 'latin1'))],
      ['half a pair', 'xml', () => text('\ud800')],
      ['U+0001', 'xml', () => text('ada\u0001-1')],
      ['U+FFFE', 'xml', () => text('ada\ufffe-1')],
      ['a reference to NUL', 'xml', () => text('ada&#0;-1')],
      ['a reference to U+0001', 'xml', () => text('ada&#x1;-1')],
      ['a reference beyond Unicode', 'xml', () => text('ada&#x110000;-1')],
      ['the end of a section in text', 'xml', () => text('ada]]>-1')],
      ['an undeclared prefix', 'xml', () => say(extensions('<n:x></n:x>')(good))],
      ['text before the root', 'xml', () => say(`x${good}`)],
      ['text behind the root', 'xml', () => say(`${good}x`)],
      ['two roots', 'xml', () => say(good + good.replaceAll('-1"', '-2"'))],
      ['nothing', 'xml', () => say('')],
      ['a tag without end', 'xml', () => say('<samlp:Response ID="')],
      ['< in an attribute', 'xml', () => say(edited('Version="2.0"><saml:Issuer', 'Version="<2.0"><saml:Issuer'))],
      ['XML 1.1', 'pi', () => say(`<?xml version="1.1"?>${good}`)],
      ['a quote in the name of a namespace', 'xml', () => say(extensions('<n:x xmlns:n="a&quot;b"></n:x>')(good))],
      ['a byte order mark', 'ok', () => say(Buffer.from(`\ufeff${good}`))],
    ]),
    ...row('SX-18', [
      [
        'two SignedInfo',
        'count-signed-info',
        () => signature((s) => s.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, (found) => found + found)),
      ],
      [
        'no SignedInfo',
        'count-signed-info',
        () => signature((s) => s.replace(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, '')),
      ],
      ['two signatures', 'count-signature', () => signature((s) => s + s)],
      [
        'a signature that belongs to nobody',
        'count-signature',
        () => say(build({ editResponse: extensions(`<ds:Signature xmlns:ds="${ns.ds}"></ds:Signature>`) })),
      ],
      [
        'two Reference',
        'count-reference',
        () => info((s) => s.replace(/<ds:Reference.*<\/ds:Reference>/s, (found) => found + found)),
      ],
      ['no Reference', 'count-reference', () => info((s) => s.replace(/<ds:Reference.*<\/ds:Reference>/s, ''))],
      [
        'two SignatureValue',
        'signature-form',
        () => signature((s) => s.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, (found) => found + found)),
      ],
      [
        'something else in the signature',
        'signature-form',
        () => signature((s) => s.replace('</ds:Signature>', '<ds:More></ds:More></ds:Signature>')),
      ],
      [
        'an Object in a signature that stands alone',
        'ds-object',
        () =>
          signedAlone(
            build({ sign: { edit: (s) => s.replace('</ds:Signature>', '<ds:Object></ds:Object></ds:Signature>') } }),
          ),
      ],
      [
        'two signatures where one stands alone',
        'count-signature',
        () => signedAlone(build({ sign: { edit: (s) => s + s } })),
      ],
      ['one that stands alone', 'ok', () => signedAlone(good)],
      ['no signature where one stands alone', 'unsigned', () => signedAlone(build({ signed: 'none' }))],
      [
        'no method of canonicalisation',
        'signature-form',
        () =>
          info((s) => s.replace(/<ds:CanonicalizationMethod.*<\/ds:CanonicalizationMethod>/, '<ds:Other></ds:Other>')),
      ],
      [
        'no method of signature',
        'signature-form',
        () => info((s) => s.replace(/<ds:SignatureMethod.*<\/ds:SignatureMethod>/, '<ds:Other></ds:Other>')),
      ],
      [
        'something before the Reference',
        'signature-form',
        () => info((s) => s.replace('<ds:Reference', '<ds:Other></ds:Other><ds:Reference')),
      ],
      [
        'something behind the Reference',
        'signature-form',
        () => info((s) => s.replace('</ds:Reference>', '</ds:Reference><ds:Other></ds:Other>')),
      ],
      [
        'two digests',
        'signature-form',
        () => info((s) => s.replace(/<ds:DigestValue>.*<\/ds:DigestValue>/, (found) => found + found)),
      ],
      [
        'something else in the Reference',
        'signature-form',
        () => info((s) => s.replace('</ds:Reference>', '<ds:Other></ds:Other></ds:Reference>')),
      ],
      [
        'a digest that is no base64',
        'signature-form',
        () => info((s) => s.replace('<ds:DigestValue>', '<ds:DigestValue>-')),
      ],
      [
        'a value that is no base64',
        'signature-form',
        () => signature((s) => s.replace('<ds:SignatureValue>', '<ds:SignatureValue>-')),
      ],
      [
        'an element in the digest',
        'signature-form',
        () => info((s) => s.replace('</ds:DigestValue>', '<ds:x></ds:x></ds:DigestValue>')),
      ],
    ]),
    ...row('SX-19', [
      ...[
        '',
        '#_assertion-1',
        '#xpointer(/)',
        "#xpointer(id('_response-1'))",
        'http://127.0.0.1:9/x',
        'cid:x',
        '#',
      ].map(
        (uri) =>
          [`URI="${uri}"`, 'ref-uri', () => info((s) => s.replace('URI="#_response-1"', `URI="${uri}"`))] as const,
      ),
      ['no URI', 'ref-uri', () => info((s) => s.replace(' URI="#_response-1"', ''))],
      ['no ID', 'ref-uri', () => say(build({ editResponse: (r) => r.replace(' ID="_response-1"', '') }))],
      ['an ID that is no name', 'ref-uri', () => say(build({ fields: { responseId: "a'b" } }))],
    ]),
    ...row('SX-20', [
      [
        'XPath',
        'transforms',
        () =>
          info((s) =>
            s.replace(
              enveloped,
              enveloped + transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>1</ds:XPath>'),
            ),
          ),
      ],
      [
        'XSLT',
        'transforms',
        () => info((s) => s.replace(enveloped, enveloped + transform('http://www.w3.org/TR/1999/REC-xslt-19991116'))),
      ],
      ['base64', 'transforms', () => info((s) => s.replace(enveloped, enveloped + transform(`${ns.ds}base64`)))],
      ['enveloped twice', 'transforms', () => info((s) => s.replace(enveloped, enveloped + enveloped))],
      ['enveloped twice and nothing else', 'transforms', () => info((s) => s.replace(exclusive, enveloped))],
      ['in the other order', 'transforms', () => info((s) => s.replace(enveloped + exclusive, exclusive + enveloped))],
      ['only the first', 'transforms', () => info((s) => s.replace(exclusive, ''))],
      ['none', 'transforms', () => info((s) => s.replace(/<ds:Transforms>.*<\/ds:Transforms>/, ''))],
      [
        'two lists',
        'transforms',
        () => info((s) => s.replace(/<ds:Transforms>.*<\/ds:Transforms>/, (found) => found + found)),
      ],
      [
        'something in the first',
        'transforms',
        () => info((s) => s.replace(enveloped, transform(`${ns.ds}enveloped-signature`, list('x')))),
      ],
      [
        'the first of another name',
        'transforms',
        () => info((s) => s.replace(enveloped, enveloped.replaceAll('ds:Transform', 'ds:Other'))),
      ],
      [
        'the second of another name',
        'transforms',
        () => info((s) => s.replace(exclusive, exclusive.replaceAll('ds:Transform', 'ds:Other'))),
      ],
    ]),
    ...row('SX-21', [
      ...['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', `${ns.exclusive}WithComments`, 'urn:unknown'].flatMap(
        (uri) =>
          [
            [`${uri} of the Reference`, 'c14n', () => info((s) => s.replace(exclusive, transform(uri)))],
            [
              `${uri} of SignedInfo`,
              'c14n',
              () => info((s) => s.replace(`Method Algorithm="${ns.exclusive}"`, `Method Algorithm="${uri}"`)),
            ],
          ] as const,
      ),
      [
        'two prefix lists',
        'c14n',
        () => info((s) => s.replace(exclusive, transform(ns.exclusive, list('a') + list('b')))),
      ],
      [
        'no prefix list but something else',
        'c14n',
        () => info((s) => s.replace(exclusive, transform(ns.exclusive, list('a', 'Other')))),
      ],
      ['a canonical form of nothing', 'c14n', () => verdictOf(() => acceptSigned('', root))],
      [
        'the canonical form of another ID',
        'ref-uri',
        () => verdictOf(() => acceptSigned(good.replace('_response-1', '_x'), root)),
      ],
      [
        'the canonical form of another element',
        'ref-uri',
        () => verdictOf(() => acceptSigned('<x ID="_response-1"/>', root)),
      ],
      [
        'the canonical form of an element of another namespace',
        'ref-uri',
        () => verdictOf(() => acceptSigned('<Response ID="_response-1"/>', root)),
      ],
    ]),
    ...row('SX-22', [
      ['nothing signed, Response wanted', 'unsigned', () => say(build({ signed: 'none' }))],
      ['nothing signed, either wanted', 'unsigned', () => say(build({ signed: 'none' }), either)],
      [
        'nothing signed, assertion wanted',
        'unsigned',
        () => say(build({ signed: 'none' }), { profile: profileOf({ signed: 'assertion' }) }),
      ],
      [
        'in another namespace',
        'unsigned',
        () => signature((s) => s.replaceAll(ns.ds, 'http://www.w3.org/2000/09/xmldsig')),
      ],
      [
        'in lower case',
        'unsigned',
        () =>
          signature((s) =>
            s.replaceAll('ds:Signature ', 'ds:signature ').replace('</ds:Signature>', '</ds:signature>'),
          ),
      ],
    ]),
    ...row('SX-23', [
      [
        'a Response of the assertion namespace',
        'root',
        () => say(build({ edit: (m) => m.replace(`xmlns:samlp="${ns.samlp}"`, `xmlns:samlp="${ns.saml}"`) })),
      ],
      [
        'an assertion as root',
        'root',
        () => say(build({ signed: 'assertion', edit: (m) => /<saml:Assertion.*<\/saml:Assertion>/s.exec(m)![0] })),
      ],
      ['a Response of no namespace', 'root', () => say('<Response ID="_1"/>')],
      [
        'an assertion of another namespace',
        'assertions',
        () => say(build({ editAssertion: (a) => a.replace(ns.saml, 'urn:other') })),
      ],
      [
        'a second assertion of another namespace',
        'assertions',
        () => say(build({ editResponse: extensions('<x:Assertion xmlns:x="urn:other"></x:Assertion>') })),
      ],
      [
        'the protocol namespace under the other prefix',
        'count-status',
        () =>
          say(
            build({
              editResponse: (r) =>
                r
                  .replaceAll(/<(\/?)samlp:Status/g, '<$1s:Status')
                  .replace('<s:Status>', `<s:Status xmlns:s="${ns.saml}">`),
            }),
          ),
      ],
      [
        'another default namespace within',
        'count-subject',
        () =>
          say(
            build({
              editAssertion: (a) =>
                a.replace(/<saml:Subject>(.*)<\/saml:Subject>/s, '<Subject xmlns="urn:other">$1</Subject>'),
            }),
          ),
      ],
    ]),
    ...row('SX-25', [
      ...['a<b>&"\'c', '\t\n\r', 'Ødegård 𝒜'].map(
        (value) =>
          [
            JSON.stringify(value),
            'ok',
            () => (parseStrict(`<x a="${escapeXml(value)}"/>`).root.getAttribute('a') === value ? 'ok' : 'changed'),
          ] as const,
      ),
      ['U+FFFE', 'xml', () => verdictOf(() => escapeXml('a\ufffe'))],
      ['half a pair', 'xml', () => verdictOf(() => escapeXml('\udc00'))],
    ]),
  ]
}
