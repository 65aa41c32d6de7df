import type { Knex } from 'knex'
import { movedTable } from './moved-mark.js'

type Row = Readonly<Record<string, unknown>>

/** A table of a SQLite database, as the move reads it. */
export interface SourceTable {
  readonly name: string
  readonly columns: readonly string[]
  /** So many rows are read at once that they are some MiB. */
  readonly batch: number
  /** The last number that the table gave, where it gives numbers; those of removed rows count. */
  readonly lastNumber?: number
}

const batchBytes = 8 * 1024 * 1024
const batchRows = 200

/** Every table of the store but the one that says which schema it has; one that refers to another comes after it. */
export async function sourceTables(trx: Knex.Transaction): Promise<readonly SourceTable[]> {
  const names = await trx('sqlite_master')
    .where({ type: 'table' })
    .whereRaw(`name like 'emrex\\_%' escape '\\'`)
    .whereNotIn('name', ['emrex_schema', movedTable])
    .orderBy('name')
    .pluck<string[]>('name')
  const tables = new Map<string, SourceTable>()
  const visit = async (name: string): Promise<void> => {
    if (tables.has(name)) return
    const references = (await trx.raw(`pragma foreign_key_list(${name})`)) as { table: string }[]
    for (const { table } of references) if (table !== name) await visit(table)
    tables.set(name, await describeTable(trx, name))
  }
  for (const name of names) await visit(name)
  return [...tables.values()]
}

async function describeTable(trx: Knex.Transaction, name: string): Promise<SourceTable> {
  const columns = (await trx.raw(`pragma table_info(${name})`)) as { name: string; type: string }[]
  const blobs = columns.filter(({ type }) => type.toLowerCase() === 'blob')
  const lengths = ['0', ...blobs.map((column) => `coalesce(max(length("${column.name}")), 0)`)].join(' + ')
  const [size] = (await trx.raw(`select ${lengths} as bytes from ${name}`)) as { bytes: number }[]
  const [sequence] = await trx('sqlite_sequence').where({ name }).pluck<number[]>('seq')
  return {
    name,
    columns: columns.map((column) => column.name),
    batch: Math.max(1, Math.min(batchRows, Math.floor(batchBytes / Math.max(1, Number(size?.bytes ?? 0))))),
    ...(sequence === undefined ? {} : { lastNumber: Number(sequence) }),
  }
}

/** The rows of a table in the order in which they were written, some at a time. */
export async function* sourceRows(trx: Knex.Transaction, { name, batch }: SourceTable): AsyncGenerator<readonly Row[]> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = (await trx(name)
      .select('*', trx.raw('rowid as "rowid of it"'))
      .where('rowid', '>', after)
      .orderBy('rowid')
      .limit(batch)) as (Row & { 'rowid of it': number })[]
    if (rows.length === 0) return
    after = Number(rows.at(-1)!['rowid of it'])
    yield rows.map(({ 'rowid of it': _rowid, ...row }) => row)
  }
}
