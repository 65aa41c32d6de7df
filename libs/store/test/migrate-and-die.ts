// Brings a SQLite file up to date, and kills itself in the midst of it: `migrate-and-die.ts DRIVER FILE KEY-IN-HEX`.
import { statSync } from 'node:fs'
import { openSqlite, type SqliteDriverName } from '@emrex-gateway/knex-sqlite'
import { openStore } from '../src/index.js'

const [driver, file = '', key = ''] = process.argv.slice(2) as [SqliteDriverName, string, string]
const knex = openSqlite({ file, driver })
// With so little memory, what is changed lies in the log long before it is committed.
await knex.raw('pragma cache_size = 20')
knex.on('query-response', () => {
  const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  if (size > 100_000) process.kill(process.pid, 'SIGKILL')
})
await openStore({ knex, seal: { key: Buffer.from(key, 'hex') }, now: Date.now })
