import type { Place } from '../document/place.js'
import { hasEcts } from './rules/results.js'
import type {
  Attachment,
  DiplomaSupplementSection,
  Elmo,
  Issuer,
  LangString,
  LearningOpportunityInstance,
  LearningOpportunitySpecification,
  ResultOfRecognition,
} from '../model.js'
import type { Above, AnyReport, AttachmentNode, LintNodes, OpportunityNode } from './lint-nodes.js'

export type Visit = <Kind extends keyof LintNodes>(kind: Kind, node: LintNodes[Kind], place: Place) => void

const step = (parent: Place, name: string, index?: number): Place => ({ parent, name, index, depth: parent.depth + 1 })

/** Attributes, raw XML and data of attachments: nothing that a person reads as text of the document. */
const notText = new Set([
  ...[
    'lang',
    'id',
    'localId',
    'sortingKey',
    'typeref',
    'idref',
    'citizenshipType',
    'countryType',
    'countryOfBirthType',
  ],
  ...['extension', 'specifiesExtension', 'introduction', 'signature', 'content'],
])

/** Credits, levels and identifiers have a value too, and more than a language beside it. */
const isLangString = (each: unknown): each is LangString =>
  typeof each === 'object' &&
  each !== null &&
  'value' in each &&
  Object.keys(each).every((key) => key === 'value' || key === 'lang')

/** Of these a value may be all that a broken document has. */
const notLangStrings = new Set(['credit', 'level', 'identifier'])

const isLangStrings = (name: string, value: unknown): value is LangString[] =>
  !notLangStrings.has(name) && Array.isArray(value) && value.every(isLangString)

const top: Above = { count: 0, types: [], hasEcts: false, hasIsced: false }

const below = ({ count, types, hasEcts: ects, hasIsced }: Above, los: LearningOpportunitySpecification): Above => ({
  count: count + 1,
  types: los.type === undefined ? types : [...types, los.type],
  hasEcts: ects || hasEcts(los),
  hasIsced: hasIsced || (los.iscedCode ?? '').trim() !== '',
})

type Surroundings = Pick<OpportunityNode, 'learner' | 'schemes' | 'groups'>

/** Goes through a document once, in its order, and shows every node with its place. */
export function walkDocument(elmo: Elmo, visit: Visit): void {
  new Walk(elmo, visit).document()
}

class Walk {
  readonly #groups: ReadonlyMap<string, ReadonlySet<string>>

  constructor(
    private readonly elmo: Elmo,
    private readonly visit: Visit,
  ) {
    this.#groups = new Map(
      elmo.groups?.map(({ id = '', group = [] }) => [id.trim(), new Set(group.map(({ id: own = '' }) => own.trim()))]),
    )
  }

  document(): void {
    const { elmo } = this
    const root: Place = { name: 'elmo', depth: 1 }
    this.visit('document', elmo, root)
    const learner = step(root, 'learner')
    this.visit('learner', elmo.learner, learner)
    this.texts(elmo.learner, learner)
    if (elmo.learner.currentAddress !== undefined)
      this.texts(elmo.learner.currentAddress, step(learner, 'currentAddress'))
    elmo.reports.forEach((report, index) => this.report(report, step(root, 'report', index + 1)))
    this.attachments(elmo.attachments, 'document', root)
    elmo.groups?.forEach((groupType, index) => {
      const at = step(step(root, 'groups'), 'groupType', index + 1)
      this.visit('groupType', groupType, at)
      this.texts(groupType, at)
      groupType.group?.forEach((group, place) => this.texts(group, step(at, 'group', place + 1)))
    })
  }

  private report(report: AnyReport, at: Place): void {
    this.visit('report', report, at)
    this.issuer(report.issuer, step(at, 'issuer'))
    const around = {
      learner: this.elmo.learner,
      schemes: new Set(report.gradingScheme?.map(({ localId }) => localId.trim())),
      groups: this.#groups,
    }
    report.learningOpportunitySpecification?.forEach((los, index) =>
      this.opportunity(los, around, top, step(at, 'learningOpportunitySpecification', index + 1)),
    )
    report.resultOfRecognition?.forEach((recognition, index) =>
      this.recognition(recognition, around, step(at, 'resultOfRecognition', index + 1)),
    )
    report.gradingScheme?.forEach((scheme, index) => {
      const place = step(at, 'gradingScheme', index + 1)
      this.visit('scheme', scheme, place)
      this.texts(scheme, place)
    })
    if ('status' in report && report.status !== undefined) this.texts(report.status, step(at, 'status'))
    this.attachments(report.attachment, 'report', at)
  }

  private issuer(issuer: Issuer, at: Place): void {
    this.visit('issuer', issuer, at)
    this.texts(issuer, at)
  }

  private recognition(recognition: ResultOfRecognition, around: Surroundings, at: Place): void {
    this.visit('recognition', recognition, at)
    this.texts(recognition, at)
    recognition.recognitionBasis?.forEach((basis, index) =>
      this.report(basis, step(step(at, 'recognitionBasis', index + 1), 'recognitionReport')),
    )
    recognition.recognitionResult?.forEach((los, index) => {
      const place = step(step(at, 'recognitionResult', index + 1), 'learningOpportunitySpecification')
      this.opportunity(los, around, top, place)
    })
  }

  private opportunity(los: LearningOpportunitySpecification, around: Surroundings, above: Above, at: Place): void {
    this.visit('opportunity', { ...around, los, loi: los.instance, above }, at)
    this.texts(los, at)
    this.instance(los, step(step(at, 'specifies'), 'learningOpportunityInstance'))
    const inside = below(above, los)
    los.parts?.forEach((part, index) => {
      const place = step(step(at, 'hasPart', index + 1), 'learningOpportunitySpecification')
      this.opportunity(part, around, inside, place)
    })
  }

  private instance(los: LearningOpportunitySpecification, at: Place): void {
    const loi: LearningOpportunityInstance = los.instance
    this.texts(loi, at)
    if (loi.enrolment !== undefined) {
      this.issuer(loi.enrolment.enrolmentInstitution, step(step(at, 'enrolment'), 'enrolmentInstitution'))
    }
    if (loi.academicTerm !== undefined) this.texts(loi.academicTerm, step(at, 'academicTerm'))
    if (loi.resultDistribution !== undefined) this.texts(loi.resultDistribution, step(at, 'resultDistribution'))
    loi.level?.forEach((level, index) => {
      const place = step(at, 'level', index + 1)
      this.texts(level, place)
      if (level.description !== undefined) this.texts({ description: [level.description] }, place)
    })
    const supplement = loi.diplomaSupplement
    if (supplement === undefined) return
    const place = step(at, 'diplomaSupplement')
    this.visit('supplement', { supplement, los }, place)
    this.sections(supplement.section, place)
  }

  private sections(sections: readonly DiplomaSupplementSection[] = [], at: Place, parentNumber?: string): void {
    sections.forEach((section, index) => {
      const place = step(at, 'section', index + 1)
      this.visit('section', { section, parentNumber }, place)
      this.texts(section, place)
      this.attachments(section.attachment, 'section', place)
      this.sections(section.section, place, section.number)
    })
  }

  private attachments(attachments: readonly Attachment[] = [], of: AttachmentNode['of'], at: Place): void {
    attachments.forEach((attachment, index) => {
      const place = step(at, 'attachment', index + 1)
      this.visit('attachment', { attachment, of }, place)
      this.texts(attachment, place)
    })
  }

  /** The texts that a node holds itself. */
  private texts(holder: object, at: Place): void {
    for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
      if (notText.has(name)) continue
      if (typeof value === 'string') this.visit('text', { name, value }, step(at, name))
      else if (isLangStrings(name, value)) {
        this.visit('texts', { name, texts: value }, at)
        value.forEach((text, index) => this.visit('text', { name, value: text.value }, step(at, name, index + 1)))
      } else if (Array.isArray(value)) {
        value.forEach((text: unknown, index) => {
          if (typeof text === 'string') this.visit('text', { name, value: text }, step(at, name, index + 1))
        })
      }
    }
  }
}
