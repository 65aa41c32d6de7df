import type { RegistryEntry } from '@emrex-gateway/core'
import { makeEntry, plainText, type Candidate } from './make-entry.js'
import type { ListedCountry, ListOptions, ListRemark, NcpList } from './ncp-list.js'

/** A row that could be read as one, or the reason why not. */
export type Row = Candidate | { readonly unreadable: string; readonly name?: unknown }

/** Turns the rows of a list into entries: a bad row is left out with its number and reason, and the others are used. */
export function collectEntries(
  rows: readonly Row[],
  countries: readonly ListedCountry[],
  options: ListOptions,
): NcpList {
  const entries: RegistryEntry[] = []
  const skipped: ListRemark[] = []
  const notices: ListRemark[] = []
  rows.forEach((row, index) => {
    const name = plainText(row.name)
    const position = name === '' ? `${index + 1}` : `${index + 1} (${name})`
    const outcome = 'unreadable' in row ? { kind: 'bad' as const, reason: row.unreadable } : makeEntry(row, options)
    if (outcome.kind === 'bad') {
      skipped.push({ position, reason: outcome.reason })
      return
    }
    entries.push(outcome.entry)
    notices.push(...outcome.notices.map((reason) => ({ position, reason })))
  })
  return { entries, countries, skipped, notices }
}
