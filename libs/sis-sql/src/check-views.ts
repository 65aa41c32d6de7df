import { SisError, type Health, type SisContext } from '@emrex-gateway/core'
import { searchColumns } from './find-people.js'
import { readInstitutions } from './read-institutions.js'
import type { SqlViews } from './sql-views.js'
import { contractRules, importContract, viewContract, type ImportTableName, type ViewName } from './view-contract.js'

/** Says in words what the database lacks of the view contract, for the parts that are in use. */
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
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    faults.push(error.message)
  }
  return { ok: faults.length === 0, findings: [...faults, ...remarks] }
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
    if (rule.required) faults.push(`view ${views.name(name)} is missing`)
    else remarks.push(`view ${views.name(name)} is not there; what it would show is left out`)
    return
  }
  const missing = Object.keys(rule.columns).filter(
    (column) => rule.columns[column] === 'required' && !there.has(column),
  )
  if (missing.length > 0) faults.push(`view ${views.name(name)} lacks ${missing.join(', ')}`)
  if (name !== 'person') return
  for (const way of views.settings.find.by) {
    const lacking = searchColumns[way].filter((column) => !there.has(column))
    if (lacking.length > 0)
      remarks.push(`nobody is found by ${way}: view ${views.name(name)} lacks ${lacking.join(', ')}`)
  }
  if (!there.has('email')) remarks.push(`nobody is sent a code: view ${views.name(name)} lacks email`)
}

async function checkInstitutions(views: SqlViews, context: SisContext, faults: string[]): Promise<void> {
  const institutions = await readInstitutions(views, context)
  if (institutions.size === 0) faults.push(`view ${views.name('institution')} shows no institution to serve`)
  for (const code of views.settings.institutionCodes ?? [])
    if (!institutions.has(code))
      faults.push(`institution ${code} of the settings is not in view ${views.name('institution')}`)
}
