import type { Knex } from 'knex'
import type { SourceTable } from './source-tables.js'
import { TableDigest, type TableContent } from './table-digest.js'

type Row = Readonly<Record<string, unknown>>
interface Answer<Given> {
  readonly rows: readonly Given[]
}

/** The columns of every table of the store that a PostgreSQL database has, in the schema in which ours are made. */
export async function targetColumns(trx: Knex.Transaction): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = (await trx.raw(
    `select table_name as name, column_name as column from information_schema.columns
     where table_schema = current_schema() and table_name like 'emrex\\_%' and table_name <> 'emrex_schema'`,
  )) as Answer<{ name: string; column: string }>
  const tables = new Map<string, string[]>()
  for (const { name, column } of rows) tables.set(name, [...(tables.get(name) ?? []), column])
  return tables
}

/** Keeps everybody else out of these tables until the transaction ends. */
export async function lockTables(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  for (const name of names) await trx.raw('lock table ?? in access exclusive mode', [name])
}

/** Whether any of them holds anything. */
export async function holdsAny(trx: Knex.Transaction, names: readonly string[]): Promise<boolean> {
  for (const name of names) if ((await trx(name).first()) !== undefined) return true
  return false
}

/** Writes rows as they are, the numbers that the table would give by itself included. */
export async function insertRows(trx: Knex.Transaction, { name, columns }: SourceTable, rows: readonly Row[]) {
  const names = columns.map(() => '??').join(', ')
  const places = `(${columns.map(() => '?').join(', ')})`
  const values = rows.flatMap((row) => columns.map((column) => row[column] as Knex.RawBinding))
  await trx.raw(`insert into ?? (${names}) overriding system value values ${rows.map(() => places).join(', ')}`, [
    name,
    ...columns,
    ...values,
  ])
}

/** Lets a table go on with its numbers where the other one stopped. */
export async function goOnCounting(trx: Knex.Transaction, { name, lastNumber }: SourceTable): Promise<void> {
  const { rows } = (await trx.raw(
    `select column_name as column from information_schema.columns
     where table_schema = current_schema() and table_name = ? and is_identity = 'YES'`,
    [name],
  )) as Answer<{ column: string }>
  if (lastNumber === undefined || lastNumber === 0) return
  for (const { column } of rows)
    await trx.raw('select setval(pg_get_serial_sequence(?, ?), ?)', [name, column, lastNumber])
}

/** What lies in a table, read back from it. */
export async function targetContent(trx: Knex.Transaction, { name, batch }: SourceTable): Promise<TableContent> {
  const digest = new TableDigest()
  await trx.raw('declare emrex_move no scroll cursor for select * from ??', [name])
  for (;;) {
    const { rows } = (await trx.raw(`fetch ${batch} from emrex_move`)) as Answer<Row>
    if (rows.length === 0) break
    rows.forEach((row) => digest.add(row))
  }
  await trx.raw('close emrex_move')
  return digest.content
}
