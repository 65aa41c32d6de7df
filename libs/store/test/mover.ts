// The process that move.spec.ts kills: `mover.ts FILE ADDRESS TABLE`. It comes to that table, says so, and goes no further.
import { writeSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { moveStore, openPostgres } from '../src/index.js'

const [file, url, last] = process.argv.slice(2) as [string, string, string]
const standardOutput = 1
const [source, target] = [openSqlite({ file, soleWriter: true }), openPostgres({ url })]
const progress = (table: string) => {
  if (table !== last) return
  writeSync(standardOutput, table)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
await moveStore(source, target, { keys: { key: Buffer.alloc(32, 7) }, now: Date.now, progress })
