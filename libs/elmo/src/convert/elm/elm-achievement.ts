import type { LearningOpportunityInstance, LearningOpportunitySpecification, Level } from '../../model.js'
import { resultStatus } from '../../meaning/result-status.js'
import { eqfOfCreditLevel } from '../credit-level.js'
import { pointer, type Place } from '../loss-report.js'
import { passedResults } from '../passed-results.js'
import { assessmentOf, type GradingSchemes } from './elm-assessment.js'
import { supplementFile } from './elm-attachment.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import { listOf, undetermined, type ElmWriting } from './elm-writing.js'
import { concepts, eqfConcept, iscedConcept, opportunityConcepts, schemes, valueOf } from './elm-vocabulary.js'
import { isIscedF } from './isced-f.js'

/** What the achievements of one report share. */
export interface AchievementContext {
  readonly writing: ElmWriting
  /** Of the institution; it decides which grades fail. */
  readonly country: string | undefined
  readonly awardingBody: ElmNode
  readonly gradingSchemes: GradingSchemes
  /** Takes a file into the attachments of the credential and gives its JSON Pointer. */
  readonly attach: (file: ElmNode) => string
}

const isEqf = ({ type, value }: Level): boolean => type === 'EQF' && /^[1-8]$/.test(value ?? '')

/** The EQF level of a result; where none is stated, that of its credits, as ELMO 1 had it, stands for it. */
const eqfOf = ({ level = [], credit = [] }: LearningOpportunityInstance): string | undefined =>
  level.find(isEqf)?.value ?? credit.map((each) => eqfOfCreditLevel(each.level)).find((value) => value !== undefined)

function levelConcept(level: Level, from: string, writing: ElmWriting): ElmNode {
  const { type, value, description } = level
  const definition = writing.texts(description && [description], pointer(from, 'description'))
  return writing.ownConcept('level', value, { of: type, definition })
}

/** What can be learnt. Where its EQF level is known it is a qualification, else a specification of learning. */
function specificationOf(
  los: LearningOpportunitySpecification,
  from: string,
  title: ElmNode | undefined,
  { writing }: AchievementContext,
): ElmNode {
  const { identifier, type, subjectArea, iscedCode, url, description, descriptionHtml, documentType, instance } = los
  const levels = instance.level ?? []
  const places = (index: number): string => pointer(pointer(pointer(from, 'instance'), 'level'), index)
  const eqf = eqfOf(instance)
  const stated = levels.findIndex(isEqf)
  if (stated >= 0) writing.drop(places(stated), { description: levels[stated]?.description })
  // The EQF level is read first, whatever stood before it.
  if (eqf !== undefined && levels.length > 0 && stated !== 0)
    writing.report.add('ORDER_CHANGED', pointer(pointer(from, 'instance'), 'level'))
  const isIsced = iscedCode !== undefined && isIscedF(iscedCode)
  const html = writing.texts(descriptionHtml, pointer(from, 'descriptionHtml'))
  return writing.node(eqf === undefined ? 'LearningAchievementSpecification' : 'Qualification', {
    title,
    identifier: writing.identifiers(identifier),
    description: writing.texts(description, pointer(from, 'description')),
    additionalNote: listOf(writing.note(html, conceptOf(concepts.html, schemes.fileType, 'HTML'))),
    homepage: listOf(writing.webResource(url)),
    dcType: listOf(documentType === undefined ? undefined : writing.ownConcept('document-type', documentType)),
    thematicArea: isIsced ? [conceptOf(iscedConcept(iscedCode), schemes.isced)] : [],
    educationSubject: listOf(
      subjectArea === undefined ? undefined : writing.ownConcept('subject-area', subjectArea),
      iscedCode === undefined || isIsced ? undefined : writing.ownConcept('isced-code', iscedCode),
    ),
    eqfLevel: eqf === undefined ? undefined : conceptOf(eqfConcept(eqf), schemes.eqf, `Level ${eqf}`),
    educationLevel: levels.flatMap((level, index) =>
      index === stated ? [] : [levelConcept(level, places(index), writing)],
    ),
    isPartialQualification: eqf === undefined || type === undefined ? undefined : type !== 'Degree Programme',
  })
}

/** When and as what it was taught. */
function opportunityOf(
  { type, instance }: LearningOpportunitySpecification,
  from: string,
  title: ElmNode | undefined,
  { writing, awardingBody }: AchievementContext,
): ElmNode | undefined {
  const { academicTerm } = instance
  const duration = writing.valid(instance.duration, 'duration', pointer(pointer(from, 'instance'), 'duration'))
  if (type === undefined && academicTerm === undefined && duration === undefined) return undefined
  const known = type === undefined ? undefined : valueOf(opportunityConcepts, type)
  const own = pointer(pointer(from, 'instance'), 'academicTerm')
  return writing.node('LearningOpportunity', {
    title,
    providedBy: [awardingBody],
    dcType: listOf(
      known !== undefined ? conceptOf(known, schemes.opportunity, type) : undefined,
      type !== undefined && known === undefined ? writing.ownConcept('opportunity-type', type) : undefined,
    ),
    duration,
    temporal:
      academicTerm &&
      writing.node('PeriodOfTime', {
        prefLabel: writing.texts(academicTerm.title, pointer(own, 'title')),
        startDate: writing.dateTime(academicTerm.start, pointer(own, 'start')),
        endDate: writing.dateTime(academicTerm.end, pointer(own, 'end')),
      }),
  })
}

/** What the learner did: in which language, for how long, from when to when. */
function activityOf(
  { instance }: LearningOpportunitySpecification,
  from: string,
  title: ElmNode | undefined,
  awardedBy: ElmNode,
  { writing }: AchievementContext,
): ElmNode | undefined {
  const { start, date, languageOfInstruction } = instance
  const engagementHours = writing.valid(instance.engagementHours, 'decimal', pointer(from, 'engagementHours'))
  const language = writing.language(languageOfInstruction, pointer(from, 'languageOfInstruction'))
  const isFiller = engagementHours !== undefined && Number(engagementHours) === 0
  if (isFiller) writing.report.add('HOURS_OF_NONE', pointer(from, 'engagementHours'))
  const contactHour = isFiller ? undefined : engagementHours
  const startDate = writing.dateTime(start, pointer(from, 'start'))
  if (language === undefined && contactHour === undefined && startDate === undefined) return undefined
  return writing.node('LearningActivity', {
    title,
    awardedBy,
    temporal: listOf(
      startDate === undefined
        ? undefined
        : writing.node('PeriodOfTime', { startDate, endDate: writing.dateTime(date, pointer(from, 'date')) }),
    ),
    specifiedBy:
      language === undefined && contactHour === undefined
        ? undefined
        : writing.node('LearningActivitySpecification', {
            title,
            language: listOf(language),
            contactHour: contactHour === undefined ? undefined : [contactHour],
          }),
  })
}

/** Credits. ECTS is known whatever its case; another scheme is a concept of our own. */
function creditsOf(
  { instance }: LearningOpportunitySpecification,
  { from, to }: Place,
  writing: ElmWriting,
): ElmNode[] {
  const eqf = eqfOf(instance)
  return (instance.credit ?? []).flatMap(({ scheme, level, value }, index) => {
    const own = pointer(pointer(from, 'credit'), index)
    if (level !== undefined && eqf !== undefined && eqfOfCreditLevel(level) === eqf)
      writing.report.add('CREDIT_LEVEL_MOVED', pointer(own, 'level'), pointer(pointer(to, 'specifiedBy'), 'eqfLevel'))
    else writing.drop(own, { level })
    if (value === undefined) {
      writing.report.add('CREDIT_WITHOUT_VALUE', own)
      return []
    }
    const point = writing.valid(value, 'decimal', own)
    if (point === undefined) return []
    const isEcts = scheme.trim().toLowerCase() === 'ects'
    if (isEcts && scheme !== 'ects') writing.report.add('VALUE_REWRITTEN', pointer(own, 'scheme'))
    const framework = isEcts
      ? conceptOf(concepts.ects, schemes.credit, 'European Credit Transfer System')
      : writing.ownConcept('credit-scheme', scheme)
    return [writing.node('CreditPoint', { framework, point })]
  })
}

/** One passed result with its passed parts. */
function achievementOf(los: LearningOpportunitySpecification, place: Place, context: AchievementContext): ElmNode {
  const { writing, awardingBody, gradingSchemes, attach } = context
  const { instance } = los
  const from = pointer(place.from, 'instance')
  const title = writing.texts(los.title, pointer(place.from, 'title'))
  const awardedBy = writing.node('AwardingProcess', {
    awardingBody: [awardingBody],
    awardingDate: writing.dateTime(instance.date, pointer(from, 'date')),
  })
  writing.drop(place.from, {
    extension: los.extension,
    extensionAttributes: los.extensionAttributes,
    specifiesExtension: los.specifiesExtension,
    specifiesExtensionAttributes: los.specifiesExtensionAttributes,
  })
  writing.drop(from, {
    enrolment: instance.enrolment,
    attachments: instance.attachments,
    grouping: instance.grouping,
    extension: instance.extension,
    extensionAttributes: instance.extensionAttributes,
  })
  if (!instance.status?.trim()) writing.report.add('STATUS_TAKEN_AS_PASSED', place.to)
  else if (instance.status !== 'passed') writing.report.add('VALUE_REWRITTEN', pointer(from, 'status'))
  if (instance.diplomaSupplement !== undefined) {
    const kept = attach(supplementFile(instance.diplomaSupplement, title, writing))
    writing.report.add('SUPPLEMENT_AS_ATTACHMENT', pointer(from, 'diplomaSupplement'), kept)
  }
  return writing.node('LearningAchievement', {
    title: title ?? { [undetermined]: '' },
    identifier: writing.identifiers(instance.identifier),
    awardedBy,
    specifiedBy: specificationOf(los, place.from, title, context),
    learningOpportunity: opportunityOf(los, place.from, title, context),
    influencedBy: listOf(activityOf(los, from, title, awardedBy, context)),
    provenBy: listOf(assessmentOf(instance, from, title, awardedBy, gradingSchemes, writing)),
    creditReceived: creditsOf(los, { from, to: place.to }, writing),
    hasPart: achievementsOf(
      los.parts ?? [],
      { from: pointer(place.from, 'parts'), to: pointer(place.to, 'hasPart') },
      context,
    ),
  })
}

/** The passed results of a list; what was not passed, be it by its grade alone, is no achievement. */
export function achievementsOf(
  list: readonly LearningOpportunitySpecification[],
  place: Place,
  context: AchievementContext,
  offset = 0,
): ElmNode[] {
  const { country, writing } = context
  const isPassed = (los: LearningOpportunitySpecification) => resultStatus(los, { country }).status === 'passed'
  return passedResults(list, place.from, writing.report, isPassed).map(({ los, from, movedUp }, index) => {
    const to = pointer(place.to, offset + index)
    if (movedUp) writing.report.add('PART_MOVED_UP', from, to)
    return achievementOf(los, { from, to }, context)
  })
}
