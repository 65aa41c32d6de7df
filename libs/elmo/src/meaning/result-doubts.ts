import type { DateDoubt } from './result-date.js'
import type { StatusReason } from './result-status.js'

/** Something about a result that a person should look at. */
export type ResultDoubt =
  | Exclude<StatusReason, 'stated' | 'enrolment' | 'not-stated'>
  | 'grade-in-credit'
  | 'absurd-credits'
  | 'parts-differ'
  | 'same-code-again'
  | DateDoubt

/** Each doubt in plain English, for lists that staff read. */
export const resultDoubtTexts: Readonly<Record<ResultDoubt, string>> = {
  'unknown-status': 'The status is a word that the format does not know; no credits are given for it.',
  'label-contradicts-status':
    'It is said to be passed, but this grade fails, by its words or in the country of the institution.',
  'failing-label': 'No status is given, and this grade fails, by its words or in the country of the institution.',
  'label-fails-elsewhere': 'Neither status nor country is given, and this grade fails in some countries.',
  'label-unknown': 'No status is given, and this grade is not one of the known grades of the country.',
  'several-grades': 'No status is given, and there are several grades.',
  'no-result': 'There is no status, no grade and no date: perhaps it was only registered for.',
  'grade-in-credit': 'The ECTS credits look like an average grade; they are not counted.',
  'absurd-credits': 'The number of credits cannot be right.',
  'parts-differ': 'The parts add up to another number of credits.',
  'same-code-again': 'The same code was passed before with another title, date, term, grade or number of credits.',
  'date-unreadable': 'The date cannot be read.',
  'date-before-start': 'It was finished before it started.',
  'date-before-term': 'It was finished before its term began.',
  'date-after-term': 'It was finished more than a year after its term.',
  'term-order': 'The term ends before it begins.',
}
