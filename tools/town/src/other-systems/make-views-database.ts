import { rowsOfPopulation, sqlInstitutions } from '@emrex-gateway/testing'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { ddlStatements, viewContract } from '@emrex-gateway/sis-sql'

export const viewsDomain = 'views.example'

/** A database with the views of the contract as plain tables, filled with the shared population, and the import tables. */
export async function makeViewsDatabase(file: string): Promise<void> {
  const knex = openSqlite({ file })
  try {
    const rows: Readonly<Record<string, readonly object[] | undefined>> = { ...rowsOfPopulation() }
    for (const [view, { columns }] of Object.entries(viewContract)) {
      const names = Object.keys(columns).map((column) => `"${column}"`)
      await knex.raw(`create table emrex_${view} (${names.join(', ')})`)
      for (const row of rows[view] ?? []) await knex(`emrex_${view}`).insert(row)
    }
    // Another system of the town plays the same university.
    await knex('emrex_institution')
      .where({ institution_code: sqlInstitutions.first.code })
      .update({ title: 'Universitetet Utsikten', title_en: 'University of the Views', schac: viewsDomain })
    const tables = ddlStatements('sqlite').filter((statement) => statement.includes('create table'))
    for (const statement of tables) await knex.raw(statement)
  } finally {
    await knex.destroy()
  }
}
