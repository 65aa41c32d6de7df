import type {
  Attachment,
  DiplomaSupplement,
  DiplomaSupplementSection,
  Elmo,
  GradingScheme,
  GroupType,
  Issuer,
  LangString,
  Learner,
  LearningOpportunityInstance,
  LearningOpportunitySpecification,
  RecognitionReport,
  Report,
  ResultOfRecognition,
} from '../model.js'

export type AnyReport = Report | RecognitionReport

/** What rules ask of all that an opportunity is part of; gathered on the way down, so that nobody climbs up again. */
export interface Above {
  readonly count: number
  /** Those that are given, outermost first. */
  readonly types: readonly string[]
  readonly hasEcts: boolean
  readonly hasIsced: boolean
}

/** A learning opportunity with what the learner made of it, and where it hangs. */
export interface OpportunityNode {
  readonly los: LearningOpportunitySpecification
  readonly loi: LearningOpportunityInstance
  /** What it is part of. */
  readonly above: Above
  readonly learner: Learner
  /** The `localId`s of its report. */
  readonly schemes: ReadonlySet<string>
  /** By the `id` of their group type: the `id`s of groups of the document. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>
}

export interface AttachmentNode {
  readonly attachment: Attachment
  readonly of: 'document' | 'report' | 'section'
}

export interface SupplementNode {
  readonly supplement: DiplomaSupplement
  readonly los: LearningOpportunitySpecification
}

export interface SectionNode {
  readonly section: DiplomaSupplementSection
  /** Of the section that this one belongs to. */
  readonly parentNumber?: string
}

export interface TextNode {
  readonly name: string
  readonly value: string
}

export interface TextsNode {
  readonly name: string
  readonly texts: readonly LangString[]
}

/** The kinds of nodes that rules look at. */
export interface LintNodes {
  readonly document: Elmo
  readonly learner: Learner
  readonly report: AnyReport
  readonly issuer: Issuer
  readonly scheme: GradingScheme
  readonly opportunity: OpportunityNode
  readonly attachment: AttachmentNode
  readonly supplement: SupplementNode
  readonly section: SectionNode
  readonly groupType: GroupType
  readonly recognition: ResultOfRecognition
  /** A text in every language in which it is given. */
  readonly texts: TextsNode
  /** Every text that people wrote, one by one; attachments and raw XML are left out. */
  readonly text: TextNode
}
