import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openPostgres } from '@emrex-gateway/store'

const dayMs = 86_400_000
/** Copies that are made in one statement. */
const atOnce = 10_000
/** Stands in the id of every copy, and in no id of the gateway. */
const mark = ':'

/**
 * How a copy differs from the row that it is of; every other column is the same. `i` is its number.
 *
 * @type {Readonly<Record<string, (sql: Sql) => Readonly<Record<string, string>>>>}
 */
const tables = {
  emrex_transfer: ({ marked, later }) => ({ id: marked('id'), expires_at: later }),
  emrex_handle: ({ marked, later, random }) => ({
    hash: random,
    transfer: marked('transfer'),
    expires_at: `case when expires_at is null then null else ${later} end`,
  }),
  emrex_body: ({ marked, later }) => ({ transfer: marked('transfer'), expires_at: later }),
  emrex_job: ({ marked }) => ({ name: marked('name') }),
  // Before the first line of the chain, so that new ones follow those that are real.
  emrex_audit: ({ marked }) => ({ id: marked('id'), transfer: marked('transfer'), seq: '-(seq + 1000000 * i)' }),
}

/** What the database gives numbers to by itself. */
const numbered = ['number', 'emrex_job.id']

/**
 * @typedef {object} Sql
 * @property {(column: string) => string} marked
 * @property {string} later
 * @property {string} random 32 bytes
 */

/**
 * Copies what the transfers in a gateway's store left there, all tables alike, until there are so many transfers. What is
 * sealed in a copy cannot be opened; nobody asks for it. No gateway may be on the database.
 *
 * @param {{ readonly file: string } | { readonly url: string }} where
 * @param {number} transfers rows of `emrex_transfer`
 * @returns {Promise<Readonly<Record<string, number>>>} rows of each table
 */
export async function fillStore(where, transfers) {
  const onSqlite = 'file' in where
  const knex = onSqlite ? openSqlite(where) : openPostgres({ url: where.url, statementSeconds: 600 })
  const sql = {
    marked: (/** @type {string} */ column) => `${column} || '${mark}' || i`,
    later: String(Date.now() + dayMs),
    random: onSqlite ? 'randomblob(32)' : "decode(md5(random()::text) || md5(random()::text), 'hex')",
  }
  const numbers = onSqlite
    ? 'with recursive numbers (i) as (select ? union all select i + 1 from numbers where i < ?)'
    : 'with numbers (i) as (select generate_series(?::bigint, ?::bigint))'
  try {
    if (onSqlite) await knex.raw('pragma synchronous = off')
    const count = async (/** @type {string} */ table) =>
      Number((await knex(table).count({ rows: '*' }).first())?.['rows'])
    const real = await count('emrex_transfer')
    const copies = Math.ceil((transfers - real) / real)
    for (const [table, differ] of Object.entries(tables)) {
      const columns = Object.keys(await knex(table).columnInfo()).filter(
        (column) => !numbered.includes(column) && !numbered.includes(`${table}.${column}`),
      )
      const changed = differ(sql)
      const key = Object.keys(changed).find((column) => changed[column] === sql.marked(column)) ?? ''
      const statement = `${numbers} insert into ${table} (${columns.join(', ')})
        select ${columns.map((column) => changed[column] ?? column).join(', ')}
        from (select * from ${table} where ${key} not like '%${mark}%') as made cross join numbers`
      for (let from = 1; from <= copies; from += atOnce)
        await knex.raw(statement, [from, Math.min(copies, from + atOnce - 1)])
    }
    await knex.raw(onSqlite ? 'pragma wal_checkpoint(truncate)' : 'vacuum analyze')
    /** @type {Record<string, number>} */
    const rows = {}
    for (const table of Object.keys(tables)) rows[table] = await count(table)
    return rows
  } finally {
    await knex.destroy()
  }
}
