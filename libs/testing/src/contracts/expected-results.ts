import type { Report } from '@emrex-gateway/elmo'
import type { Dialect, Student, StudyResult } from '../population/index.js'
import { expectedOutline, outlineOf, type Outline } from './outline-of.js'

/** What the reports say, by code or title, because no system promises an order. */
export const outlinesOf = (reports: readonly Report[], dialect: Dialect): Outline[] =>
  sorted(
    reports.flatMap((report) => report.learningOpportunitySpecification ?? []).map((los) => outlineOf(los, dialect)),
  )

/** The passed results of a student as the reports of a system must tell them, in the same order. */
export function expectedResults(student: Student, dialect: Dialect): Outline[] {
  const has = (what: Dialect['lacks'][number]) => !dialect.lacks.includes(what)
  const isHeld = (result: StudyResult): boolean =>
    (has('zero-credits') || result.credits !== '0') &&
    (has('quarter-credits') || result.credits !== '2.25') &&
    (has('no-credits') || result.credits !== undefined) &&
    (has('no-code') || result.code !== undefined) &&
    (has('other-units') || result.unit === undefined) &&
    (has('recognised') || result.recognised !== true) &&
    (has('degrees') || result.kind !== 'degree')
  const kept = (result: StudyResult): StudyResult[] => {
    const parts = has('parts') || result.kind === 'degree' ? (result.parts ?? []).flatMap(kept) : []
    const { parts: _all, ...alone } = result
    if (['fail', 'withdrawn'].includes(result.outcome)) return []
    if (result.outcome === 'in-progress') return has('unfinished-parts') ? parts : []
    if (!isHeld(result)) return result.kind === 'degree' ? parts : []
    return [parts.length > 0 ? { ...alone, parts } : alone]
  }
  const { first, second = [] } = student.results
  const results = [...first, ...(has('several-institutions') ? second : [])].flatMap(kept)
  return sorted(results.map((result) => expectedOutline(result, dialect)))
}

const sorted = (list: readonly Outline[]): Outline[] => {
  const nameOf = ({ code, title }: Outline) => code ?? title[0]?.value ?? ''
  return list
    .map((one) => (one.parts === undefined ? one : { ...one, parts: sorted(one.parts) }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}
