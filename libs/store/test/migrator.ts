// The process that killed-migration.spec.ts kills: `migrator.ts sqlite|postgres PLACE`. It goes through every step of the
// schema and half of one more, says so, and goes no further.
import { writeSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openPostgres } from '../src/index.js'
import { migrate, migrations } from '../src/migrate.js'
import type { Migration } from '../src/migrations/migration.js'
import { Seal } from '../src/seal.js'

const [kind, place] = process.argv.slice(2) as ['sqlite' | 'postgres', string]
const knex = kind === 'postgres' ? openPostgres({ url: place }) : openSqlite({ file: place })
const standardOutput = 1
const half: Migration = ({ integer }) => [`create table emrex_half (id ${integer})`, 'select 1 as the_end']
knex.on('query', ({ sql }: { readonly sql: string }) => {
  if (!sql.includes('the_end')) return
  writeSync(standardOutput, 'half')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})
await migrate(knex, new Seal({ key: Buffer.alloc(32, 7) }), [...migrations, half])
