// The process that the contract kills: `writer.ts DRIVER FILE KEY-IN-HEX`.
import { writeSync } from 'node:fs'
import { openSqlite, type SqliteDriverName } from '@emrex-gateway/knex-sqlite'
import { openStore } from '../src/index.js'
import { writeUntilKilled } from '@emrex-gateway/testing/contracts'

const [driver, file, key] = process.argv.slice(2) as [SqliteDriverName, string, string]
const knex = openSqlite({ file, driver })
const store = await openStore({ knex, seal: { key: Buffer.from(key, 'hex') }, now: Date.now })
const standardOutput = 1
// Written at once and not through `process.stdout`, whose last lines would die with the process.
await writeUntilKilled(store, (id) => writeSync(standardOutput, `${id}\n`))
