import { dialectOf } from './dialects/dialect-of.js'
import type { SqlClient } from './sql-settings.js'
import { importContract, viewContract, type ColumnRule, type ImportTableName, type ViewName } from './view-contract.js'

const primaryKeys: Readonly<Record<ImportTableName, readonly string[]>> = {
  import: ['delivery_id'],
  import_item: ['delivery_id', 'item_no'],
}

/**
 * The statements that make the views and the import tables of a database, with a comment for each column. They run as they
 * are and make views without rows; the owner puts the columns of their own tables in the place of the empty ones.
 */
export function ddlStatements(client: SqlClient, prefix = 'emrex_'): readonly string[] {
  return [
    ...(Object.keys(viewContract) as ViewName[]).map((name) => viewStatement(client, prefix, name)),
    ...(Object.keys(importContract) as ImportTableName[]).map((name) => tableStatement(client, prefix, name)),
  ]
}

/** The same as one script, with what to grant to the user of the gateway at its end. */
export function ddlFor(client: SqlClient, prefix = 'emrex_'): string {
  const { proven, words } = dialectOf(client)
  const quoted = (name: string) => words.quote(`${prefix}${name}`)
  const views = Object.keys(viewContract).map(quoted)
  const head = [
    '-- Views for the EMREX gateway, and the tables that it imports into.',
    '-- Put the columns of your own tables in the place of each "cast(null ...)", and the tables themselves at the end of',
    '-- each view. Write decimals with a dot and days as YYYY-MM-DD. Leave out optional views and columns that you lack.',
    ...(proven ? [] : ['-- Not tried on a real database of this kind yet.']),
    '',
  ]
  const rights =
    client === 'sqlite'
      ? ['-- The gateway opens the file read-only unless it imports.']
      : [
          '-- Rights of the user of the gateway: these and no others.',
          ...views.map((view) => `-- grant select on ${view} to emrex_gateway;`),
          ...Object.keys(importContract).map(
            (table) => `-- grant select, insert on ${quoted(table)} to emrex_gateway;`,
          ),
        ]
  const statements = ddlStatements(client, prefix).map((statement) => `${statement};${words.separator}`)
  return [...head, ...statements, ...rights, ''].join('\n')
}

function viewStatement(client: SqlClient, prefix: string, name: ViewName): string {
  const { words } = dialectOf(client)
  const { required, says, columns } = viewContract[name]
  const lines = commented(columns, (column, { kind }) => `${words.empty(kind)} as ${words.quote(column)}`)
  return [
    `-- Each row is ${says}.${required ? '' : ' The view may be left out.'}`,
    `create view ${words.quote(prefix + name)} as select`,
    ...lines,
    `-- from your_table${words.from === '' ? '' : ' in the place of'}`,
    `${words.from.trim()} where 1 = 0`.trim(),
  ].join('\n')
}

function tableStatement(client: SqlClient, prefix: string, name: ImportTableName): string {
  const { words } = dialectOf(client)
  const key = primaryKeys[name].map(words.quote).join(', ')
  const parent =
    name === 'import_item'
      ? [
          `  foreign key (${words.quote('delivery_id')}) references ${words.quote(`${prefix}import`)} (${words.quote('delivery_id')}),`,
        ]
      : []
  const lines = commented(
    importContract[name].columns,
    (column, { kind, need }) => `${words.quote(column)} ${words.type[kind]}${need === 'filled' ? ' not null' : ''}`,
    ',',
  )
  return [
    `-- Each row is ${importContract[name].says}.`,
    `create table ${words.quote(prefix + name)} (`,
    ...lines,
    ...parent,
    `  primary key (${key})`,
    `)${words.tableEnd}`,
  ].join('\n')
}

/** One line for each column, with its comment behind. */
function commented(
  columns: Readonly<Record<string, ColumnRule>>,
  write: (name: string, rule: ColumnRule) => string,
  last = '',
): string[] {
  const entries = Object.entries(columns)
  return entries.map(([name, rule], index) => {
    const need = { filled: 'required, never empty', there: 'required, may be empty', optional: 'optional' }[rule.need]
    const comma = index === entries.length - 1 ? last : ','
    return `  ${write(name, rule)}${comma} -- ${need}${rule.says === '' ? '' : `: ${rule.says}`}`
  })
}
