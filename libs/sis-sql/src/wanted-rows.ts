import type { Notice, Want } from '@emrex-gateway/core'
import type { ViewRow } from './view-row.js'

/**
 * The rows that may leave: passed results, and failed or unfinished ones where wanted. Withdrawn results never, and
 * none of unknown status: a reader would take a result without a status for a passed one.
 */
export function wantedRows(rows: readonly ViewRow[], want: Want, notices: Notice[]): ViewRow[] {
  return rows.filter((row) => {
    const status = row.text('status')?.toLowerCase()
    if (status === 'passed') return true
    if (status === 'failed') return want.failed
    if (status === 'in-progress') return want.inProgress
    if (status !== 'withdrawn') notices.push({ notice: 'status-unknown' })
    return false
  })
}
