// Written from the table in grammar/table.ts; a test compares them. Change the table, not this file.

/** XML kept as it was written, able to stand alone: it declares every namespace that it uses. */
export type RawXml = string

/** An ELMO document: results of one learner from one or more institutions. */
export interface Elmo {
  /** When the document was made, with its time zone. */
  generatedDate: string
  learner: Learner
  /** One for each institution. */
  reports: Report[]
  /** Attachments of no institution or of several. */
  attachments?: Attachment[]
  /** Since ELMO 1.3.0. */
  groups?: GroupType[]
  extension?: RawXml[]
}

export interface Learner {
  citizenship?: string
  identifier?: Identifier[]
  givenNames: string
  familyName: string
  /** ISO 8601 calendar date; some producers add a time zone. */
  bday?: string
  /** Since ELMO 1.5.0. */
  placeOfBirth?: string
  /** Since ELMO 1.5.0. */
  birthName?: string
  /** Since ELMO 1.5.0. */
  currentAddress?: FlexibleAddress
  /** ISO/IEC 5218: 0, 1, 2 or 9. Since ELMO 1.5.0. */
  gender?: string
}

/** An address, either in lines or in parts, never both. Spec: EWP address types. */
export interface FlexibleAddress {
  recipientName?: string[]
  addressLine?: string[]
  buildingNumber?: string
  buildingName?: string
  streetName?: string
  unit?: string
  floor?: string
  postOfficeBox?: string
  deliveryPointCode?: string[]
  postalCode?: string
  locality?: string
  region?: string
  country?: string
}

/** What one institution says about the learner. */
export interface Report {
  issuer: Issuer
  learningOpportunitySpecification?: LearningOpportunitySpecification[]
  issueDate: string
  /** Since ELMO 1.2.0. */
  gradingScheme?: GradingScheme[]
  attachment?: Attachment[]
}

export interface Issuer {
  country?: string
  /** Such as `schac`, `erasmus`, `pic`. */
  identifier: Identifier[]
  title: LangString[]
  url: string
}

export interface GradingScheme {
  /** Has a meaning inside its report only. */
  localId: string
  description?: LangString[]
}

/** What can be learnt (a degree programme, a module, a course, a class), with what this learner made of it. */
export interface LearningOpportunitySpecification {
  /** `local` is the course code. */
  identifier?: Identifier[]
  title: LangString[]
  type?: 'Degree Programme' | 'Module' | 'Course' | 'Class' | (string & {})
  /** Erasmus subject area code. */
  subjectArea?: string
  /** ISCED-F 2013. */
  iscedCode?: string
  url?: string
  description?: LangString[]
  /** Since ELMO 1.2.0. */
  descriptionHtml?: LangString[]
  instance: LearningOpportunityInstance
  specifiesExtension?: RawXml[]
  parts?: LearningOpportunitySpecification[]
  extension?: RawXml[]
}

/** What the learner made of it. */
export interface LearningOpportunityInstance {
  /** Of the result; not a course code. Since ELMO 1.2.0. */
  identifier?: Identifier[]
  start?: string
  /** When it was finished. */
  date?: string
  academicTerm?: AcademicTerm
  /** Absent: a reader takes it as passed. Since ELMO 1.2.0. */
  status?: 'passed' | 'failed' | 'in-progress' | (string & {})
  /** A scheme of the same report. Since ELMO 1.2.0. */
  gradingSchemeLocalId?: string
  /** The grade as printed; opaque. */
  resultLabel?: string
  shortenedGrading?: ShortenedGrading
  resultDistribution?: ResultDistribution
  credit?: Credit[]
  /** Since ELMO 1.2.0. */
  level?: Level[]
  /** ISO 639-1. */
  languageOfInstruction?: string
  engagementHours?: string
  /** Since ELMO 1.3.0. */
  attachments?: AttachmentReferences
  /** Since ELMO 1.3.0. */
  grouping?: Grouping
  extension?: RawXml[]
  /** Since ELMO 1.4.0. */
  diplomaSupplement?: DiplomaSupplement
}

export interface AcademicTerm {
  title: LangString[]
  start: string
  end: string
}

/** The learner's place among all: how many per cent had a lower, the same, a higher result. */
export interface ShortenedGrading {
  percentageLower: string
  percentageEqual: string
  percentageHigher: string
}

/** How many students had which result. */
export interface ResultDistribution {
  category: Category[]
  description?: LangString[]
}

export interface Category {
  label: string
  count: string
}

/** `value` is a decimal as text: "0" and absent are different things. */
export interface Credit {
  scheme: string
  /** Deprecated since 1.2.0: use `level` of the instance. */
  level?: 'Bachelor' | 'Master' | 'PhD' | (string & {})
  value?: string
}

export interface Level {
  type: string
  description?: LangString
  value?: string
}

export interface AttachmentReferences {
  /** Identifiers of attachments of the same document. */
  ref?: string[]
}

export interface Grouping {
  /** The `id` of a group type. */
  typeref?: string
  /** The `id` of a group of that type. */
  idref?: string
  value?: string
}

export interface Attachment {
  /** Since ELMO 1.3.0. */
  identifier?: Identifier[]
  title?: LangString[]
  type?:
    | 'Diploma'
    | 'Diploma Supplement'
    | 'Transcript of Records'
    | 'EMREX transcript'
    | 'Micro Credential'
    | 'Letter of Nomination'
    | 'Certificate of Training'
    | 'Learning Agreement'
    | 'Other'
    | (string & {})
  description?: LangString[]
  /** `data:` URIs (RFC 2397). */
  content?: LangString[]
  extension?: RawXml[]
}

export interface DiplomaSupplement {
  /** BCP 47. */
  lang?: string
  /** The year of the model; empty means 2018. */
  version: string
  issueDate: string
  introduction: RawXml
  section: DiplomaSupplementSection[]
  signature?: RawXml
}

export interface DiplomaSupplementSection {
  number: string
  title: string
  content?: DiplomaSupplementContent
  additionalInformation?: string[]
  attachment?: Attachment[]
  section?: DiplomaSupplementSection[]
}

export interface DiplomaSupplementContent {
  /** Media type; absent means text/plain. */
  type?: string
  value: string
}

export interface GroupType {
  id?: string
  title: LangString[]
  group?: Group[]
}

export interface Group {
  id?: string
  sortingKey?: string
  title: LangString[]
}

export interface Identifier {
  type: string
  value: string
}

/** Text with an optional language (BCP 47). */
export interface LangString {
  /** BCP 47. */
  lang?: string
  value: string
}
