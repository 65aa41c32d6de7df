import type { SisContext } from '@emrex-gateway/core'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

/** What other views say about the results of one person, by result key. */
export interface ResultDetails {
  readonly creditScheme: string
  readonly distributions: ReadonlyMap<string, readonly { label: string; count: string }[]>
  /** Results whose distribution is not shown: few people, or counts that are not counts. */
  readonly hiddenDistributions: ReadonlySet<string>
  readonly supplementSections: ReadonlyMap<string, readonly ViewRow[]>
  /** Internal identifiers of attachments. */
  readonly attachmentsOf: ReadonlyMap<string, readonly string[]>
}

export type ResultKeys = readonly string[]

/** Grade distributions, where enough people stand behind one that nobody can be told from it. */
export async function readDistributions(
  views: SqlViews,
  keys: ResultKeys,
  context: SisContext,
): Promise<Pick<ResultDetails, 'distributions' | 'hiddenDistributions'>> {
  const rows = await rowsByResult(views, 'distribution', keys, context)
  const distributions = new Map<string, { label: string; count: string }[]>()
  const hiddenDistributions = new Set<string>()
  for (const [key, ofResult] of rows) {
    const counted = ofResult.map((row) => ({ label: row.required('label'), count: row.required('count') }))
    // A view that joins too much shows a count twice, and so twice as many people.
    const categories = [...new Map(counted.map((one) => [JSON.stringify(one), one])).values()]
    const people = categories.reduce((sum, { count }) => sum + Number(count), 0)
    const counts = categories.every(({ count }) => /^\d{1,9}$/.test(count))
    if (counts && people >= views.settings.distributionMinPersons) distributions.set(key, categories)
    else hiddenDistributions.add(key)
  }
  return { distributions, hiddenDistributions }
}

export function readSupplementSections(
  views: SqlViews,
  keys: ResultKeys,
  context: SisContext,
): Promise<ResultDetails['supplementSections']> {
  return rowsByResult(views, 'ds_section', keys, context)
}

// Databases bind a few thousand values to one query at most.
const keysPerQuery = 500

async function rowsByResult(
  views: SqlViews,
  view: 'distribution' | 'ds_section',
  keys: ResultKeys,
  context: SisContext,
): Promise<Map<string, ViewRow[]>> {
  const byKey = new Map<string, ViewRow[]>()
  for (let from = 0; from < keys.length; from += keysPerQuery) {
    const some = keys.slice(from, from + keysPerQuery)
    for (const row of await views.rows(view, context, (query) => query.whereIn('result_key', some))) {
      const key = row.required('result_key')
      byKey.set(key, [...(byKey.get(key) ?? []), row])
    }
  }
  return byKey
}
