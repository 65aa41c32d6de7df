// The process that the contract kills: `writer.ts DRIVER FILE KEY-IN-HEX`; `postgres` and an address instead of both.
import { writeSync } from 'node:fs'
import { openSqlite, type SqliteDriverName } from '@emrex-gateway/knex-sqlite'
import { openPostgres, openStore } from '../src/index.js'
// By itself: the other contracts would take longer to load than this process lives.
import { writeUntilKilled } from '@emrex-gateway/testing/write-until-killed'

const [driver, place, key] = process.argv.slice(2) as [SqliteDriverName | 'postgres', string, string]
const knex = driver === 'postgres' ? openPostgres({ url: place }) : openSqlite({ file: place, driver })
const store = await openStore({ knex, seal: { key: Buffer.from(key, 'hex') }, now: Date.now })
const standardOutput = 1
// Written at once and not through `process.stdout`, whose last lines would die with the process.
await writeUntilKilled(store, (id) => writeSync(standardOutput, `${id}\n`))
