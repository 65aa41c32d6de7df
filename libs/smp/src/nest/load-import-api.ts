// The import API is loaded where an entry has one: with what describes its routes (OpenAPI) it is a tenth of a start.
import type { DynamicModule } from '@nestjs/common'
import type { SmpEntry } from '../flow/smp-entry.js'
import type { SmpEntries } from './smp-entries.js'

export async function loadImportApi(entries: SmpEntries): Promise<DynamicModule> {
  const { ImportApiModule } = await import('./api/import-api.module.js')
  return ImportApiModule.forEntries(entries)
}

/** The OpenAPI document of the import API of one SMP, made from its routes. Spec: OpenAPI 3.1. */
export async function importApiDocument(entry: Pick<SmpEntry, 'title' | 'publicUrl'>): Promise<object> {
  const { describeImportApi } = await import('./api/describe-import-api.js')
  return describeImportApi(entry)
}
