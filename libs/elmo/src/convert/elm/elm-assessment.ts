import type { GradingScheme, LearningOpportunityInstance, ResultDistribution, ShortenedGrading } from '../../model.js'
import { pointer } from '../loss-report.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import { undetermined, type ElmWriting } from './elm-writing.js'
import { concepts, schemes } from './elm-vocabulary.js'

/** Names the identifier of a grading scheme that holds beyond one document. */
export const externalScheme = 'elmo:gradingSchemeExternalId'
/** Names the identifier of a grading scheme inside its document. */
export const localScheme = 'elmo:gradingSchemeLocalId'

/** A percentage as the whole number that ELM wants. */
function percentage(value: string, from: string, writing: ElmWriting): number | undefined {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return void writing.report.add('VALUE_NOT_VALID', from)
  const rounded = Math.round(number)
  if (String(rounded) !== value) {
    writing.report.add(rounded === number ? 'VALUE_REWRITTEN' : 'PERCENTAGE_ROUNDED', from)
  }
  // Never minus nought.
  return rounded + 0
}

function shortenedGrading(
  grading: ShortenedGrading | undefined,
  from: string,
  writing: ElmWriting,
): ElmNode | undefined {
  if (grading === undefined) return undefined
  const of = (name: keyof ShortenedGrading): number | undefined =>
    percentage(grading[name], pointer(from, name), writing)
  return writing.node('ShortenedGrading', {
    percentageLower: of('percentageLower'),
    percentageEqual: of('percentageEqual'),
    percentageHigher: of('percentageHigher'),
  })
}

/** A histogram. A category that nobody is in cannot be said: ELM counts from one. */
function resultDistribution(
  distribution: ResultDistribution | undefined,
  from: string,
  writing: ElmWriting,
): ElmNode | undefined {
  if (distribution === undefined) return undefined
  const resultCategory = distribution.category.flatMap(({ label, count }, index) => {
    const own = pointer(pointer(from, 'category'), index)
    const number = /^\+?\d+$|^-0+$/.test(count) ? Number(count) : Number.NaN
    if (Number.isSafeInteger(number) && number > 0) {
      if (String(number) !== count) writing.report.add('VALUE_REWRITTEN', pointer(own, 'count'))
      return [writing.node('ResultCategory', { label, count: number })]
    }
    writing.report.add(number === 0 ? 'COUNT_OF_NONE' : 'VALUE_NOT_VALID', own)
    return []
  })
  if (resultCategory.length === 0) return void writing.report.add('COUNT_OF_NONE', from)
  const description = writing.texts(distribution.description, pointer(from, 'description'))
  return writing.node('ResultDistribution', { resultCategory, description })
}

function gradingSchemeOf(
  localId: string,
  schemesOfReport: readonly GradingScheme[],
  from: string,
  writing: ElmWriting,
): ElmNode {
  const index = schemesOfReport.findIndex((scheme) => scheme.localId === localId)
  const description = schemesOfReport[index]?.description
  return writing.node('GradingScheme', {
    title: { [undetermined]: localId },
    identifier: [writing.node('Identifier', { schemeName: localScheme, notation: localId })],
    description: writing.texts(description, pointer(pointer(from, index), 'description')),
  })
}

/** Grading schemes by their identifier, each written once and then used again. */
export class GradingSchemes {
  readonly #written = new Map<string, ElmNode>()

  constructor(
    readonly list: readonly GradingScheme[],
    readonly from: string,
    readonly writing: ElmWriting,
  ) {}

  of(localId: string | undefined): ElmNode | undefined {
    if (localId === undefined) return undefined
    const node = this.#written.get(localId) ?? gradingSchemeOf(localId, this.list, this.from, this.writing)
    this.#written.set(localId, node)
    return node
  }

  /** A scheme that no grade used has no place; nor has a second one of the same name. */
  dropUnused(): void {
    const places = [...this.#written.keys()].map((id) => this.list.findIndex(({ localId }) => localId === id))
    if (places.some((place, index) => place < (places[index - 1] ?? place))) {
      this.writing.report.add('ORDER_CHANGED', this.from)
    }
    this.list.forEach(({ localId }, index) => {
      const isFirst = this.list.findIndex((scheme) => scheme.localId === localId) === index
      if (!isFirst || !this.#written.has(localId)) this.writing.report.add('NO_COUNTERPART', pointer(this.from, index))
    })
  }
}

/** How a result was graded; only where there is a grade, which an assessment of ELM cannot be without. */
export function assessmentOf(
  instance: LearningOpportunityInstance,
  from: string,
  title: ElmNode | undefined,
  awardedBy: ElmNode,
  gradingSchemes: GradingSchemes,
  writing: ElmWriting,
): ElmNode | undefined {
  const { resultLabel, status, gradingSchemeLocalId, gradingSchemeExternalId } = instance
  if (resultLabel === undefined) {
    for (const name of [
      'gradingSchemeLocalId',
      'gradingSchemeExternalId',
      'shortenedGrading',
      'resultDistribution',
    ] as const) {
      if (instance[name] !== undefined) writing.report.add('NO_GRADE', pointer(from, name))
    }
    return undefined
  }
  const hasScheme = gradingSchemeLocalId !== undefined || gradingSchemeExternalId !== undefined
  return writing.node('LearningAssessment', {
    title,
    awardedBy,
    grade: writing.note({ [undetermined]: resultLabel }),
    gradeStatus: !status?.trim() ? undefined : conceptOf(concepts.passed, schemes.gradeStatus, 'Pass'),
    shortenedGrading: shortenedGrading(instance.shortenedGrading, pointer(from, 'shortenedGrading'), writing),
    resultDistribution: resultDistribution(instance.resultDistribution, pointer(from, 'resultDistribution'), writing),
    specifiedBy: hasScheme
      ? writing.node('LearningAssessmentSpecification', {
          title,
          gradingScheme: gradingSchemes.of(gradingSchemeLocalId),
          identifier: writing.identifiers(
            gradingSchemeExternalId === undefined ? [] : [{ type: externalScheme, value: gradingSchemeExternalId }],
          ),
        })
      : undefined,
  })
}
