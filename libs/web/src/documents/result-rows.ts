import { shownDay } from '@emrex-gateway/core'
import { courseCode, type LearningOpportunitySpecification, type Report } from '@emrex-gateway/elmo'
import type { ResultRow } from '../components/result-table.js'
import { shownTitle } from '../components/text-with-title.js'
import type { Translate } from '../texts/translator.js'

/** The results of a report as rows to read, parts below their whole. */
export function resultRows(report: Report, t: Translate, language: string): ResultRow[] {
  const rows: ResultRow[] = []
  const walk = (list: readonly LearningOpportunitySpecification[], path: string, whole?: ResultRow) =>
    list.forEach((los, index) => {
      const key = `${path}/${index}`
      const depth = whole === undefined ? 0 : (whole.depth ?? 0) + 1
      const row = resultRow(los, { key, depth, ...(whole && { whole }) }, t, language)
      rows.push(row)
      walk(los.parts ?? [], key, row)
    })
  walk(report.learningOpportunitySpecification ?? [], '')
  return rows
}

/** One result as a row. What the document does not say is left out, never guessed: no credits and zero credits differ. */
export function resultRow(
  los: LearningOpportunitySpecification,
  place: Pick<ResultRow, 'key' | 'depth' | 'whole'>,
  t: Translate,
  language: string,
): ResultRow {
  const { credit, resultLabel, status, date } = los.instance
  const code = courseCode(los)
  const credits = creditText(credit)
  const state = statusText(status, t)
  return {
    ...place,
    ...shownTitle(los.title, language, ''),
    ...(code === undefined ? {} : { code }),
    ...(credits === undefined ? {} : { credits }),
    ...(resultLabel === undefined ? {} : { grade: resultLabel }),
    ...(date === undefined ? {} : { date: shownDay(date) }),
    ...(state === undefined ? {} : { status: state }),
  }
}

function creditText(credits: LearningOpportunitySpecification['instance']['credit']): string | undefined {
  const stated = (credits ?? []).filter(({ value }) => value !== undefined)
  if (stated.length === 0) return undefined
  return stated.map(({ value, scheme }) => `${value} ${scheme.toLowerCase() === 'ects' ? 'ECTS' : scheme}`).join(', ')
}

function statusText(status: string | undefined, t: Translate): string | undefined {
  if (status === 'passed' || status === 'failed' || status === 'in-progress') return t(`document.status.${status}`)
  return status
}
