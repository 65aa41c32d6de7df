import { ElmoError } from '../../elmo-error.js'
import type {
  AcademicTerm,
  Credit,
  LangString,
  LearningOpportunityInstance,
  LearningOpportunitySpecification,
  Level,
} from '../../model.js'
import { defaultLimits } from '../../limits.js'
import { pointer } from '../loss-report.js'
import { withoutEmpty } from './elm-node.js'
import { addressOf, type ElmAt, type ElmReading } from './elm-reading.js'
import { readAssessment, skipTitle } from './read-assessment.js'
import type { ReadSchemes } from './read-grading-scheme.js'
import { concepts, keyOf, lastPart, opportunityConcepts } from './elm-vocabulary.js'

/**
 * Parts inside one another that a reader of XML takes: a result at the top is the third element from the root, a part two
 * further down, and its instance two more.
 */
const maxParts = Math.floor((defaultLimits.maxDepth - 5) / 2)

/** What the achievements of one report share. */
export interface ReadContext {
  readonly reading: ElmReading
  readonly schemes: ReadSchemes
  /** Says of a property that names an institution that it is read, once it is known whose report this is. */
  readonly institution: (at: ElmAt, name: string) => void
}

interface Achievement {
  readonly at: ElmAt
  readonly awardedBy?: ElmAt
  readonly assessment?: ElmAt
  readonly specification?: ElmAt
  readonly opportunity?: ElmAt
  readonly activity?: ElmAt
  readonly activitySpecification?: ElmAt
  readonly title: readonly LangString[]
}

const listed = <T>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list)

/** The concepts of a property that a reader knows; the others are named. */
function conceptsOf<T>(
  at: ElmAt | undefined,
  key: string,
  reading: ElmReading,
  read: (concept: ElmAt) => T | undefined,
): T[] {
  return (at === undefined ? [] : reading.many(at, key)).flatMap((concept) => {
    const value = read(concept)
    if (value !== undefined) return [value]
    reading.report.add('ELM_NOT_READ', concept.path)
    return []
  })
}

/** The first value of a list; the others are named where they stand. */
function firstOf(
  values: readonly string[],
  at: ElmAt | undefined,
  key: string,
  reading: ElmReading,
): string | undefined {
  if (values.length > 1 && at !== undefined) reading.report.add('TOO_MANY', pointer(at.path, key))
  return values[0]
}

/** A value of which ELMO has one: undefined when another one was first. */
const ofOne = (value: string | undefined, kept: string | undefined): string | undefined =>
  value === kept ? value : undefined

function typesOf(achievement: Achievement, reading: ElmReading): { type?: string; documentType?: string } {
  const found: { type?: string; documentType?: string } = {}
  for (const at of [achievement.opportunity, achievement.specification]) {
    conceptsOf(at, 'dcType', reading, (concept) => {
      const own = reading.ownScheme(concept)?.name
      const word = own === undefined ? undefined : reading.word(concept)
      if (own === 'document-type') return ofOne(word, (found.documentType ??= word))
      const type = own === 'opportunity-type' ? word : keyOf(opportunityConcepts, reading.id(concept))
      return ofOne(type, (found.type ??= type))
    })
  }
  return found
}

function levelsOf(at: ElmAt | undefined, reading: ElmReading): Level[] {
  const levelOf = (concept: ElmAt): Level | undefined => {
    const eqf = /\/snb\/eqf\/([1-8])$/.exec(reading.id(concept))?.[1]
    if (eqf !== undefined) return { type: 'EQF', value: eqf }
    const own = reading.ownScheme(concept)
    if (own?.name !== 'level') return undefined
    const description = reading.first(concept, 'definition')
    const value = reading.word(concept)
    return withoutEmpty({ type: own.of ?? '', description, value }) as unknown as Level
  }
  const national = (concept: ElmAt): Level | undefined => {
    const value = reading.word(concept)
    return value === undefined ? undefined : { type: 'NQF', value }
  }
  return [
    ...conceptsOf(at, 'eqfLevel', reading, levelOf),
    ...conceptsOf(at, 'nqfLevel', reading, national),
    ...conceptsOf(at, 'educationLevel', reading, levelOf),
  ]
}

/** Credits received; where none are stated, those that the specification promises. */
function creditsOf({ at, specification }: Achievement, reading: ElmReading): Credit[] {
  const received = reading.many(at, 'creditReceived')
  const points =
    received.length > 0 || specification === undefined ? received : reading.many(specification, 'creditPoint')
  return points.flatMap((point) => {
    const framework = reading.one(point, 'framework')
    const value = reading.valid(point, 'point', 'decimal')
    if (value === undefined) {
      reading.report.add('ELM_NOT_READ', point.path)
      return []
    }
    const isEcts = framework !== undefined && reading.id(framework) === concepts.ects
    return [{ scheme: isEcts ? 'ects' : ((framework && reading.word(framework)) ?? ''), value }]
  })
}

/** The workload of an activity, where it is a duration of whole hours. */
function hoursOf(activity: ElmAt, reading: ElmReading): string | undefined {
  const duration = reading.text(activity, 'workload')
  const hours = /^PT(\d+)H$/.exec(duration ?? '')?.[1]
  if (duration !== undefined && hours === undefined)
    reading.report.add('ELM_NOT_READ', pointer(activity.path, 'workload'))
  return hours
}

/** Who awarded it and when; an assessment and an activity mostly say once more what their achievement says. */
function awardOf(at: ElmAt | undefined, { reading, institution }: ReadContext): ElmAt | undefined {
  const award = at && reading.one(at, 'awardedBy')
  if (award !== undefined) institution(award, 'awardingBody')
  return award
}

/** A term has a name and two ends; a time that has less says when something began and ended. */
function termOf(term: ElmAt | undefined, reading: ElmReading): AcademicTerm | undefined {
  const title = term === undefined ? [] : reading.texts(term, 'prefLabel')
  if (term === undefined || title.length === 0) return undefined
  const aside = reading.aside()
  if (aside.date(term, 'startDate') === undefined || aside.date(term, 'endDate') === undefined)
    return void reading.report.add('ELM_NOT_READ', term.path)
  return { title, start: reading.date(term, 'startDate') ?? '', end: reading.date(term, 'endDate') ?? '' }
}

function activityOf(achievement: Achievement, context: ReadContext): Partial<LearningOpportunityInstance> {
  const { reading } = context
  const { awardedBy, assessment, specification, opportunity, activity, activitySpecification } = achievement
  const period = activity && reading.one(activity, 'temporal')
  const time = opportunity && reading.one(opportunity, 'temporal')
  const academicTerm = termOf(time, reading)
  const span = academicTerm === undefined ? time : undefined
  const language = (at: ElmAt | undefined): string[] =>
    (at === undefined ? [] : reading.many(at, 'language')).flatMap((each) => reading.language(each) ?? [])
  const spoken = language(activitySpecification)
  const hours = activitySpecification && reading.valid(activitySpecification, 'contactHour', 'decimal')
  const workload = hours === undefined && activity !== undefined ? hoursOf(activity, reading) : undefined
  return {
    start: reading.firstDate([period, 'startDate'], [span, 'startDate']),
    date: reading.firstDate(
      [awardedBy, 'awardingDate'],
      [awardOf(assessment, context), 'awardingDate'],
      [period, 'endDate'],
      [span, 'endDate'],
      [awardOf(activity, context), 'awardingDate'],
    ),
    academicTerm,
    duration: opportunity && reading.valid(opportunity, 'duration', 'duration'),
    languageOfInstruction:
      firstOf(spoken, activitySpecification, 'language', reading) ??
      firstOf(language(specification), specification, 'language', reading),
    engagementHours: hours ?? workload,
  }
}

function notesOf(at: ElmAt | undefined, reading: ElmReading): LangString[] {
  return (at === undefined ? [] : reading.many(at, 'additionalNote')).flatMap((note) => {
    const format = reading.one(note, 'noteFormat')
    if (format !== undefined && /html$/i.test(reading.id(format))) return reading.texts(note, 'noteLiteral')
    reading.report.add('ELM_NOT_READ', note.path)
    reading.skipAll(note)
    return []
  })
}

function subjectsOf({ specification }: Achievement, reading: ElmReading): { iscedCode?: string; subjectArea?: string } {
  const isced = conceptsOf(
    specification,
    'thematicArea',
    reading,
    (concept) => lastPart(reading.id(concept)) || undefined,
  )
  const found: { iscedCode?: string; subjectArea?: string } = {
    iscedCode: firstOf(isced, specification, 'thematicArea', reading),
  }
  conceptsOf(specification, 'educationSubject', reading, (concept) => {
    const own = reading.ownScheme(concept)?.name
    const word = own === undefined ? undefined : reading.word(concept)
    if (own === 'subject-area') return ofOne(word, (found.subjectArea ??= word))
    return own === 'isced-code' ? ofOne(word, (found.iscedCode ??= word)) : undefined
  })
  return found
}

/**
 * The assessments of an achievement: the one that it was awarded for, or else the first, is its grade. One that stands in
 * several places may be written out in any of them and only named in the others.
 */
function assessmentsOf(at: ElmAt, awardedBy: ElmAt | undefined, reading: ElmReading): ElmAt[] {
  const fullest = new Map<string | number, ElmAt>()
  const all = [...(awardedBy === undefined ? [] : reading.many(awardedBy, 'used')), ...reading.many(at, 'provenBy')]
  all.forEach((each, index) => {
    const key = addressOf(each) || index
    const known = fullest.get(key)
    const isFuller = known === undefined || Object.keys(each.node).length > Object.keys(known.node).length
    if (known !== undefined) reading.skipAll(isFuller ? known : each)
    if (isFuller) fullest.set(key, each)
  })
  return [...fullest.values()]
}

/** A title, which ELMO demands: that of the claim, else of its specification, else an empty one. */
function titleOf(at: ElmAt, specification: ElmAt | undefined, place: string, reading: ElmReading): LangString[] {
  const own = reading.texts(at, 'title')
  if (own.length > 0) return own
  const specified = specification === undefined ? [] : reading.texts(specification, 'title')
  if (specified.length > 0) return specified
  reading.report.add('TEXT_EMPTY', pointer(place, 'title'))
  return [{ value: '' }]
}

/** An assessment alone, as a result. */
function assessmentAsResult(
  at: ElmAt,
  place: string,
  type: string | undefined,
  context: ReadContext,
): LearningOpportunitySpecification {
  const { reading, schemes } = context
  const title = titleOf(at, undefined, place, reading)
  const date = reading.firstDate([awardOf(at, context), 'awardingDate'])
  const instance = withoutEmpty({ date, ...readAssessment(at, pointer(place, 'instance'), title, schemes, reading) })
  return { title, ...(type === undefined ? {} : { type }), instance }
}

/** An achievement with its parts as a result. */
function readAchievement(
  at: ElmAt,
  place: string,
  depth: number,
  context: ReadContext,
): LearningOpportunitySpecification {
  if (depth > maxParts)
    throw new ElmoError('ELMO_TOO_DEEP', 'the achievements are nested too deeply', { path: at.path })
  const { reading, schemes, institution } = context
  const specification = reading.one(at, 'specifiedBy')
  const opportunity = reading.one(at, 'learningOpportunity')
  const activity = reading.one(at, 'influencedBy')
  const activitySpecification = activity && reading.one(activity, 'specifiedBy')
  const title = titleOf(at, specification, place, reading)
  const awardedBy = awardOf(at, context)
  const [assessment, ...further] = assessmentsOf(at, awardedBy, reading)
  const achievement: Achievement = {
    ...{ at, awardedBy, assessment, specification },
    ...{ opportunity, activity, activitySpecification, title },
  }
  for (const each of [specification, opportunity, activity, activitySpecification]) {
    if (each !== undefined) skipTitle(each, title, reading)
  }
  if (opportunity !== undefined) institution(opportunity, 'providedBy')
  const instancePlace = pointer(place, 'instance')
  const graded = assessment === undefined ? {} : readAssessment(assessment, instancePlace, title, schemes, reading)
  const activities = activityOf(achievement, context)
  const instance = withoutEmpty({
    ...activities,
    identifier: listed(reading.identifiers(at, 'identifier')),
    ...graded,
    status: graded.status ?? 'passed',
    credit: listed(creditsOf(achievement, reading)),
    level: listed(levelsOf(specification, reading)),
  }) as LearningOpportunityInstance
  if (graded.status === undefined) {
    reading.report.add('STATUS_TAKEN_AS_PASSED', pointer(instancePlace, 'status'))
  }
  const types = typesOf(achievement, reading)
  // Whole or part of a degree: the type says it too.
  const isPartial = types.type === undefined ? undefined : types.type !== 'Degree Programme'
  if (specification !== undefined && specification.node['isPartialQualification'] === isPartial) {
    reading.skip(specification, 'isPartialQualification')
  }
  const own = specification === undefined ? [] : reading.texts(specification, 'description')
  const [homepage] = [specification, opportunity].flatMap((each) =>
    each === undefined ? [] : reading.many(each, 'homepage'),
  )
  const partsPlace = pointer(place, 'parts')
  const parts = readAchievements(reading.many(at, 'hasPart'), partsPlace, depth + 1, context)
  for (const each of further) {
    reading.report.add('ASSESSMENT_AS_PART', each.path, pointer(partsPlace, parts.length))
    parts.push(assessmentAsResult(each, pointer(partsPlace, parts.length), 'Class', context))
  }
  return withoutEmpty({
    identifier: specification && listed(reading.identifiers(specification, 'identifier')),
    title,
    ...types,
    ...subjectsOf(achievement, reading),
    url: homepage && reading.text(homepage, 'contentURL'),
    description: own.length > 0 ? own : listed(reading.texts(at, 'description')),
    descriptionHtml: listed(notesOf(specification, reading)),
    instance,
    parts,
  }) as unknown as LearningOpportunitySpecification
}

/** Claims as results: achievements, and assessments alone. Other claims have no place in ELMO and are named. */
export function readAchievements(
  claims: readonly ElmAt[],
  place: string,
  depth: number,
  context: ReadContext,
): LearningOpportunitySpecification[] {
  const results: LearningOpportunitySpecification[] = []
  for (const claim of claims) {
    const isAssessment = context.reading.is(claim, 'LearningAssessment')
    const isOther = context.reading.is(claim, 'LearningActivity', 'LearningEntitlement', 'Claim')
    if (isOther || Object.keys(claim.node).length < 2) {
      context.reading.report.add('ELM_NOT_READ', claim.path)
      context.reading.skipAll(claim)
    } else if (isAssessment) results.push(assessmentAsResult(claim, pointer(place, results.length), undefined, context))
    else results.push(readAchievement(claim, pointer(place, results.length), depth, context))
  }
  return results
}
