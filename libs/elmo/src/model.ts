// Written from the table in grammar/table.ts; a test compares them. Change the table, not this file.

/** XML kept as it was written, able to stand alone: it declares every namespace that it uses. */
export type RawXml = string

/** An attribute of an element that is kept as XML. The namespace is empty for none. */
export interface RawAttribute {
  name: string
  namespace: string
  value: string
}

/** An ELMO document: results of one learner from one or more institutions. */
export interface Elmo {
  /** When the document was made, with its time zone. */
  generatedDate: string
  learner: Learner
  /** One for each institution. */
  reports: Report[]
  /** Attachments of no institution or of several. */
  attachments?: Attachment[]
  /** In ELMO 1.3.0 and later. */
  groups?: GroupType[]
  extension?: RawXml[]
  extensionAttributes?: RawAttribute[]
  /** Only where a reader was asked to keep it: it vouches for the bytes it came with and for no others. */
  signature?: RawXml
}

export interface Learner {
  /** `ISO` (alpha-2 code) or `URI` (EU authority table). In ELMO 2.1.1. */
  citizenshipType?: string
  citizenship?: string
  identifier?: Identifier[]
  givenNames: string
  familyName: string
  /** The full name in another script; may be empty. In ELMO 2.0.0 and later. */
  alternativeName?: LangString
  /** Takes the place of `bday`. In ELMO 2.0.0 and later. */
  dateOfBirth?: string
  /** ISO 8601 calendar date; some producers add a time zone. In ELMO up to 1.7.0, 2.1.1. */
  bday?: string
  /** In ELMO 1.5.0 and later. */
  placeOfBirth?: string
  /** `ISO` (alpha-2 code) or `URI` (EU authority table). In ELMO 2.1.1. */
  countryOfBirthType?: string
  /** In ELMO 2.1.1. */
  countryOfBirth?: string
  /** In ELMO 1.5.0 and later. */
  birthName?: string
  /** In ELMO 1.5.0 and later. */
  currentAddress?: FlexibleAddress
  /** ISO/IEC 5218: 0, 1, 2 or 9. In ELMO 1.5.0 and later. */
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
  /** In ELMO 2.0.0 and later. */
  resultOfRecognition?: ResultOfRecognition[]
  issueDate: string
  /** In ELMO 1.2.0 and later. */
  gradingScheme?: GradingScheme[]
  /** Whether results were left out. In ELMO 2.1.1. */
  status?: ReportStatus
  attachment?: Attachment[]
}

export interface ReportStatus {
  code:
    | 'FULL'
    | 'SELECTION'
    | 'PARTIAL_TEMPORARY'
    | 'PARTIAL_PERMANENT'
    | 'ERROR_TEMPORARY'
    | 'ERROR_PERMANENT'
    | (string & {})
  message?: LangString[]
}

/** What an institution recognised of results achieved elsewhere. Its results are no additional credits. */
export interface ResultOfRecognition {
  /** In ELMO 2.1.1. */
  identifier?: Identifier[]
  title?: LangString[]
  description?: LangString[]
  subjectArea?: string
  iscedCode?: string
  status: 'Positive' | 'Negative' | 'Partially Positive' | (string & {})
  decisionDate?: string
  recognitionBasis?: RecognitionReport[]
  recognitionResult?: LearningOpportunitySpecification[]
  recognitionMapping?: Mapping[]
  attachments?: AttachmentReferences
}

/** The achievements that were recognised, with the institution that gave them. */
export interface RecognitionReport {
  issuer: Issuer
  learningOpportunitySpecification?: LearningOpportunitySpecification[]
  resultOfRecognition?: ResultOfRecognition[]
  issueDate: string
  gradingScheme?: GradingScheme[]
  attachment?: Attachment[]
}

/** Which recognised achievements became which results, by identifiers of type `local`. */
export interface Mapping {
  fromMapping?: string[][]
  toMapping?: string[][]
}

export interface Issuer {
  /** `ISO` (alpha-2 code) or `URI` (EU authority table). In ELMO 2.1.1. */
  countryType?: string
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
  /** In ELMO 1.2.0 and later. */
  descriptionHtml?: LangString[]
  /** Absent means Diploma. In ELMO 2.1.1. */
  documentType?: 'Diploma' | 'Certificate' | 'Enrolment' | 'Admission' | (string & {})
  instance: LearningOpportunityInstance
  specifiesExtension?: RawXml[]
  specifiesExtensionAttributes?: RawAttribute[]
  parts?: LearningOpportunitySpecification[]
  extension?: RawXml[]
  extensionAttributes?: RawAttribute[]
}

/** What the learner made of it. */
export interface LearningOpportunityInstance {
  /** Of the result; not a course code. In ELMO 1.2.0 and later. */
  identifier?: Identifier[]
  /** Since when and where the learner is enrolled; the status is then in-progress. In ELMO 2.1.1. */
  enrolment?: Enrolment
  start?: string
  /** When it was finished. */
  date?: string
  academicTerm?: AcademicTerm
  /** Normal length of the education, as P3Y. In ELMO 2.1.1. */
  duration?: string
  /** Absent: a reader takes it as passed. In ELMO 1.2.0 and later. */
  status?: 'passed' | 'failed' | 'in-progress' | (string & {})
  /** A scheme of the same report. In ELMO 1.2.0 and later. */
  gradingSchemeLocalId?: string
  /** Such as CEFR. In ELMO 2.0.0 and later. */
  gradingSchemeExternalId?: string
  /** The grade as printed; opaque. */
  resultLabel?: string
  shortenedGrading?: ShortenedGrading
  resultDistribution?: ResultDistribution
  credit?: Credit[]
  /** In ELMO 1.2.0 and later. */
  level?: Level[]
  /** ISO 639-1. */
  languageOfInstruction?: string
  engagementHours?: string
  /** In ELMO 1.3.0 and later. */
  attachments?: AttachmentReferences
  /** In ELMO 1.3.0 and later. */
  grouping?: Grouping
  extension?: RawXml[]
  extensionAttributes?: RawAttribute[]
  /** In ELMO 1.4.0 and later. */
  diplomaSupplement?: DiplomaSupplement
}

export interface Enrolment {
  enrolmentInstitution: Issuer
  enrolmentDate: string
  academicYear: AcademicYear
}

export interface AcademicYear {
  start: string
  end: string
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
  /** Deprecated since 1.2.0: use `level` of the instance. In ELMO up to 1.7.0. */
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
  /** In ELMO 1.3.0 and later. */
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
    | 'Certificate of Enrolment'
    | 'Other'
    | (string & {})
  description?: LangString[]
  /** `data:` URIs (RFC 2397). */
  content?: AttachmentContent[]
  extension?: RawXml[]
  extensionAttributes?: RawAttribute[]
}

export interface AttachmentContent {
  /** BCP 47. */
  lang?: string
  /** A long text is read on first use. */
  value: string
  /** The whole content, where it has elements; `value` is then its text. In ELMO up to 1.1.0. */
  raw?: RawXml
  /** In ELMO up to 1.1.0. */
  attributes?: RawAttribute[]
}

export interface DiplomaSupplement {
  /** BCP 47. */
  lang?: string
  /** The year of the model; empty means 2018. */
  version: string
  issueDate: string
  introduction: RawXml
  introductionAttributes?: RawAttribute[]
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
