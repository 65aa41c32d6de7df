// Documents made of one repeated thing, to find what costs more than its size.

const namespace = 'https://github.com/emrex-eu/elmo-schemas/tree/v1'

/** As strangers sign: the right form, and values that hold for nothing. Whoever checks must canonicalise to find out. */
const signature =
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>' +
  '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>' +
  '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
  '<Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms>' +
  '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' +
  '<DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</DigestValue></Reference></SignedInfo>' +
  '<SignatureValue>AAAA</SignatureValue></Signature>'

const before =
  '<generatedDate>2026-03-02T09:30:00Z</generatedDate><learner><givenNames>Målfrid</givenNames>' +
  '<familyName>Prøveperson</familyName></learner>'
const issuer =
  '<issuer><identifier type="schac">uni.example</identifier><title xml:lang="en">University</title>' +
  '<url>https://uni.example/</url></issuer>'
const issued = '<issueDate>2026-03-02T09:30:00Z</issueDate>'
const instance = '<specifies><learningOpportunityInstance/></specifies>'
const course = `<learningOpportunitySpecification><title>T</title>${instance}</learningOpportunitySpecification>`

/** @param {number} bytes @param {(index: number) => string} part */
function filled(bytes, part) {
  const parts = []
  for (let index = 0, sum = 0; sum < bytes; index++) {
    const next = part(index)
    parts.push(next)
    sum += next.length
  }
  return parts.join('')
}

/** A document around the content of its one report, of its extension, with attributes of the root. */
const around = ({ report = course, extension = '', rootAttributes = '', head = before } = {}) =>
  `<elmo xmlns="${namespace}"${rootAttributes}>${head}<report>${issuer}${report}${issued}</report>` +
  `${extension === '' ? '' : `<extension>${extension}</extension>`}${signature}</elmo>`

/** The description of one course, which may be long. */
const inText = (/** @type {string} */ text, attributes = '') =>
  around({
    report:
      `<learningOpportunitySpecification><title>T</title><description${attributes}>${text}</description>` +
      `${instance}</learningOpportunitySpecification>`,
  })
const inExtension = (/** @type {string} */ content) => around({ extension: `<x xmlns="urn:x">${content}</x>` })
const nested = (/** @type {number} */ depth, /** @type {(level: number) => string} */ tag, name = 'x') =>
  Array.from({ length: depth }, (_, level) => tag(level)).join('') + `</${name}>`.repeat(depth)
/** Below all limits in use. */
const depth = 50

/** Courses in courses, as deep as is allowed, again and again. */
function deepCourses(/** @type {number} */ bytes) {
  const levels = 18
  const open = `<learningOpportunitySpecification><title>T</title>${instance}<hasPart>`
  const close = '</hasPart></learningOpportunitySpecification>'
  return around({ report: filled(bytes, () => open.repeat(levels) + course + close.repeat(levels)) })
}

/**
 * Each gives a document of about so many bytes.
 *
 * @type {Readonly<Record<string, (bytes: number) => string>>}
 */
export const cliffShapes = {
  courses: (bytes) => around({ report: filled(bytes, () => course) }),
  'courses, deep': deepCourses,
  'one long text': (bytes) => inText('A'.repeat(bytes)),
  'long text, line breaks': (bytes) => inText('AAAAAAAAAAAAAAAAAAA\n'.repeat(bytes / 20)),
  'blanks in a token': (bytes) =>
    around({
      report: course.replace('<title>T</title>', `<title>T</title><iscedCode>${' '.repeat(bytes)}x</iscedCode>`),
    }),
  'blanks and breaks in a token': (bytes) =>
    around({
      report: course.replace('<title>T</title>', `<title>T</title><iscedCode>${'a \n'.repeat(bytes / 3)}</iscedCode>`),
    }),
  comments: (bytes) => inText('<!---->'.repeat(bytes / 7)),
  'comments at the root': (bytes) => `${'<!---->'.repeat(bytes / 7)}${around()}`,
  'comments behind the root': (bytes) => `${around()}${'<!---->'.repeat(bytes / 7)}`,
  'comments between letters': (bytes) => inText('a<!---->'.repeat(bytes / 8)),
  'one long comment': (bytes) => inText(`<!--${'- '.repeat(bytes / 2)}-->`),
  CDATA: (bytes) => inText('<![CDATA[a]]>'.repeat(bytes / 13)),
  'CDATA, empty': (bytes) => inText('<![CDATA[]]>'.repeat(bytes / 12)),
  'CDATA, long, with markup': (bytes) => inText(`<![CDATA[${'<&>]]'.repeat(bytes / 5)}]]>`),
  'siblings in an extension': (bytes) => inExtension('<x/>'.repeat(bytes / 4)),
  'texts of one letter': (bytes) => inExtension('<x/>a'.repeat(bytes / 5)),
  'children of an extension': (bytes) => around({ extension: '<x xmlns="urn:x"/>'.repeat(bytes / 18) }),
  'children of an extension, prefix from outside': (bytes) =>
    around({ rootAttributes: ' xmlns:x="urn:x"', extension: '<x:a/>'.repeat(bytes / 6) }),
  'unknown elements': (bytes) => around({ report: course + '<u/>'.repeat(bytes / 4) }),
  'unknown attributes': (bytes) =>
    around({ report: filled(bytes, () => course.replace('<title>', '<title a="" b="">')) }),
  'bad values': (bytes) =>
    around({ report: course.replace('<title>T</title>', `<title>T</title>${'<type>?</type>'.repeat(bytes / 14)}`) }),
  'wrong order': (bytes) => around({ report: course + `<issueDate/>${issuer}`.repeat(bytes / 120) }),
  'references that lead nowhere': (bytes) =>
    around({
      report: filled(bytes, () =>
        course.replace(
          'Instance/>',
          'Instance><gradingSchemeLocalId>g</gradingSchemeLocalId></learningOpportunityInstance>',
        ),
      ),
    }),
  identifiers: (bytes) =>
    around({
      report: course.replace('<title>', `${filled(bytes, (i) => `<identifier type="local">${i}</identifier>`)}<title>`),
    }),
  titles: (bytes) => around({ report: course.replace('<title>T</title>', '<title>T</title>'.repeat(bytes / 16)) }),
  attachments: (bytes) =>
    around({ report: course + filled(bytes, (i) => `<attachment><content>${i}</content></attachment>`) }),
  'references &amp;': (bytes) => inText('&amp;'.repeat(bytes / 5)),
  'references &#x;': (bytes) => inText('&#x41;'.repeat(bytes / 6)),
  'a reference with many zeros': (bytes) => inText(`&#x${'0'.repeat(bytes)}41;`),
  'an ampersand before letters': (bytes) => inText(`&${'a'.repeat(bytes)}`),
  'ampersands before letters': (bytes) => inText(`&amp;${'&a'.repeat(bytes / 2)}`),
  'references in an attribute': (bytes) => inText('', ` xml:lang="${'&amp;'.repeat(bytes / 5)}"`),
  'carriage returns': (bytes) => inText('\r'.repeat(bytes)),
  'CRLF in an attribute': (bytes) => inText('', ` xml:lang="${'\r\n'.repeat(bytes / 2)}"`),
  'letters beyond ASCII': (bytes) => inText('漢'.repeat(bytes / 3)),
  'letters beyond ASCII, line separators': (bytes) => inText('\u2028'.repeat(bytes / 3)),
  'a huge attribute value': (bytes) => inExtension(`<y a="${'v'.repeat(bytes)}"/>`),
  'attributes, each named otherwise': (bytes) => inExtension(`<y${filled(bytes, (i) => ` a${i}=""`)}/>`),
  'attributes, 120 on each element': (bytes) => {
    const attributes = Array.from({ length: 120 }, (_, index) => ` a${index}=""`).join('')
    return inExtension(`<y${attributes}/>`.repeat(bytes / attributes.length + 1))
  },
  'attributes with prefixes': (bytes) => {
    const all = Array.from({ length: 60 }, (_, i) => ` xmlns:p${i}="urn:${i}" p${i}:a=""`).join('')
    return inExtension(`<y${all}/>`.repeat(bytes / all.length + 1))
  },
  'namespace declarations on one element': (bytes) =>
    inExtension(`<y${filled(bytes, (i) => ` xmlns:p${i}="urn:p"`)}/>`),
  'namespace declarations, 120 around all': (bytes) => {
    const all = Array.from({ length: 120 }, (_, i) => ` xmlns:p${i}="urn:${i}"`).join('')
    return around({ rootAttributes: all, report: filled(bytes, () => course) })
  },
  'namespace declarations, another prefix on each element': (bytes) =>
    inExtension(filled(bytes, (i) => `<p${i}:y xmlns:p${i}="urn:y"/>`)),
  'namespace declarations on every level': (bytes) =>
    inExtension(filled(bytes, () => nested(depth, (level) => `<x xmlns:p${level}="urn:${level}">`))),
  'namespace declarations, 100 on every level': (bytes) =>
    inExtension(
      filled(bytes, () =>
        nested(
          depth,
          (level) => `<x${Array.from({ length: 100 }, (_, i) => ` xmlns:p${level}x${i}="urn:1"`).join('')}>`,
        ),
      ),
    ),
  'declared here, used below': (bytes) => {
    const declared = Array.from({ length: 120 }, (_, i) => ` xmlns:p${i}="urn:${i}"`).join('')
    return around({ extension: `<x:x xmlns:x="urn:x"${declared}>${filled(bytes, (i) => `<p${i % 120}:y/>`)}</x:x>` })
  },
  'default namespace declared again on every level': (bytes) =>
    inExtension(filled(bytes, () => nested(depth, (level) => `<x xmlns="urn:${level % 2}">`))),
  'default namespace declared again on every element': (bytes) => inExtension('<x xmlns="urn:x"/>'.repeat(bytes / 18)),
  'xml:lang on every level': (bytes) => inExtension(filled(bytes, () => nested(depth, () => '<x xml:lang="en">'))),
  'deep, many times': (bytes) => inExtension(filled(bytes, () => nested(depth, () => '<x>'))),
  'deep, once': (bytes) => inExtension(nested(Math.floor(bytes / 7), () => '<x>')),
  'names, each another': (bytes) => inExtension(filled(bytes, (i) => `<n${i}/>`)),
  'a long name': (bytes) => inExtension(`<${'n'.repeat(bytes)}/>`),
  'long names, each another': (bytes) => inExtension(filled(bytes, (i) => `<n${'n'.repeat(1000)}${i}/>`)),
  'a long prefix, used often': (bytes) => {
    const prefix = 'p'.repeat(Math.max(10, Math.floor(Math.sqrt(bytes / 2))))
    return around({ rootAttributes: ` xmlns:${prefix}="urn:p"`, extension: filled(bytes, () => `<${prefix}:a/>`) })
  },
  'a long namespace, used often': (bytes) =>
    around({ rootAttributes: ` xmlns:p="urn:${'u'.repeat(bytes / 2)}"`, extension: '<p:a/>'.repeat(bytes / 12) }),
  'a long namespace, attributes of it': (bytes) =>
    inExtension(`<y xmlns:p="urn:${'u'.repeat(bytes / 2)}">${'<y p:a=""/>'.repeat(bytes / 22)}</y>`),
  'an unclosed element': (bytes) => inExtension('<x>a'.repeat(bytes / 4)),
  'an unclosed comment': (bytes) => inText('<!-- '.repeat(bytes / 5)),
  'an unclosed CDATA section': (bytes) => inText('<![CDATA['.repeat(bytes / 9)),
  'an unclosed attribute': (bytes) => inExtension(`<y a="${'v '.repeat(bytes / 2)}`),
  'blanks in a tag': (bytes) => inExtension(`<y${' '.repeat(bytes)}/>`),
  'blanks in an end tag': (bytes) => inExtension(`<y></y${' '.repeat(bytes)}>`),
  'blanks in the XML declaration': (bytes) => `<?xml version="1.0"${' '.repeat(bytes)}?>${around()}`,
  'a damaged XML declaration': (bytes) => `<?xml version="1.0"${' '.repeat(bytes)}x?>${around()}`,
  'diploma supplement, many children': (bytes) =>
    around({
      report: course.replace(
        'Instance/>',
        'Instance><diplomaSupplement><version>2018</version><issueDate>2026-03-02</issueDate><introduction>' +
          `${'<b>x</b>y'.repeat(bytes / 9)}</introduction></diplomaSupplement></learningOpportunityInstance>`,
      ),
    }),
  'signature, many certificates': (bytes) =>
    around().replace(
      '</Signature>',
      `<KeyInfo><X509Data>${'<X509Certificate>AA==</X509Certificate>'.repeat(bytes / 39)}</X509Data></KeyInfo></Signature>`,
    ),
  'signature, many transforms': (bytes) =>
    around().replace(
      '</Transforms>',
      '<Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'.repeat(bytes / 72) + '</Transforms>',
    ),
  'signature, a long value': (bytes) => around().replace('>AAAA<', `>${'AAAA'.repeat(bytes / 4)}<`),
  'signature, blanks in its value': (bytes) => around().replace('>AAAA<', `>${' '.repeat(bytes)}AAAA<`),
  'signatures in an extension': (bytes) => around({ extension: signature.repeat(bytes / signature.length + 1) }),
}
