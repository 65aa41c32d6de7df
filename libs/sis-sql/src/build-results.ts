import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { nestParts, type Notice } from '@emrex-gateway/core'
import { buildResult } from './build-result.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'

/**
 * The wanted rows of one person at one institution as trees, by `parent_key`; `all` holds the unwanted ones too. A part
 * whose parent is missing, unwanted or among its own parts stands at the next level that is there.
 */
export function buildResults(
  wanted: readonly ViewRow[],
  all: readonly ViewRow[],
  details: ResultDetails,
  notices: Notice[],
): LearningOpportunitySpecification[] {
  const parentKeys = new Map(all.map((row) => [row.required('result_key'), row.text('parent_key')]))
  const results = wanted.map((row) => {
    const key = row.required('result_key')
    return { key, parent: parentKeys.get(key), specification: buildResult(row, details, notices) }
  })
  return nestParts(results, notices, parentKeys)
}
