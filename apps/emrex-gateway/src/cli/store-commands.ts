import { defaults } from '@emrex-gateway/core'
import { inspectAudit, inspectStore, migrateStore } from '@emrex-gateway/store'
import { kindOf, withDatabase } from '../database/with-database.js'
import { exitCodes } from './exit-codes.js'

/** Brings the tables of the gateway's own database up to date, for a gateway whose user may make none. Gives the exit code. */
export function storeMigrateCommand(file: string): Promise<number> {
  return withDatabase(file, { beside: false }, async ({ place, seal }, knex) => {
    await migrateStore(knex, seal)
    process.stdout.write(`${kindOf(place)}: up to date\n`)
    return exitCodes.ok
  })
}

/** Says what the database of the gateway is and whether the key fits; changes nothing. Gives the exit code: 1 when something is to be done. */
export function storeCheckCommand(file: string): Promise<number> {
  return withDatabase(file, { beside: true }, async ({ place, seal, auditSigning }, knex) => {
    const { schema, moved, current, keyFits, counts } = await inspectStore(knex, seal)
    const state = moved
      ? 'was moved; another database goes on with what is in it'
      : schema === undefined
        ? 'empty; `emrex store migrate`, or the first start, makes the tables'
        : schema < current
          ? `schema ${schema} of ${current}; \`emrex store migrate\`, or the next start, brings it up to date`
          : schema > current
            ? `schema ${schema}, made by a newer version; this one knows ${current}`
            : `up to date (schema ${schema})`
    const lines = [`${kindOf(place)}: ${state}`]
    if (keyFits !== undefined) lines.push(`  ${keyFits ? 'the key fits' : 'the key does not fit: nothing in it opens'}`)
    lines.push(...Object.entries(counts).map(([table, count]) => `  ${table}: ${count}`))
    let sound = true
    if (schema === current && keyFits !== false) {
      const { problems } = await inspectAudit(knex, seal, auditSigning).verify({ newest: defaults.auditNewestLines })
      sound = problems.length === 0
      const newest = `of each chain of evidence, the newest ${defaults.auditNewestLines} lines`
      lines.push(`  ${newest} ${sound ? 'hold' : 'do NOT hold: `emrex audit verify` says where'}`)
    }
    process.stdout.write(`${lines.join('\n')}\n`)
    return schema === current && !moved && keyFits !== false && sound ? exitCodes.ok : exitCodes.refused
  })
}
