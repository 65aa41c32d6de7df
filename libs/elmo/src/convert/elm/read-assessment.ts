import type { LangString, LearningOpportunityInstance, ResultDistribution } from '../../model.js'
import { pointer } from '../loss-report.js'
import { externalScheme } from './elm-assessment.js'
import type { ElmAt, ElmReading } from './elm-reading.js'
import { identifierOf, type ReadSchemes } from './read-grading-scheme.js'
import { readStatus } from './read-status.js'

/** Counts a title as read that repeats one which was read. */
export function skipTitle(at: ElmAt, title: readonly LangString[], reading: ElmReading): void {
  const aside = reading.aside().texts(at, 'title')
  if (JSON.stringify(aside) === JSON.stringify(title)) reading.texts(at, 'title')
}

function distributionOf(at: ElmAt, reading: ElmReading): ResultDistribution | undefined {
  const category = reading.many(at, 'resultCategory').flatMap((each) => {
    const [label, count] = [reading.text(each, 'label'), reading.text(each, 'count')]
    if (label !== undefined && count !== undefined && /^\d+$/.test(count)) return [{ label, count }]
    reading.report.add('VALUE_NOT_VALID', each.path)
    return []
  })
  const description = reading.texts(at, 'description')
  if (category.length === 0) return void reading.report.add('ELM_NOT_READ', at.path)
  return { category, ...(description.length === 0 ? {} : { description }) }
}

/** The grade of an assessment with its scheme and standing, as properties of the instance at a place of the document. */
export function readAssessment(
  at: ElmAt,
  place: string,
  title: readonly LangString[],
  schemes: ReadSchemes,
  reading: ElmReading,
): Partial<LearningOpportunityInstance> {
  skipTitle(at, title, reading)
  const grade = reading.one(at, 'grade')
  const specification = reading.one(at, 'specifiedBy')
  if (specification !== undefined) skipTitle(specification, title, reading)
  const scheme = specification && reading.one(specification, 'gradingScheme')
  const external = specification && identifierOf(specification, externalScheme, reading)
  const short = reading.one(at, 'shortenedGrading')
  const distribution = reading.one(at, 'resultDistribution') ?? reading.one(at, 'resultDestribution')
  const percentage = (name: string): string => (short && reading.valid(short, name, 'decimal')) ?? ''
  const shortenedGrading = {
    percentageLower: percentage('percentageLower'),
    percentageEqual: percentage('percentageEqual'),
    percentageHigher: percentage('percentageHigher'),
  }
  const isShort = Object.values(shortenedGrading).every((value) => value !== '')
  if (short !== undefined && !isShort) reading.report.add('ELM_NOT_READ', short.path)
  return {
    resultLabel: grade && reading.plain(grade, 'noteLiteral'),
    status: readStatus(at, pointer(place, 'status'), reading),
    gradingSchemeLocalId: scheme && schemes.read(scheme, reading),
    gradingSchemeExternalId: external,
    shortenedGrading: isShort ? shortenedGrading : undefined,
    resultDistribution: distribution && distributionOf(distribution, reading),
  }
}
