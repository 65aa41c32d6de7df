import { defaults } from '@emrex-gateway/core'
import { inspectAudit, inspectStore, migrateStore } from '@emrex-gateway/store'
import { describeSchema } from '../database/look-at-database.js'
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
    const state = await inspectStore(knex, seal)
    const { schema, moved, current, keyFits, counts } = state
    const lines = [`${kindOf(place)}: ${describeSchema(state)}`]
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
