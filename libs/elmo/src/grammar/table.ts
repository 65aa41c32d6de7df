import type { ComplexType, Row } from './row.js'

/** A country as ELMO 1.x and 2.0.0 write it, a code alone, and as 2.1 does, any text with its kind. */
const countryRows = (property: string): readonly Row[] => [
  {
    name: 'type',
    property: `${property}Type`,
    at: 'attribute',
    occurs: '?',
    occursIn: { '2.1.1': '1' },
    type: 'token',
    in: '2.1.1',
    predefined: ['ISO', 'URI'],
    doc: '`ISO` (alpha-2 code) or `URI` (EU authority table).',
  },
  { name: 'value', property, at: 'text', occurs: '1', type: 'country' },
]

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

const enrolment = 'Since when and where the learner is enrolled; the status is then in-progress.'

const attachments: Row = { name: 'attachment', property: 'attachments', occurs: '*', type: 'Attachment' }

/**
 * All releases of ELMO as data. The model, the reader, the writer and the validator all come from this table, so that they
 * cannot disagree. Child elements stand in the order in which a document must have them; no two releases disagree about it.
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
      { name: 'groups', occurs: '?', type: 'Groups', unwrap: true, in: '1.3.0-' },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
      {
        name: 'Signature',
        property: 'signature',
        occurs: '?',
        occursIn: { '-1.4.0': '1' },
        type: 'rawElement',
        namespace: 'ds',
        doc: 'Only where a reader was asked to keep it: it vouches for the bytes it came with and for no others.',
      },
    ],
  },
  Learner: {
    model: 'Learner',
    rows: [
      { name: 'citizenship', occurs: '?', type: 'Citizenship', inline: true },
      { name: 'identifier', occurs: '*', type: 'Identifier' },
      { name: 'givenNames', occurs: '1', type: 'token' },
      { name: 'familyName', occurs: '1', type: 'token' },
      {
        name: 'alternativeName',
        occurs: '?',
        occursIn: { '2.0.0-': '1' },
        type: 'PlaintextMultilineStringWithOptionalLang',
        in: '2.0.0-',
        doc: 'The full name in another script; may be empty.',
      },
      { name: 'dateOfBirth', occurs: '?', type: 'date', in: '2.0.0-', doc: 'Takes the place of `bday`.' },
      {
        name: 'bday',
        occurs: '?',
        type: 'date',
        in: '-1.7.0 2.1.1',
        doc: 'ISO 8601 calendar date; some producers add a time zone.',
      },
      { name: 'placeOfBirth', occurs: '?', type: 'token', in: '1.5.0-' },
      { name: 'countryOfBirth', occurs: '?', type: 'CountryOfBirth', inline: true, in: '2.1.1' },
      { name: 'birthName', occurs: '?', type: 'token', in: '1.5.0-' },
      { name: 'currentAddress', occurs: '?', type: 'FlexibleAddress', in: '1.5.0-' },
      { name: 'gender', occurs: '?', type: 'gender', in: '1.5.0-', doc: 'ISO/IEC 5218: 0, 1, 2 or 9.' },
    ],
  },
  Citizenship: { rows: countryRows('citizenship') },
  CountryOfBirth: { rows: countryRows('countryOfBirth') },
  IssuerCountry: { rows: countryRows('country') },
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
      { name: 'resultOfRecognition', occurs: '*', type: 'ResultOfRecognition', in: '2.0.0-' },
      { name: 'issueDate', occurs: '1', type: 'dateTime' },
      { name: 'gradingScheme', occurs: '*', type: 'GradingScheme', in: '1.2.0-' },
      { name: 'status', occurs: '?', type: 'ReportStatus', in: '2.1.1', doc: 'Whether results were left out.' },
      { name: 'attachment', occurs: '*', type: 'Attachment' },
    ],
  },
  ReportStatus: {
    model: 'ReportStatus',
    rows: [
      { name: 'code', occurs: '1', type: 'reportStatusCode' },
      { name: 'message', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
    ],
  },
  ResultOfRecognition: {
    model: 'ResultOfRecognition',
    doc: 'What an institution recognised of results achieved elsewhere. Its results are no additional credits.',
    rows: [
      { name: 'identifier', occurs: '*', type: 'Identifier', in: '2.1.1' },
      { name: 'title', occurs: '*', type: 'TokenWithOptionalLang' },
      { name: 'description', occurs: '*', type: 'PlaintextMultilineStringWithOptionalLang' },
      { name: 'subjectArea', occurs: '?', type: 'token' },
      { name: 'iscedCode', occurs: '?', type: 'token' },
      { name: 'status', occurs: '1', type: 'recognitionStatus' },
      { name: 'decisionDate', occurs: '?', type: 'date' },
      { name: 'recognitionBasis', occurs: '*', type: 'RecognitionBasis', unwrap: true },
      { name: 'recognitionResult', occurs: '*', type: 'RecognitionResult', unwrap: true },
      { name: 'recognitionMapping', occurs: '*', type: 'RecognitionMapping', unwrap: true },
      { name: 'attachments', occurs: '?', type: 'AttachmentReferences' },
    ],
  },
  RecognitionBasis: { rows: [{ name: 'recognitionReport', occurs: '1', type: 'RecognitionReport' }] },
  RecognitionReport: {
    model: 'RecognitionReport',
    doc: 'The achievements that were recognised, with the institution that gave them.',
    rows: [
      { name: 'issuer', occurs: '1', type: 'Issuer' },
      { name: 'learningOpportunitySpecification', occurs: '*', type: 'LearningOpportunitySpecification' },
      { name: 'resultOfRecognition', occurs: '*', type: 'ResultOfRecognition' },
      { name: 'issueDate', occurs: '1', type: 'dateTime' },
      { name: 'gradingScheme', occurs: '*', type: 'GradingScheme' },
      { name: 'attachment', occurs: '*', type: 'Attachment' },
    ],
  },
  RecognitionResult: {
    rows: [{ name: 'learningOpportunitySpecification', occurs: '1', type: 'LearningOpportunitySpecification' }],
  },
  RecognitionMapping: { rows: [{ name: 'mapping', occurs: '1', type: 'Mapping' }] },
  Mapping: {
    model: 'Mapping',
    doc: 'Which recognised achievements became which results, by identifiers of type `local`.',
    rows: [
      { name: 'fromMapping', occurs: '*', type: 'MappingReferences', unwrap: true },
      { name: 'toMapping', occurs: '*', type: 'MappingReferences', unwrap: true },
    ],
  },
  MappingReferences: { rows: [{ name: 'ref', occurs: '*', type: 'string' }] },
  Issuer: {
    model: 'Issuer',
    rows: [
      { name: 'country', occurs: '?', type: 'IssuerCountry', inline: true },
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
      {
        name: 'identifier',
        occurs: '*',
        occursIn: { '2.0.0-': '+' },
        type: 'Identifier',
        doc: '`local` is the course code.',
      },
      { name: 'title', occurs: '+', type: 'TokenWithOptionalLang' },
      { name: 'type', occurs: '?', type: 'opportunityType' },
      { name: 'subjectArea', occurs: '?', type: 'token', doc: 'Erasmus subject area code.' },
      { name: 'iscedCode', occurs: '?', type: 'token', doc: 'ISCED-F 2013.' },
      { name: 'url', occurs: '?', type: 'token' },
      {
        name: 'description',
        occurs: '*',
        occursIn: { '1.0.0': '?' },
        type: 'PlaintextMultilineStringWithOptionalLang',
      },
      { name: 'descriptionHtml', occurs: '*', type: 'SimpleHtmlStringWithOptionalLang', in: '1.2.0-' },
      { name: 'documentType', occurs: '?', type: 'documentType', in: '2.1.1', doc: 'Absent means Diploma.' },
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
      { name: 'identifier', occurs: '*', type: 'Identifier', in: '1.2.0-', doc: 'Of the result; not a course code.' },
      { name: 'enrolment', occurs: '?', type: 'Enrolment', in: '2.1.1', doc: enrolment },
      { name: 'start', occurs: '?', type: 'date' },
      { name: 'date', occurs: '?', type: 'date', doc: 'When it was finished.' },
      { name: 'academicTerm', occurs: '?', type: 'AcademicTerm' },
      { name: 'duration', occurs: '?', type: 'duration', in: '2.1.1', doc: 'Normal length of the education, as P3Y.' },
      { name: 'status', occurs: '?', type: 'status', in: '1.2.0-', doc: 'Absent: a reader takes it as passed.' },
      { name: 'gradingSchemeLocalId', occurs: '?', type: 'token', in: '1.2.0-', doc: 'A scheme of the same report.' },
      { name: 'gradingSchemeExternalId', occurs: '?', type: 'token', in: '2.0.0-', doc: 'Such as CEFR.' },
      { name: 'resultLabel', occurs: '?', type: 'token', doc: 'The grade as printed; opaque.' },
      { name: 'shortenedGrading', occurs: '?', type: 'ShortenedGrading' },
      { name: 'resultDistribution', occurs: '?', type: 'ResultDistribution' },
      { name: 'credit', occurs: '*', type: 'Credit' },
      { name: 'level', occurs: '*', type: 'Level', in: '1.2.0-' },
      { name: 'languageOfInstruction', occurs: '?', type: 'token', doc: 'ISO 639-1.' },
      { name: 'engagementHours', occurs: '?', type: 'decimal' },
      { name: 'attachments', occurs: '?', type: 'AttachmentReferences', in: '1.3.0-' },
      { name: 'grouping', occurs: '?', occursIn: { '1.3.0': '1' }, type: 'Grouping', in: '1.3.0-' },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
      { name: 'diplomaSupplement', occurs: '?', type: 'DiplomaSupplement', in: '1.4.0-' },
    ],
  },
  Enrolment: {
    model: 'Enrolment',
    rows: [
      { name: 'enrolmentInstitution', occurs: '1', type: 'Issuer' },
      { name: 'enrolmentDate', occurs: '1', type: 'date' },
      { name: 'academicYear', occurs: '1', type: 'AcademicYear' },
    ],
  },
  AcademicYear: {
    model: 'AcademicYear',
    rows: [
      { name: 'start', occurs: '1', type: 'date' },
      { name: 'end', occurs: '1', type: 'date' },
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
      {
        name: 'description',
        occurs: '*',
        occursIn: { '-1.1.0': '?' },
        type: 'PlaintextMultilineStringWithOptionalLang',
      },
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
      {
        name: 'level',
        occurs: '?',
        type: 'creditLevel',
        in: '-1.7.0',
        doc: 'Deprecated since 1.2.0: use `level` of the instance.',
      },
      { name: 'value', occurs: '?', type: 'decimal' },
    ],
  },
  Level: {
    model: 'Level',
    rows: [
      { name: 'type', occurs: '1', type: 'token', predefined: ['EQF'] },
      { name: 'description', occurs: '?', type: 'PlaintextMultilineStringWithOptionalLang', secondIs: 'value' },
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
      { name: 'identifier', occurs: '*', type: 'Identifier', in: '1.3.0-' },
      { name: 'title', occurs: '*', type: 'TokenWithOptionalLang' },
      { name: 'type', occurs: '?', type: 'attachmentType' },
      {
        name: 'description',
        occurs: '*',
        occursIn: { '-1.1.0': '?' },
        type: 'PlaintextMultilineStringWithOptionalLang',
      },
      {
        name: 'content',
        occurs: '*',
        occursIn: { '-1.1.0': '1' },
        type: 'AttachmentContent',
        doc: '`data:` URIs (RFC 2397).',
      },
      { name: 'extension', occurs: '?', type: 'rawChildren' },
    ],
  },
  AttachmentContent: {
    model: 'AttachmentContent',
    anyIn: '-1.1.0',
    rows: [
      langRow,
      {
        name: 'value',
        at: 'text',
        occurs: '1',
        dataUri: true,
        type: 'token',
        doc: 'A long text is read on first use.',
      },
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
      { name: 'title', occurs: '+', occursIn: { '1.3.0-1.6.0': '1' }, type: 'TokenWithOptionalLang' },
      { name: 'group', occurs: '*', type: 'Group' },
    ],
  },
  Group: {
    model: 'Group',
    rows: [
      { name: 'id', at: 'attribute', occurs: '?', type: 'string' },
      { name: 'sortingKey', at: 'attribute', occurs: '?', type: 'string' },
      { name: 'title', occurs: '+', occursIn: { '1.3.0-1.6.0': '1' }, type: 'TokenWithOptionalLang' },
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
