import { countryName, localesFor, type RegistryEntry, type RegistrySnapshot } from '@emrex-gateway/core'
import { foldName, foldQuery } from './fold-name.js'
import { namesOfCountry } from './names-of-country.js'
import { wordCost, type WordCost } from './word-cost.js'

/** An NCP to choose, with the institutions that fit the query, best first; all of them where the query names none. */
export interface NcpHit {
  readonly entry: RegistryEntry
  readonly institutions: readonly string[]
}

/** The NCPs of one country. More than one hit means that the person has to choose. */
export interface CountryHits {
  readonly code: string
  readonly name: string
  readonly hits: readonly NcpHit[]
}

interface ScoredHit extends NcpHit {
  readonly cost: number
}

/**
 * NCPs by the name of an institution, of the NCP or of the country (in `language`, in English, in its own or as a list writes it),
 * whatever the case and the accents, with room for typing mistakes. Best country first, best NCP first; with an empty
 * query everything, countries in the order of their names. Pure.
 */
export function searchNcps(snapshot: RegistrySnapshot, query: string, language: string): readonly CountryHits[] {
  const words = foldQuery(query).map(wordCost)
  if (words.length === 0 && query.trim() !== '') return []
  const collator = new Intl.Collator(localesFor(language))
  const codes = [...new Set(snapshot.entries.map((entry) => entry.countryCode))]
  const countries = codes.map((code) => {
    const name = countryName(code, language)
    const listed = snapshot.countries.find((country) => country.code === code)?.name ?? ''
    const nameWords = foldName([...namesOfCountry(code, language), listed].join(' '))
    const hits = snapshot.entries
      .filter((entry) => entry.countryCode === code)
      .map((entry) => scoreEntry(entry, nameWords, words))
      .filter(({ cost }) => cost < Infinity)
      .sort((a, b) => a.cost - b.cost || collator.compare(a.entry.name, b.entry.name))
    return { code, name, hits, cost: hits[0]?.cost ?? Infinity }
  })
  return countries
    .filter(({ cost }) => cost < Infinity)
    .sort((a, b) => a.cost - b.cost || collator.compare(a.name, b.name))
    .map(({ code, name, hits }) => ({
      code,
      name,
      hits: hits.map(({ entry, institutions }) => ({ entry, institutions })),
    }))
}

/** A fit with the institution's own name is worth more than one with the NCP or the country around it. */
const [ncpNameCost, countryCost] = [0.25, 0.5]

function scoreEntry(entry: RegistryEntry, country: readonly string[], words: readonly WordCost[]): ScoredHit {
  if (words.length === 0) return { entry, institutions: entry.institutions, cost: 0 }
  const ncpName = foldName(entry.name)
  const around = words.map((word) => Math.min(word(ncpName) + ncpNameCost, word(country) + countryCost))
  const institutions = foldedInstitutions(entry)
    .map(({ name, folded }) => ({ name, cost: institutionCost(folded, words, around) }))
    .filter(({ cost }) => cost < Infinity)
    .sort((a, b) => a.cost - b.cost)
  const best = institutions[0]
  if (best !== undefined) return { entry, institutions: institutions.map(({ name }) => name), cost: best.cost }
  return { entry, institutions: entry.institutions, cost: around.reduce((sum, cost) => sum + cost, 0) }
}

/** Every word must fit the name or what is around it; one at least must fit the name better. */
function institutionCost(name: readonly string[], words: readonly WordCost[], around: readonly number[]): number {
  const own = words.map((word) => word(name))
  if (!own.some((cost, index) => cost < (around[index] ?? Infinity))) return Infinity
  return own.reduce((sum, cost, index) => sum + Math.min(cost, around[index] ?? Infinity), 0)
}

interface FoldedName {
  readonly name: string
  readonly folded: readonly string[]
}

/** Entries live as long as their list, and folding is the dear part of a search. */
const foldedByEntry = new WeakMap<RegistryEntry, readonly FoldedName[]>()

function foldedInstitutions(entry: RegistryEntry): readonly FoldedName[] {
  const known = foldedByEntry.get(entry)
  if (known !== undefined) return known
  const folded = entry.institutions.map((name) => ({ name, folded: foldName(name) }))
  foldedByEntry.set(entry, folded)
  return folded
}
