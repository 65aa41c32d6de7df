import { explainResults, type ExplainedResult } from '../src/meaning/explain-results.js'
import type { ReadElmo } from '../src/document/read-tape.js'

type Counts = Record<string, number>

function countBy<T>(list: readonly T[], of: (item: T) => string): Counts {
  const counts: Counts = {}
  for (const item of list) counts[of(item)] = (counts[of(item)] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** One result in a line that can be read beside the document: no title, no grade, no date. */
function lineOf(result: ExplainedResult): string {
  const { id, type = '-', key, ects, credits, counted, status, unit, repeats, doubts } = result
  const code = key.from === 'generated' ? 'generated' : `${key.code} (${key.from})`
  const sums = [counted.frontier ? 'frontier' : '', counted.course ? 'course' : ''].filter(Boolean).join('+') || '-'
  const role = repeats === undefined ? (unit ? 'unit' : '-') : `same as ${repeats}`
  const state = `${status.status}${status.certain ? '' : '?'}`
  const stated = ects === undefined ? credits : credits === 'credits' ? ects : `${ects} ${credits}`
  return [id, type, code, stated, state, sums, role, ...doubts].join(' | ')
}

/**
 * What `explainResults` makes of a document, without anything personal: what the golden files hold. A line reads: place, type,
 * code, credits, status (with ? when in doubt), sums that count it, role, doubts.
 */
export function explainedOutline({ elmo, namespace }: ReadElmo): unknown {
  const { sums, reports } = explainResults(elmo)
  const { frontier, course, differ } = sums
  const outline = {
    namespace,
    sums: { frontier, course, differ },
    reports: reports.map(({ country, completeness, results }) => ({
      country,
      completeness,
      nodes: results.length,
      withEcts: results.filter(({ ects, credits }) => ects !== undefined || credits === 'grade').length,
      statusGiven: results.filter(({ status }) => status.reason === 'stated').length,
      codesFrom: countBy(results, ({ key }) => key.from),
      datesFrom: countBy(results, ({ date }) => date.from ?? 'none'),
      eqfLevels: countBy(
        results.filter(({ level }) => level !== undefined),
        ({ level }) => `${level?.eqf} (${level?.from})`,
      ),
      results: results.map(lineOf),
    })),
  }
  return JSON.parse(JSON.stringify(outline))
}
