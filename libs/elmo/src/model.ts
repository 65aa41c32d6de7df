/** Text with an optional language (BCP 47). */
export interface LangString {
  value: string
  lang?: string
}
export interface Identifier {
  type: string
  value: string
}
/** A subtree kept as it was written, namespace declarations included. */
export type RawXml = string

export interface Elmo {
  generatedDate: string
  learner: Learner
  reports: Report[]
  attachments?: Attachment[]
  groups?: GroupType[]
  extension?: RawXml[]
}
export interface Learner {
  citizenship?: string
  identifier?: Identifier[]
  givenNames: string
  familyName: string
  /** ISO 8601 calendar date. */
  bday?: string
  placeOfBirth?: string
  birthName?: string
  currentAddress?: FlexibleAddress
  gender?: string
}
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
export interface Report {
  issuer: Issuer
  learningOpportunitySpecification?: LearningOpportunitySpecification[]
  issueDate: string
  gradingScheme?: GradingScheme[]
  attachment?: Attachment[]
}
export interface Issuer {
  country?: string
  identifier: Identifier[]
  title: LangString[]
  url: string
}
export interface GradingScheme {
  localId: string
  description?: LangString[]
}
export interface LearningOpportunitySpecification {
  identifier?: Identifier[]
  title: LangString[]
  type?: 'Degree Programme' | 'Module' | 'Course' | 'Class' | (string & {})
  subjectArea?: string
  iscedCode?: string
  url?: string
  description?: LangString[]
  descriptionHtml?: LangString[]
  instance: LearningOpportunityInstance
  specifiesExtension?: RawXml[]
  parts?: LearningOpportunitySpecification[]
  extension?: RawXml[]
}
export interface LearningOpportunityInstance {
  identifier?: Identifier[]
  start?: string
  date?: string
  academicTerm?: { title: LangString[]; start: string; end: string }
  status?: 'passed' | 'failed' | 'in-progress' | (string & {})
  gradingSchemeLocalId?: string
  resultLabel?: string
  shortenedGrading?: { percentageLower: string; percentageEqual: string; percentageHigher: string }
  resultDistribution?: { category: { label: string; count: string }[]; description?: LangString[] }
  credit?: Credit[]
  level?: { type: string; description?: LangString; value?: string }[]
  languageOfInstruction?: string
  engagementHours?: string
  attachments?: { ref?: string[] }
  grouping?: { typeref?: string; idref?: string; value?: string }
  extension?: RawXml[]
  diplomaSupplement?: DiplomaSupplement
}
/** `value` is a decimal as text: "0" and absent are different things. */
export interface Credit {
  scheme: string
  level?: string
  value?: string
}
export interface Attachment {
  identifier?: Identifier[]
  title?: LangString[]
  type?: string
  description?: LangString[]
  /** `data:` URIs (RFC 2397). */
  content?: LangString[]
  extension?: RawXml[]
}
export interface DiplomaSupplement {
  lang?: string
  version: string
  issueDate: string
  introduction: RawXml
  section: DiplomaSupplementSection[]
  signature?: RawXml
}
export interface DiplomaSupplementSection {
  number: string
  title: string
  content?: { type?: string; value: string }
  additionalInformation?: string[]
  attachment?: Attachment[]
  section?: DiplomaSupplementSection[]
}
export interface GroupType {
  id?: string
  title: LangString[]
  group?: { id?: string; sortingKey?: string; title: LangString[] }[]
}
