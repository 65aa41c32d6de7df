import { collectEntries, type Row } from './collect-entries.js'
import type { ListOptions, ListOutcome } from './ncp-list.js'

/**
 * Reads a list of NCPs that stands in the settings: `name`, `countryCode`, `url`, `certificates` and, where there are
 * any, `institutions`. A bad entry is left out with its reason, as in a fetched list.
 */
export function parseStaticList(entries: unknown, options: ListOptions = {}): ListOutcome {
  if (!Array.isArray(entries)) return { kind: 'refused', reason: 'it is not a list of entries' }
  return { kind: 'list', list: collectEntries(entries.map(readRow), [], options) }
}

function readRow(row: unknown): Row {
  if (typeof row !== 'object' || row === null) return { unreadable: 'it is not an object' }
  const { name, countryCode, url, institutions, certificates } = row as Record<string, unknown>
  return { name, countryCode, url, institutions: listOf(institutions), certificates: listOf(certificates) }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}
