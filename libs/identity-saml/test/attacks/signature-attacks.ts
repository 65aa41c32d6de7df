import { acceptSigned, verifySignature } from '../../src/signature/verify-signature.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { judge, verdict, verdictOf, type JudgeOptions } from '../judged.js'
import { buildResponse, ns, profileOf, type BuildOptions } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { extensions, wanted } from './sayings.js'

const either = wanted({ signed: 'either' })

/** 3.1 of the catalogue: the form of a signature. */
export const signatureAttacks: AttackCases = (keys) => {
  const say = (source: string, options: JudgeOptions = {}): string => verdict(judge(keys, source, options))
  const build = (options: BuildOptions = {}): string => buildResponse(keys, options)
  const good = build()
  const signature = (edit: (signature: string) => string): string => say(build({ sign: { edit } }))
  const info = (editInfo: (signedInfo: string) => string): string => say(build({ sign: { editInfo } }))
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
      ['canonical twice', 'transforms', () => info((i) => i.replace(enveloped, exclusive))],
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
        'something in a prefix list',
        'c14n',
        () =>
          info((i) =>
            i.replace(
              exclusive,
              transform(ns.exclusive, list('a').replace('></', '><ds:SignatureMethod></ds:SignatureMethod></')),
            ),
          ),
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
        () => verdictOf(() => acceptSigned(`<p:x xmlns:p="${ns.samlp}" ID="_response-1"/>`, root)),
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
  ]
}
