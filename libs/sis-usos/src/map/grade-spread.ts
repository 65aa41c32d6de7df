import type { Notice } from '@emrex-gateway/core'
import type { Examination } from '../api/answers.js'

/** Percentages of at least this may be those of four people or fewer. */
const perhapsFew = 20

const words = { pl: 'Rozkład ocen', en: 'Distribution of grades' }

/**
 * How the grades of all were spread, in words: USOS tells per cent, and ELMO has room for counts of people alone. Left out,
 * with a notice, where so few may stand behind it that one could tell who.
 */
export function gradeSpread(
  examination: Examination | undefined,
  about: string,
  notices: Notice[],
): Readonly<Record<'pl' | 'en', string>> | undefined {
  const shares = (examination?.grades_distribution ?? []).filter(({ percentage }) => percentage > 0)
  if (shares.length === 0) return undefined
  if (shares.every(({ percentage }) => percentage >= perhapsFew)) {
    notices.push({ notice: 'distribution-left-out', detail: about })
    return undefined
  }
  const list = shares.map(({ grade_symbol, percentage }) => `${grade_symbol}: ${percentage} %`).join('; ')
  return { pl: `${words.pl}: ${list}`, en: `${words.en}: ${list}` }
}
