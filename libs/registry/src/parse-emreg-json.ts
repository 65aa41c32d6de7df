import { collectEntries, type Row } from './collect-entries.js'
import { readCountryCode } from './country-code.js'
import { plainText } from './make-entry.js'
import type { ListedCountry, ListOptions, ListOutcome } from './ncp-list.js'

/**
 * Reads an EMREG list: `emps`, the older `ncps`, or both. Unknown properties and empty rows are tolerated, a bad row is
 * left out with its reason, and what is not JSON in UTF-8 is refused as a whole.
 *
 * Spec: Technical Guide to EMREX 1.1, "EMREG"; the JSON schema of the EMREG translation of the EWP catalogue.
 */
export function parseEmregJson(bytes: Uint8Array, options: ListOptions = {}): ListOutcome {
  const document = readJson(bytes)
  if ('refused' in document) return { kind: 'refused', reason: document.refused }
  const { value } = document
  if (!isRecord(value)) return { kind: 'refused', reason: 'it is JSON, but not an object' }
  const lists = [value['emps'], value['ncps']].filter(Array.isArray)
  if (lists.length === 0) return { kind: 'refused', reason: 'it has neither a list "emps" nor a list "ncps"' }

  const countries = Array.isArray(value['countries']) ? value['countries'].flatMap(readCountry) : []
  return { kind: 'list', list: collectEntries(lists.flat().map(readRow), countries, options) }
}

function readRow(row: unknown): Row {
  if (!isRecord(row)) return { unreadable: row === null ? 'it is empty' : 'it is not an object' }
  const institutions = Array.isArray(row['institutions']) ? row['institutions'] : []
  const acronym = plainText(row['acronym'])
  return {
    name: acronym === '' ? institutions[0] : acronym,
    countryCode: row['countryCode'],
    url: row['url'],
    institutions,
    certificates: [row['pubKey']],
  }
}

function readCountry(row: unknown): ListedCountry[] {
  if (!isRecord(row)) return []
  const country = readCountryCode(row['countryCode'])
  if (country === undefined) return []
  const name = plainText(row['countryName'])
  // Old lists write the truth value as text, or leave it out.
  const singleFetch = { true: true, false: false }[String(row['singleFetch']).toLowerCase()]
  return [
    {
      code: country.code,
      ...(name === '' ? {} : { name }),
      ...(singleFetch === undefined ? {} : { singleFetch }),
    },
  ]
}

function readJson(bytes: Uint8Array): { value: unknown } | { refused: string } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { refused: 'it is not UTF-8 text' }
  }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    // The engine's message may quote the text; only the place is taken from it.
    const offset = / at position (\d+)/.exec(String(error))?.[1]
    if (offset === undefined) return { refused: 'it is not valid JSON' }
    const linesBefore = text.slice(0, Number(offset)).split('\n')
    const column = (linesBefore.at(-1) ?? '').length + 1
    return { refused: `it is not valid JSON (line ${linesBefore.length}, column ${column})` }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
