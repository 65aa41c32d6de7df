import { countryName, type RegistryEntry, type RegistrySnapshot } from '@emrex-gateway/core'
import type { ListSource } from './list-source.js'
import type { ListedCountry } from './ncp-list.js'

/** The lists of all sources as one: an NCP that several name is one entry with the certificates of all of them. */
export function mergeLists(
  sources: readonly ListSource[],
): Pick<RegistrySnapshot, 'entries' | 'countries' | 'skipped'> {
  const entries = new Map<string, RegistryEntry>()
  const listed = new Map<string, ListedCountry>()
  for (const { list } of sources) {
    for (const entry of list?.entries ?? []) entries.set(entry.id, unite(entries.get(entry.id), entry))
    for (const country of list?.countries ?? []) listed.set(country.code, { ...country, ...listed.get(country.code) })
  }
  const codes = [...new Set([...entries.values()].map((entry) => entry.countryCode))].sort()
  return {
    entries: [...entries.values()],
    countries: codes.map((code) => ({ name: countryName(code, 'en'), ...(listed.get(code) ?? { code }) })),
    skipped: sources.flatMap(({ id, list, problem }) => [
      ...(problem === undefined ? [] : [{ source: id, position: 'the whole list', reason: problem }]),
      ...(list?.skipped ?? []).map((remark) => ({ source: id, ...remark })),
    ]),
  }
}

function unite(first: RegistryEntry | undefined, next: RegistryEntry): RegistryEntry {
  if (first === undefined) return next
  return {
    ...first,
    institutions: [...new Set([...first.institutions, ...next.institutions])],
    certificates: [...new Set([...first.certificates, ...next.certificates])],
  }
}
