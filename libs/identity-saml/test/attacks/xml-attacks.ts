import { childrenOf } from '../../src/xml/elements.js'
import { decodeBase64 } from '../../src/xml/decode-base64.js'
import { escapeXml } from '../../src/xml/escape-xml.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { judge, verdict, verdictOf, type JudgeOptions } from '../judged.js'
import { buildResponse, profileOf, type BuildOptions } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { extensions } from './sayings.js'
import { artifactAround, wrappings } from './wrappings.js'

const either: JudgeOptions = { profile: profileOf({ signed: 'either' }) }
const doctype = (inside: string): string => `<!DOCTYPE samlp:Response ${inside}>`
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
  const deep = (depth: number): string => extensions('<e>'.repeat(depth) + '</e>'.repeat(depth))(good)
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
