import type { ReleaseRange } from '../../src/grammar/releases.js'

/** Full documents of this folder are long; these are small, and each differs from another in one thing. */
const ds = 'http://www.w3.org/2000/09/xmldsig#'
const signature =
  `<Signature xmlns="${ds}"><SignedInfo>` +
  '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>' +
  '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
  `<Reference URI=""><Transforms><Transform Algorithm="${ds}enveloped-signature"/></Transforms>` +
  '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>VGVzdA==</DigestValue></Reference>' +
  '</SignedInfo><SignatureValue>VGVzdA==</SignatureValue></Signature>'
const instance = '<learningOpportunityInstance/>'
const los = `<learningOpportunitySpecification><title>C</title><specifies>${instance}</specifies></learningOpportunitySpecification>`
const issuer = '<issuer><identifier type="schac">uni.example</identifier><title>U</title><url>u</url></issuer>'
const attachment = '<attachment><content>data:,x</content></attachment>'
const report = `<report>${issuer}${los}<issueDate>2026-03-02T09:30:00Z</issueDate>${attachment}</report>`
const names = '<givenNames>Anna</givenNames><familyName>Testsson</familyName>'
const v1 = 'https://github.com/emrex-eu/elmo-schemas/tree/v1'
const v2 = 'https://github.com/emrex-eu/elmo-schemas/tree/v2'
const one =
  `<elmo xmlns="${v1}"><generatedDate>2026-03-02T09:30:00Z</generatedDate><learner>${names}</learner>` +
  `${report}${attachment}<extension/>${signature}</elmo>`
const two = one
  .replace('</familyName>', '</familyName><alternativeName/>')
  .replace('<title>C</title>', '<identifier type="local">C</identifier><title>C</title>')

const inInstance = (content: string): [string, string] => [
  instance,
  `<learningOpportunityInstance>${content}</learningOpportunityInstance>`,
]
const behind = (what: string, content: string): [string, string] => [what, what + content]
const before = (what: string, content: string): [string, string] => [what, content + what]
const supplement = (inside = ''): string =>
  '<diplomaSupplement><version>2018</version><issueDate>2025-06-20</issueDate><introduction/>' +
  `<section number="1"><title>T</title></section>${inside}</diplomaSupplement>`
const groups = (type: string, group: string): string =>
  `<groups><groupType>${type}<group>${group}</group></groupType></groups>`
const title = '<title>T</title>'
const inReport = (content: string): [string, string] => before('</report>', content)
const recognition = (inside: string): [string, string] =>
  before('<issueDate>', `<resultOfRecognition>${inside}</resultOfRecognition>`)
const positive = '<status>Positive</status>'
const address =
  '<currentAddress xmlns:a="https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1">' +
  '<a:locality>L</a:locality></currentAddress>'
const toV2: [string, string] = [v1, v2]
const type = (value: string): [string, string] => [
  `${attachment}<extension/>`,
  `<attachment><type>${value}</type><content>data:,x</content></attachment><extension/>`,
]

type Case = [what: string, base: string, changes: [string, string][], validIn: ReleaseRange]

/** What is changed, in which document, and the releases in which the result is valid (`none` for none). */
export const releaseCases: Case[] = [
  ['the small document', one, [], '-1.2.0 1.4.0-1.7.0'],
  ['the small document of 2.0.0', two, [], '2.0.0'],
  ['the small document of 2.1.1', two, [toV2], '2.1.1'],
  // 1.0.0 to 1.1.0
  [
    'an extension of an unknown schema',
    one,
    [['<extension/>', '<extension><x:a xmlns:x="u"/></extension>']],
    '1.1.0-1.2.0 1.4.0-1.7.0',
  ],
  ['the type EMREX transcript', one, [type('EMREX transcript')], '1.1.0-1.2.0 1.4.0-1.7.0'],
  [
    'two descriptions of a course',
    one,
    [behind('<title>C</title>', '<description/><description/>')],
    '1.1.0-1.2.0 1.4.0-1.7.0',
  ],
  // 1.1.0 to 1.2.0
  ['a grading scheme', one, [behind('</issueDate>', '<gradingScheme localId="a"/>')], '1.2.0 1.4.0-1.7.0'],
  ['the type Other', one, [type('Other')], '1.2.0 1.4.0-1.7.0'],
  [
    'two descriptions of an attachment',
    one,
    [['<attachment>', '<attachment><description/><description/>']],
    '1.2.0 1.4.0-1.7.0',
  ],
  ['an attachment without content', one, [['<content>data:,x</content>', '']], '1.2.0 1.4.0-1.7.0'],
  ['an attachment with two contents', one, [behind('</content>', '<content/>')], '1.2.0 1.4.0-1.7.0'],
  ['elements in the content of an attachment', one, [['data:,x', 'data:<x:a xmlns:x="u"/>']], '-1.1.0'],
  ['any attribute of the content', one, [['<content>', '<content kind="x">']], '-1.1.0'],
  [
    'the type that the content is of since 1.2.0',
    one,
    [['<content>', '<content xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="TokenWithOptionalLang">']],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'the type that an address is of',
    one,
    [
      before('</learner>', address),
      [
        '<currentAddress ',
        '<currentAddress xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="a:FlexibleAddress" ',
      ],
    ],
    '1.5.0-1.7.0',
  ],
  [
    'another type of the content',
    one,
    [
      [
        '<content>',
        '<content xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">',
      ],
    ],
    '-1.1.0',
  ],
  [
    'a type that the content is not of',
    one,
    [
      [
        '<content>',
        '<content xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:date">',
      ],
    ],
    'none',
  ],
  [
    'an unknown attribute for schemas on the content',
    one,
    [['<content>', '<content xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:other="1">']],
    '-1.1.0',
  ],
  ['a wrong language of the content', one, [['<content>', '<content xml:lang="en_US">']], 'none'],
  ['a description in HTML', one, [behind('<title>C</title>', '<descriptionHtml/>')], '1.2.0 1.4.0-1.7.0'],
  ['an identifier of a result', one, [inInstance('<identifier type="x"/>')], '1.2.0 1.4.0-1.7.0'],
  ['a status', one, [inInstance('<status>passed</status>')], '1.2.0 1.4.0-1.7.0'],
  ['the scheme of a result', one, [inInstance('<gradingSchemeLocalId>a</gradingSchemeLocalId>')], '1.2.0 1.4.0-1.7.0'],
  ['a level', one, [inInstance('<level><type>EQF</type></level>')], '1.2.0 1.4.0-1.7.0'],
  [
    'two descriptions of a distribution',
    one,
    [
      inInstance(
        '<resultDistribution><category label="A" count="1"/><description/><description/></resultDistribution>',
      ),
    ],
    '1.2.0 1.4.0-1.7.0',
  ],
  // 1.2.0 to 1.3.0
  ['groups', one, [before('<extension/>', groups(title, title))], '1.4.0-1.7.0'],
  [
    'groups, with the grouping that 1.3.0 wants',
    one,
    [before('<extension/>', groups(title, title)), inInstance('<grouping/>')],
    '1.3.0-1.7.0',
  ],
  [
    'an identifier of an attachment',
    one,
    [['<attachment>', '<attachment><identifier type="internal"/>']],
    '1.4.0-1.7.0',
  ],
  ['attachments of a result', one, [inInstance('<attachments/>')], '1.4.0-1.7.0'],
  ['a grouping', one, [inInstance('<grouping/>')], '1.3.0-1.7.0'],
  // 1.3.0 to 1.4.0
  ['a diploma supplement', one, [inInstance(supplement())], '1.4.0-1.7.0'],
  ['a signed diploma supplement', one, [inInstance(supplement(signature))], '1.4.0-1.7.0'],
  // 1.4.0 to 1.5.0
  ['the place of birth', one, [before('</learner>', '<placeOfBirth>P</placeOfBirth>')], '1.5.0-1.7.0'],
  ['the name at birth', one, [before('</learner>', '<birthName>N</birthName>')], '1.5.0-1.7.0'],
  ['an address', one, [before('</learner>', address)], '1.5.0-1.7.0'],
  ['a gender', one, [before('</learner>', '<gender>2</gender>')], '1.5.0-1.7.0'],
  ['no signature', one, [[signature, '']], '1.5.0-1.7.0'],
  // 1.5.0 to 1.6.0
  ['the type Diploma', one, [type('Diploma')], '1.6.0-1.7.0'],
  ['the type Micro Credential', one, [type('Micro Credential')], '1.6.0-1.7.0'],
  // 1.6.0 to 1.7.0
  ['two titles of a kind of group', one, [before('<extension/>', groups(title + title, title))], '1.7.0'],
  ['two titles of a group', one, [before('<extension/>', groups(title, title + title))], '1.7.0'],
  // 1.7.0 to 2.0.0
  ['no name in another script', two, [['<alternativeName/>', '']], '-1.2.0 1.4.0-1.7.0'],
  ['no identifier of a course', two, [['<identifier type="local">C</identifier>', '']], 'none'],
  ['a birthday', two, [before('</learner>', '<bday>2000-02-29</bday>')], 'none'],
  ['a date of birth', two, [before('</learner>', '<dateOfBirth>2000-02-29</dateOfBirth>')], '2.0.0'],
  [
    'a level of credits',
    one,
    [inInstance('<credit><scheme>ects</scheme><level>PhD</level></credit>')],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'a level of credits in 2.0.0',
    two,
    [inInstance('<credit><scheme>ects</scheme><level>PhD</level></credit>')],
    'none',
  ],
  ['an external scheme', two, [inInstance('<gradingSchemeExternalId>CEFR</gradingSchemeExternalId>')], '2.0.0'],
  ['a recognition', two, [recognition(positive)], '2.0.0'],
  // 2.0.0 to 2.1.1
  ['the namespace of 2.1', one, [toV2], 'none'],
  ['a country without its kind', two, [behind('<issuer>', '<country>NO</country>')], '2.0.0'],
  ['a country without its kind in 2.1.1', two, [toV2, behind('<issuer>', '<country>NO</country>')], 'none'],
  ['a country with its kind', two, [behind('<issuer>', '<country type="ISO">NO</country>')], 'none'],
  ['a country with its kind in 2.1.1', two, [toV2, behind('<issuer>', '<country type="ISO">Oz</country>')], '2.1.1'],
  ['a country that is not on the list', one, [behind('<issuer>', '<country>XK</country>')], 'none'],
  ['a country of birth', two, [toV2, before('</learner>', '<countryOfBirth type="ISO">NO</countryOfBirth>')], '2.1.1'],
  [
    'a birthday again',
    two,
    [toV2, before('</learner>', '<dateOfBirth>2000-02-29</dateOfBirth><bday>2000-02-29</bday>')],
    '2.1.1',
  ],
  [
    'whether results were left out',
    two,
    [toV2, behind('</issueDate>', '<status><code>SELECTION</code></status>')],
    '2.1.1',
  ],
  ['the same in 2.0.0', two, [behind('</issueDate>', '<status><code>SELECTION</code></status>')], 'none'],
  ['a kind of document', two, [toV2, behind('<title>C</title>', '<documentType>Admission</documentType>')], '2.1.1'],
  [
    'a kind of document with a blank',
    two,
    [toV2, behind('<title>C</title>', '<documentType>Admission </documentType>')],
    'none',
  ],
  [
    'an enrolment',
    two,
    [
      toV2,
      inInstance(
        `<enrolment><enrolmentInstitution>${issuer.slice(8, -9)}</enrolmentInstitution><enrolmentDate>2025-08-15</enrolmentDate>` +
          '<academicYear><start>2025-08-15</start><end>2026-06-20</end></academicYear></enrolment>',
      ),
    ],
    '2.1.1',
  ],
  ['a duration', two, [toV2, inInstance('<duration>P3Y</duration>')], '2.1.1'],
  ['a duration of nothing', two, [toV2, inInstance('<duration>P</duration>')], 'none'],
  ['an identifier of a recognition', two, [toV2, recognition(`<identifier type="local"/>${positive}`)], '2.1.1'],
  ['the same in 2.0.0', two, [recognition(`<identifier type="local"/>${positive}`)], 'none'],
  ['the type Certificate of Enrolment', two, [toV2, type('Certificate of Enrolment')], '2.1.1'],
  ['the same type in 2.0.0', two, [type('Certificate of Enrolment')], 'none'],
  // Everywhere
  ['a wrong order', one, [[`<learner>${names}</learner>${report}`, `${report}<learner>${names}</learner>`]], 'none'],
  ['a second learner', one, [behind('</learner>', `<learner>${names}</learner>`)], 'none'],
  ['an unknown element', one, [inReport('<grade/>')], 'none'],
  ['an unknown attribute', one, [['<report>', '<report kind="x">']], 'none'],
  ['an unknown attribute of an extension', one, [['<extension/>', '<extension kind="x"/>']], 'none'],
  [
    'a language of an extension',
    one,
    [['<extension/>', '<extension xml:lang="en" xml:space="preserve"/>']],
    '-1.2.0 1.4.0-1.7.0',
  ],
  ['a wrong xml:space of an extension', one, [['<extension/>', '<extension xml:space="keep"/>']], 'none'],
  ['an ELMO element in an extension', one, [['<extension/>', '<extension><report/></extension>']], 'none'],
  [
    'an element without namespace in an extension',
    one,
    [['<extension/>', '<extension><a xmlns=""/></extension>']],
    'none',
  ],
  ['text in an extension', one, [['<extension/>', '<extension>text</extension>']], 'none'],
  [
    'a known element in an extension',
    one,
    [['<extension/>', `<extension>${signature}</extension>`]],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'a wrong signature deep in an extension',
    one,
    [
      [
        '<extension/>',
        `<extension><x:a xmlns:x="u"><b xmlns="">${signature.replace('VGVzdA==', 'VGVzdA=')}</b></x:a></extension>`,
      ],
    ],
    'none',
  ],
  [
    'a document deep in an extension, valid in fewer releases',
    one,
    [['<extension/>', `<extension><x:a xmlns:x="u">${one.replace(...inInstance(supplement()))}</x:a></extension>`]],
    '1.4.0-1.7.0',
  ],
  [
    'a language of an unknown element',
    one,
    [inInstance(supplement().replace('<introduction/>', '<introduction><a xml:lang="en_US"/></introduction>'))],
    'none',
  ],
  [
    'anything in an introduction',
    one,
    [inInstance(supplement().replace('<introduction/>', '<introduction a="1">x<a b="1"/></introduction>'))],
    '1.4.0-1.7.0',
  ],
  [
    'a signature without its value',
    one,
    [[/<SignatureValue>.*?<\/SignatureValue>/.exec(signature)?.[0] ?? '', '']],
    'none',
  ],
  ['a signature value that is no base64', one, [['<SignatureValue>VGVzdA==', '<SignatureValue>VGVzdA=']], 'none'],
  ['an algorithm that is not named', one, [['<DigestMethod Algorithm=', '<DigestMethod Rule=']], 'none'],
  [
    'a canonicalization with an element of its own',
    one,
    [
      [
        ' Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>',
        ' Algorithm="c"><x:a xmlns:x="u"/></CanonicalizationMethod>',
      ],
    ],
    'none',
  ],
  [
    'a transform with an element of its own',
    one,
    [['#enveloped-signature"/>', '#enveloped-signature"><x:a xmlns:x="u"/></Transform>']],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'nil',
    one,
    [['<url>u</url>', '<url xsi:nil="false" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">u</url>']],
    'none',
  ],
  [
    'a hint at a schema',
    one,
    [['<url>u</url>', '<url xsi:schemaLocation="u u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">u</url>']],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'the type that it is',
    one,
    [['<attachment>', '<attachment xsi:type="Attachment" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">']],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'the type that it is, by a prefix of its own',
    one,
    [
      [
        '<url>',
        '<url xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:token">',
      ],
    ],
    '-1.2.0 1.4.0-1.7.0',
  ],
  [
    'another type',
    one,
    [['<attachment>', '<attachment xsi:type="Issuer" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">']],
    'none',
  ],
]

/** The document of a case. */
export const changed = (base: string, changes: readonly [string, string][]): string =>
  changes.reduce((xml, [from, to]) => {
    if (from === '' || !xml.includes(from)) throw new Error('A change finds nothing to change.')
    return xml.replace(from, () => to)
  }, base)
