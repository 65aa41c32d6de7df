import { defaults, explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import { findFlaws } from './find-flaws.js'
import { searchColumns } from './find-people.js'
import { readInstitutions } from './read-institutions.js'
import type { SqlViews } from './sql-views.js'
import {
  contractRules,
  importContract,
  viewContract,
  type ColumnRule,
  type ImportTableName,
  type ViewName,
} from './view-contract.js'

/**
 * Says in words what the database lacks of the view contract, for the parts that are in use, and what is wrong with the
 * first `checkRows` rows of each view. Something that costs a detail alone is a remark: it is told, and the health is good.
 */
export async function checkViews(views: SqlViews, context: SisContext): Promise<Health> {
  const faults: string[] = []
  const remarks: string[] = []
  views.forget()
  const { source, target } = views.settings
  const names = [
    ...(Object.keys(viewContract) as ViewName[]).filter(
      (view) => source || view === 'person' || view === 'institution',
    ),
    ...(target ? (Object.keys(importContract) as ImportTableName[]) : []),
  ]
  try {
    for (const name of names) await checkView(views, name, context, faults, remarks)
    if (faults.length === 0) await checkInstitutions(views, context, faults)
    if (faults.length === 0 && target) await checkDocuments(views, context, remarks)
    if (faults.length === 0 && views.settings.checkRows > 0)
      for (const name of names.filter((one) => one in viewContract) as ViewName[])
        await checkRows(views, name, context, faults, remarks)
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    faults.push(explainSisError(error))
  }
  return { ok: faults.length === 0, findings: [...faults, ...remarks, ...unconfirmed(views)] }
}

function unconfirmed({ dialect, isEncryptedOrLocal }: SqlViews): string[] {
  return [
    ...(isEncryptedOrLocal ? [] : ['the connection to the database is not encrypted; the settings have no tls']),
    ...(dialect.proven
      ? []
      : [`not confirmed: client ${dialect.client} was written by the book and never run against such a database`]),
  ]
}

const onePiece = ({ dialect }: SqlViews): readonly number[] => (dialect.bytes.piece === undefined ? [] : [1, 1])

async function checkRows(
  views: SqlViews,
  name: ViewName,
  context: SisContext,
  faults: string[],
  remarks: string[],
): Promise<void> {
  const columns = await views.columns(name, context)
  const there = await views.agreedColumns(name, context)
  const bytes = Object.entries<ColumnRule>(viewContract[name].columns).flatMap(([column, { kind }]) =>
    kind === 'bytes' ? column : [],
  )
  const wanted = there.filter((column) => !bytes.includes(column))
  const rows = await views.rows(name, context, (query) => query.select(wanted).limit(views.settings.checkRows))
  const flaws = findFlaws(name, viewContract[name], columns, rows, views.settings.find.nationalIdCountry)
  faults.push(...flaws.faults)
  remarks.push(...flaws.remarks)
  if (wanted.length === there.length) return
  const [first] = await views.rows(name, context, (query, knex) =>
    query
      .select(knex.raw(`${views.dialect.bytes.piece ?? '??'} as ??`, ['content', ...onePiece(views), 'content']))
      .whereNotNull('content')
      .limit(1),
  )
  try {
    first?.bytes('content')
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    faults.push(error.message)
  }
}

async function checkView(
  views: SqlViews,
  name: ViewName | ImportTableName,
  context: SisContext,
  faults: string[],
  remarks: string[],
): Promise<void> {
  const rule = contractRules[name]
  const there = await views.columns(name, context)
  if (there.size === 0) {
    if (rule.required) faults.push(`view ${views.name(name)} is missing, or the gateway may not read it`)
    else remarks.push(`view ${views.name(name)} is not there; what it would show is left out`)
    return
  }
  const missing = Object.keys(rule.columns).filter(
    (column) => rule.columns[column]!.need !== 'optional' && !there.has(column),
  )
  if (missing.length > 0) faults.push(`view ${views.name(name)} lacks ${missing.join(', ')}`)
  if (name !== 'person') return
  for (const way of views.settings.find.by) {
    const lacking = searchColumns[way].filter((column) => !there.has(column))
    if (lacking.length > 0)
      remarks.push(`nobody is found by ${way}: view ${views.name(name)} lacks ${lacking.join(', ')}`)
  }
  if (!there.has('protected')) remarks.push(`nobody counts as protected: view ${views.name(name)} lacks protected`)
  if (!there.has('email')) remarks.push(`nobody is sent a code: view ${views.name(name)} lacks email`)
}

const megabytes = (bytes: number): number => Math.floor(bytes / 1024 ** 2)

async function checkDocuments(views: SqlViews, context: SisContext, remarks: string[]): Promise<void> {
  const longest = await views.longestDocument(context)
  const { documentMaxBytes } = defaults
  if (longest < documentMaxBytes)
    remarks.push(
      `documents of ${megabytes(longest) + 1} MB and more wait until max_allowed_packet of the database is raised: ` +
        `a document may have ${megabytes(documentMaxBytes)} MB, and needs twice as much`,
    )
}

async function checkInstitutions(views: SqlViews, context: SisContext, faults: string[]): Promise<void> {
  const institutions = await readInstitutions(views, context)
  if (institutions.size === 0) faults.push(`view ${views.name('institution')} shows no institution to serve`)
  for (const code of views.settings.institutionCodes ?? [])
    if (!institutions.has(code))
      faults.push(`institution ${code} of the settings is not in view ${views.name('institution')}`)
}
