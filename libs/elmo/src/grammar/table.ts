import type { ComplexType, Row } from './row.js'

const identifierTypes = [
  ...['nationalIdentifier', 'esi', 'pic', 'erasmus', 'schac', 'address'],
  ...['local', 'ewp-los-id', 'ewp-loi-id', 'internal'],
]

const langRow: Row = {
  name: 'lang',
  at: 'attribute',
  occurs: '?',
  type: 'language',
  namespace: 'xml',
  doc: 'BCP 47.',
}

const attachments: Row = { name: 'attachment', property: 'attachments', occurs: '*', type: 'Attachment' }

/**
 * ELMO 1.7.0 as data. The model, the reader, the writer and the validator all come from this table, so that they cannot
 * disagree. Child elements stand in the order in which a document must have them.
 *
 * Types that the official schema names carry its name.
 */
export const table: Readonly<Record<string, ComplexType>> = {
  Elmo: {
    model: 'Elmo',
    doc: 'An ELMO document: results of one learner from one or more institutions.',
    rows: [
      { name: 'generatedDate', occurs: '1', type: 'dateTime', doc: 'When the document was made, with its time zone.' },
      { name: 'learner', occurs: '1', type: 'Learner' },
      { name: 'report', property: 'reports', occurs: '+', type: 'Report', doc: 'One for each institution.' },
      { ...attachments, doc: 'Attachments of no institution or of several.' },
      { name: 'groups', occurs: '?', type: 'Groups', unwrap: true, since: '1.3.0' },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
      { name: 'Signature', occurs: '?', type: 'unread', namespace: 'ds' },
    ],
  },
  Learner: {
    model: 'Learner',
    rows: [
      { name: 'citizenship', occurs: '?', type: 'country' },
      { name: 'identifier', occurs: '*', type: 'Identifier' },
      { name: 'givenNames', occurs: '1', type: 'token' },
      { name: 'familyName', occurs: '1', type: 'token' },
      { name: 'bday', occurs: '?', type: 'date', doc: 'ISO 8601 calendar date; some producers add a time zone.' },
      { name: 'placeOfBirth', occurs: '?', type: 'token', since: '1.5.0' },
      { name: 'birthName', occurs: '?', type: 'token', since: '1.5.0' },
      { name: 'currentAddress', occurs: '?', type: 'FlexibleAddress', since: '1.5.0' },
      { name: 'gender', occurs: '?', type: 'gender', since: '1.5.0', doc: 'ISO/IEC 5218: 0, 1, 2 or 9.' },
    ],
  },
  FlexibleAddress: {
    model: 'FlexibleAddress',
    doc: 'An address, either in lines or in parts, never both. Spec: EWP address types.',
    rows: [
      { name: 'recipientName', occurs: '*', type: 'string', namespace: 'address' },
      { name: 'addressLine', occurs: '0..4', type: 'string', namespace: 'address', alternative: 'lines' },
      { name: 'buildingNumber', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'buildingName', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'streetName', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'unit', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'floor', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'postOfficeBox', occurs: '?', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'deliveryPointCode', occurs: '*', type: 'string', namespace: 'address', alternative: 'parts' },
      { name: 'postalCode', occurs: '?', type: 'string', namespace: 'address' },
      { name: 'locality', occurs: '?', type: 'string', namespace: 'address' },
      { name: 'region', occurs: '?', type: 'string', namespace: 'address' },
      { name: 'country', occurs: '?', type: 'addressCountry', namespace: 'address' },
    ],
  },
  Report: {
    model: 'Report',
    doc: 'What one institution says about the learner.',
    rows: [
      { name: 'issuer', occurs: '1', type: 'Issuer' },
      { name: 'learningOpportunitySpecification', occurs: '*', type: 'LearningOpportunitySpecification' },
      { name: 'issueDate', occurs: '1', type: 'dateTime' },
      { name: 'gradingScheme', occurs: '*', type: 'GradingScheme', since: '1.2.0' },
      { name: 'attachment', occurs: '*', type: 'Attachment' },
    ],
  },
  Issuer: {
    model: 'Issuer',
    rows: [
      { name: 'country', occurs: '?', type: 'country' },
      { name: 'identifier', occurs: '+', type: 'Identifier', doc: 'Such as `schac`, `erasmus`, `pic`.' },
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
      { name: 'url', occurs: '1', type: 'token' },
    ],
  },
  GradingScheme: {
    model: 'GradingScheme',
    rows: [
      { name: 'localId', at: 'attribute', occurs: '1', type: 'token', doc: 'Has a meaning inside its report only.' },
      { name: 'description', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
    ],
  },
  LearningOpportunitySpecification: {
    model: 'LearningOpportunitySpecification',
    doc: 'What can be learnt (a degree programme, a module, a course, a class), with what this learner made of it.',
    rows: [
      { name: 'identifier', occurs: '*', type: 'Identifier', doc: '`local` is the course code.' },
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
      { name: 'type', occurs: '?', type: 'opportunityType' },
      { name: 'subjectArea', occurs: '?', type: 'token', doc: 'Erasmus subject area code.' },
      { name: 'iscedCode', occurs: '?', type: 'token', doc: 'ISCED-F 2013.' },
      { name: 'url', occurs: '?', type: 'token' },
      { name: 'description', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
      { name: 'descriptionHtml', occurs: '*', type: 'SimpleHtmlStringWithOptionalLang', since: '1.2.0' },
      { name: 'specifies', occurs: '1', type: 'Specifies', inline: true },
      { name: 'hasPart', property: 'parts', occurs: '*', type: 'HasPart', unwrap: true },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
    ],
  },
  Specifies: {
    rows: [
      {
        name: 'learningOpportunityInstance',
        property: 'instance',
        occurs: '1',
        type: 'LearningOpportunityInstance',
      },
      { name: 'extension', property: 'specifiesExtension', occurs: '?', type: 'rawChildren' },
    ],
  },
  HasPart: {
    rows: [{ name: 'learningOpportunitySpecification', occurs: '1', type: 'LearningOpportunitySpecification' }],
  },
  LearningOpportunityInstance: {
    model: 'LearningOpportunityInstance',
    doc: 'What the learner made of it.',
    rows: [
      { name: 'identifier', occurs: '*', type: 'Identifier', since: '1.2.0', doc: 'Of the result; not a course code.' },
      { name: 'start', occurs: '?', type: 'date' },
      { name: 'date', occurs: '?', type: 'date', doc: 'When it was finished.' },
      { name: 'academicTerm', occurs: '?', type: 'AcademicTerm' },
      { name: 'status', occurs: '?', type: 'status', since: '1.2.0', doc: 'Absent: a reader takes it as passed.' },
      { name: 'gradingSchemeLocalId', occurs: '?', type: 'token', since: '1.2.0', doc: 'A scheme of the same report.' },
      { name: 'resultLabel', occurs: '?', type: 'token', doc: 'The grade as printed; opaque.' },
      { name: 'shortenedGrading', occurs: '?', type: 'ShortenedGrading' },
      { name: 'resultDistribution', occurs: '?', type: 'ResultDistribution' },
      { name: 'credit', occurs: '*', type: 'Credit' },
      { name: 'level', occurs: '*', type: 'Level', since: '1.2.0' },
      { name: 'languageOfInstruction', occurs: '?', type: 'token', doc: 'ISO 639-1.' },
      { name: 'engagementHours', occurs: '?', type: 'decimal' },
      { name: 'attachments', occurs: '?', type: 'AttachmentReferences', since: '1.3.0' },
      { name: 'grouping', occurs: '?', type: 'Grouping', since: '1.3.0' },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
      { name: 'diplomaSupplement', occurs: '?', type: 'DiplomaSupplement', since: '1.4.0' },
    ],
  },
  AcademicTerm: {
    model: 'AcademicTerm',
    rows: [
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
      { name: 'start', occurs: '1', type: 'date' },
      { name: 'end', occurs: '1', type: 'date' },
    ],
  },
  ShortenedGrading: {
    model: 'ShortenedGrading',
    doc: "The learner's place among all: how many per cent had a lower, the same, a higher result.",
    rows: [
      { name: 'percentageLower', occurs: '1', type: 'decimal' },
      { name: 'percentageEqual', occurs: '1', type: 'decimal' },
      { name: 'percentageHigher', occurs: '1', type: 'decimal' },
    ],
  },
  ResultDistribution: {
    model: 'ResultDistribution',
    doc: 'How many students had which result.',
    rows: [
      { name: 'category', occurs: '+', type: 'Category' },
      { name: 'description', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
    ],
  },
  Category: {
    model: 'Category',
    rows: [
      { name: 'label', at: 'attribute', occurs: '1', type: 'token' },
      { name: 'count', at: 'attribute', occurs: '1', type: 'nonNegativeInteger' },
    ],
  },
  Credit: {
    model: 'Credit',
    doc: '`value` is a decimal as text: "0" and absent are different things.',
    rows: [
      { name: 'scheme', occurs: '1', type: 'token', predefined: ['ects'] },
      { name: 'level', occurs: '?', type: 'creditLevel', doc: 'Deprecated since 1.2.0: use `level` of the instance.' },
      { name: 'value', occurs: '?', type: 'decimal' },
    ],
  },
  Level: {
    model: 'Level',
    rows: [
      { name: 'type', occurs: '1', type: 'token', predefined: ['EQF'] },
      { name: 'description', occurs: '?', type: 'PlaintextMultilineStringWithOptionalLang' },
      { name: 'value', occurs: '?', type: 'token' },
    ],
  },
  AttachmentReferences: {
    model: 'AttachmentReferences',
    rows: [{ name: 'ref', occurs: '*', type: 'string', doc: 'Identifiers of attachments of the same document.' }],
  },
  Grouping: {
    model: 'Grouping',
    rows: [
      { name: 'typeref', at: 'attribute', occurs: '?', type: 'string', doc: 'The `id` of a group type.' },
      { name: 'idref', at: 'attribute', occurs: '?', type: 'string', doc: 'The `id` of a group of that type.' },
      { name: 'value', at: 'text', occurs: '?', type: 'string' },
    ],
  },
  Attachment: {
    model: 'Attachment',
    rows: [
      { name: 'identifier', occurs: '*', type: 'Identifier', since: '1.3.0' },
      { name: 'title', occurs: '*', type: 'TokenWithOptionalLang' },
      { name: 'type', occurs: '?', type: 'attachmentType' },
      { name: 'description', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
      { name: 'content', occurs: '*', type: 'TokenWithOptionalLang', doc: '`data:` URIs (RFC 2397).' },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
    ],
  },
  DiplomaSupplement: {
    model: 'DiplomaSupplement',
    rows: [
      langRow,
      { name: 'version', occurs: '1', type: 'token', doc: 'The year of the model; empty means 2018.' },
      { name: 'issueDate', occurs: '1', type: 'date' },
      { name: 'introduction', occurs: '1', type: 'rawContent' },
      { name: 'section', occurs: '+', type: 'DiplomaSupplementSection' },
      { name: 'Signature', property: 'signature', occurs: '?', type: 'rawElement', namespace: 'ds' },
    ],
  },
  DiplomaSupplementSection: {
    model: 'DiplomaSupplementSection',
    rows: [
      { name: 'number', at: 'attribute', occurs: '1', type: 'sectionNumber' },
      { name: 'title', occurs: '1', type: 'token' },
      { name: 'content', occurs: '?', type: 'DiplomaSupplementContent' },
      { name: 'additionalInformation', occurs: '*', type: 'string' },
      { name: 'attachment', occurs: '*', type: 'Attachment' },
      { name: 'section', occurs: '*', type: 'DiplomaSupplementSection' },
    ],
  },
  DiplomaSupplementContent: {
    model: 'DiplomaSupplementContent',
    rows: [
      { name: 'type', at: 'attribute', occurs: '?', type: 'token', doc: 'Media type; absent means text/plain.' },
      // By the schema a token; kept as written, because line breaks have a meaning in plain text and in <pre>.
      { name: 'value', at: 'text', occurs: '1', type: 'string' },
    ],
  },
  Groups: { rows: [{ name: 'groupType', occurs: '*', type: 'GroupType' }] },
  GroupType: {
    model: 'GroupType',
    rows: [
      { name: 'id', at: 'attribute', occurs: '?', type: 'string' },
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
      { name: 'group', occurs: '*', type: 'Group' },
    ],
  },
  Group: {
    model: 'Group',
    rows: [
      { name: 'id', at: 'attribute', occurs: '?', type: 'string' },
      { name: 'sortingKey', at: 'attribute', occurs: '?', type: 'string' },
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
    ],
  },
  Identifier: {
    model: 'Identifier',
    rows: [
      { name: 'type', at: 'attribute', occurs: '1', type: 'token', predefined: identifierTypes },
      { name: 'value', at: 'text', occurs: '1', type: 'token' },
    ],
  },
  TokenWithOptionalLang: {
    model: 'LangString',
    doc: 'Text with an optional language (BCP 47).',
    rows: [langRow, { name: 'value', at: 'text', occurs: '1', type: 'token' }],
  },
  PlaintextMultilineStringWithOptionalLang: {
    model: 'LangString',
    rows: [langRow, { name: 'value', at: 'text', occurs: '1', type: 'string' }],
  },
  SimpleHtmlStringWithOptionalLang: {
    model: 'LangString',
    rows: [langRow, { name: 'value', at: 'text', occurs: '1', type: 'string' }],
  },
}
