import { calendarDay, type Notice, type Want } from '@emrex-gateway/core'
import type { ViewRow } from './view-row.js'

/** What a notice about a result names it by. */
export const nameOfResult = (row: ViewRow): { detail?: string } => {
  const detail = row.text('code') ?? row.text('title')
  return detail === undefined ? {} : { detail }
}

/**
 * The rows that were asked for: passed results, and failed or unfinished ones where wanted, within the days. Withdrawn
 * results never, and none of unknown status: a reader would take a result without a status for a passed one. What belongs
 * to a row that is not among them, such as its documents, is not read either.
 */
export function wantedRows(rows: readonly ViewRow[], want: Want, notices: Notice[]): ViewRow[] {
  return rows.filter((row) => {
    const status = row.text('status')?.toLowerCase()
    if (status === 'withdrawn') return false
    const isWanted = { passed: true, failed: want.failed, 'in-progress': want.inProgress }[status ?? '']
    if (isWanted === undefined) notices.push({ notice: 'status-unknown', ...nameOfResult(row) })
    const day = calendarDay(row.text('date'))
    return isWanted === true && (day === undefined || ((want.from ?? day) <= day && day <= (want.to ?? day)))
  })
}
