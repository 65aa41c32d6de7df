import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { UniversityId } from '@emrex-gateway/town'

export interface Import {
  readonly delivery_id: string
  readonly person_key: string
  readonly match: string
  readonly elmo_xml: Uint8Array
  readonly items: readonly ImportedItem[]
}

export interface ImportedItem {
  readonly delivery_id: string
  readonly item_no: number
  readonly parent_item_no: number | null
  readonly code: string | null
  readonly title: string
  readonly credits: string | null
  readonly grade: string | null
  readonly date: string | null
}

/** What the student system of a university was given, oldest first. `folder` is the town's. */
export async function readImports(folder: string, home: UniversityId): Promise<readonly Import[]> {
  const knex = openSqlite({ file: join(folder, `${home}.sqlite`), readOnly: true })
  try {
    const rows = (await knex('emrex_import').orderBy('rowid')) as Omit<Import, 'items'>[]
    const items = (await knex('emrex_import_item').orderBy(['delivery_id', 'item_no'])) as ImportedItem[]
    return rows.map((row) => ({ ...row, items: items.filter((item) => item.delivery_id === row.delivery_id) }))
  } finally {
    await knex.destroy()
  }
}
