import { gzipSync } from 'node:zlib'
import {
  attackerUri,
  algorithm,
  attributesOf,
  change,
  encoding,
  hosts,
  illFormed,
  inSignature,
  invalid,
  missing,
  partOf,
  putInto,
  rootOf,
  spaces,
  structure,
  tag,
  unsigned,
  weak,
  withSignature,
  type AttackKind,
} from './attack-making.js'
import { forged } from './attack-mutants.js'
import { uris } from './signed-documents.js'

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

/** Attacks on algorithms, keys, values and bytes. */
export const attacksOnValues: Readonly<Record<string, AttackKind>> = { ...algorithms, ...keys, ...values, ...bytes }
