import { defaults } from '@emrex-gateway/core'
import { retentionState } from '@emrex-gateway/store'
import { exitCodes } from './exit-codes.js'
import { withDatabase } from '../database/with-database.js'

/** Tidying comes every half minute; what is left after so many rounds was forgotten. */
const graceMs = 10 * defaults.tidySeconds * 1000
const dayMs = 86_400_000

/** Says how much is kept of each kind, and what should have gone and is still there; changes nothing. Gives the exit code: 1 when something is overdue. */
export function retentionReportCommand(file: string, now = new Date()): Promise<number> {
  return withDatabase(file, { beside: true, reads: true }, async ({ settings }, knex) => {
    const before = now.getTime() - graceMs
    const { keepDays, keepStaffDays } = settings.audit
    const kept = await retentionState(knex, before, {
      // These are looked at once a day.
      ...{ before: before - dayMs, evidence: keepDays * dayMs, staff: keepStaffDays * dayMs },
      doneJobs: defaults.doneJobDays * dayMs,
    })
    const lines = kept.map(({ kind, rows, overdue, oldestEnd }) => {
      if (overdue === 0 || oldestEnd === undefined) return `${kind}: ${rows}, nothing overdue`
      return `${kind}: ${rows}, ${overdue} OVERDUE, the oldest since ${new Date(oldestEnd).toISOString()}`
    })
    process.stdout.write(`${lines.join('\n')}\n`)
    return kept.some(({ overdue }) => overdue > 0) ? exitCodes.refused : exitCodes.ok
  })
}
