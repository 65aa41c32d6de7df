import type { LearningOpportunitySpecification } from '../model.js'
import { fails, gradeLabels, gradeLabelsOf, isUnlisted, saysFailed, type GradeLabels } from './grade-labels.js'

/** Why a status is what it is. */
export type StatusReason =
  | 'stated'
  | 'enrolment'
  | 'not-stated'
  | 'unknown-status'
  | 'label-contradicts-status'
  | 'failing-label'
  | 'label-fails-elsewhere'
  | 'label-unknown'
  | 'several-grades'
  | 'no-result'

export interface ResultStatus {
  readonly status: 'passed' | 'failed' | 'in-progress'
  /** False: a person should look before credits are given. */
  readonly certain: boolean
  readonly reason: StatusReason
}

export interface StatusContext {
  /** Of the issuer, as the document has it; '' or absent when it has none. */
  readonly country?: string | undefined
  /** What the nearest whole that has a status, a grade or a date is taken as: a part without any shares it. */
  readonly whole?: ResultStatus['status'] | undefined
}

type Status = ResultStatus['status']
const certain = (status: Status, reason: StatusReason): ResultStatus => ({ status, certain: true, reason })
const doubtful = (status: Status, reason: StatusReason): ResultStatus => ({ status, certain: false, reason })

/** A label that is several grades with blanks between: numbers and what the country's lists name. */
function severalGrades(label: string, labels: GradeLabels | undefined): string[] {
  const words = label.trim().split(/\s+/)
  const isGrade = (word: string): boolean =>
    /^[\d.,+-]+!?$/.test(word) || /^n?zal$/i.test(word) || (labels !== undefined && fails(labels, word))
  return words.length > 1 && words.every(isGrade) ? words : []
}

function fromLabel(label: string, country: string): ResultStatus {
  if (saysFailed(label)) return doubtful('failed', 'failing-label')
  const labels = gradeLabelsOf(country)
  const grades = severalGrades(label, labels)
  if (grades.length > 0) {
    const allFail = labels !== undefined && grades.every((grade) => fails(labels, grade))
    return doubtful(allFail ? 'failed' : 'passed', 'several-grades')
  }
  if (labels !== undefined) {
    if (fails(labels, label)) return doubtful('failed', 'failing-label')
    return isUnlisted(labels, label) ? doubtful('passed', 'label-unknown') : certain('passed', 'not-stated')
  }
  const elsewhere = country === '' && gradeLabels.some((one) => fails(one, label))
  return elsewhere ? doubtful('passed', 'label-fails-elsewhere') : certain('passed', 'not-stated')
}

const isStatus = (word: string): word is Status => ['passed', 'failed', 'in-progress'].includes(word)

/** An enrolment or an admission: what was begun or may begin, not what was achieved. */
const isEnrolment = ({ instance, documentType }: LearningOpportunitySpecification): boolean =>
  instance.enrolment !== undefined || ['Enrolment', 'Admission'].includes(documentType ?? '')

/**
 * What the result says itself: its status in any case, in-progress for a word that the format does not know and, where
 * there is no status, for an enrolment or an admission; undefined when it says nothing.
 *
 * Spec: LOI-STATUS-DEFAULT, ENR-STATUS of the ELMO annotations.
 */
export function statedStatus(los: LearningOpportunitySpecification): Status | undefined {
  const word = los.instance.status?.trim().toLowerCase() ?? ''
  if (word !== '') return isStatus(word) ? word : 'in-progress'
  return isEnrolment(los) ? 'in-progress' : undefined
}

/** The result itself has a status, a grade or a date. */
export const hasResult = ({ instance }: LearningOpportunitySpecification): boolean =>
  [instance.status, instance.resultLabel, instance.date].some((text) => text !== undefined && text.trim() !== '')

/**
 * Passed, failed or in progress, and whether a person should look.
 *
 * - A stated status decides. `passed` with a grade that fails in that country, or by its words, is in doubt. A word that the format does not
 *   know gives no credits (in-progress) and is in doubt.
 * - No status means passed, except for an enrolment or an admission, which is in progress.
 * - No status and a grade that is known to fail in the country of the issuer, or whose words say so: failed, in doubt. Where all passing grades of
 *   the country are known, one that is on neither list is in doubt, and so is a list of several grades. Where the country is
 *   not given, a grade that fails anywhere is in doubt.
 * - No status, no grade and no date: as the whole that it is part of; in doubt unless that was passed. Where no whole above has
 *   any of them: passed, in doubt; it may have only been registered for.
 *
 * Spec: LOI-STATUS-DEFAULT, RPT-ONLY-PASSED, ENR-STATUS of the ELMO annotations; practice rules P-PAST-STATUS and
 * P-RESULT-MULTI.
 */
export function resultStatus(los: LearningOpportunitySpecification, context: StatusContext = {}): ResultStatus {
  const { status = '', resultLabel = '' } = los.instance
  const country = context.country?.trim() ?? ''
  const word = status.trim().toLowerCase()
  const stated = statedStatus(los)
  if (stated !== undefined) {
    if (word === '') return certain(stated, 'enrolment')
    if (!isStatus(word)) return doubtful(stated, 'unknown-status')
    const labels = gradeLabelsOf(country)
    const isFailing = saysFailed(resultLabel) || (labels !== undefined && fails(labels, resultLabel))
    return stated === 'passed' && isFailing ? doubtful(stated, 'label-contradicts-status') : certain(stated, 'stated')
  }
  if (resultLabel.trim() !== '') return fromLabel(resultLabel, country)
  if (hasResult(los) || context.whole === 'passed') return certain('passed', 'not-stated')
  return doubtful(context.whole ?? 'passed', 'no-result')
}

/**
 * What the parts of a result are judged in.
 *
 * Spec: as `resultStatus`.
 */
export function contextOfParts(los: LearningOpportunitySpecification, context: StatusContext = {}): StatusContext {
  if (!hasResult(los) && statedStatus(los) === undefined) return context
  return { ...context, whole: resultStatus(los, context).status }
}
