import type { RegistryEntry, RegistrySnapshot } from '@emrex-gateway/core'
import { searchNcps } from './search-institutions.js'

function ncp(name: string, countryCode: string, institutions: readonly string[]): RegistryEntry {
  return { id: name, name, countryCode, url: `https://${countryCode}.example/`, institutions, certificates: [] }
}
const entries = [
  ncp('Ladok', 'SE', ['Uppsala universitet', 'Umeå universitet', 'Kungliga Tekniska högskolan']),
  ncp('Vitnemålsportalen', 'NO', ['Universitetet i Oslo', 'Høgskolen i Åsene', 'NTNU']),
  ncp('UW', 'PL', ['University of Warsaw']),
  ncp('UŁ', 'PL', ['University of Łódź']),
  ncp('Studyinfo', 'FI', ['Aalto-yliopisto', 'Helsingin yliopisto']),
  ncp('UNISI', 'IT', ['Università di Siena']),
  ncp('Hellas', 'GR', []),
]
const snapshot: RegistrySnapshot = { entries, countries: [], skipped: [], stale: false }

/** Country code, NCP and first institution of the best hit. */
function best(query: string, language = 'en'): string {
  const [country] = searchNcps(snapshot, query, language)
  const hit = country?.hits[0]
  return country === undefined ? 'nothing' : `${country.code} ${hit?.entry.name}: ${hit?.institutions[0] ?? '-'}`
}

describe('searchNcps', () => {
  it.each([
    ['Uppsala', 'SE Ladok: Uppsala universitet'],
    ['Uppsla', 'SE Ladok: Uppsala universitet'],
    ['upsala', 'SE Ladok: Uppsala universitet'],
    ['Upspala', 'SE Ladok: Uppsala universitet'],
    ['UPPS', 'SE Ladok: Uppsala universitet'],
    ['University of Uppsala', 'SE Ladok: Uppsala universitet'],
    ['uppsala sweden', 'SE Ladok: Uppsala universitet'],
    ['umea', 'SE Ladok: Umeå universitet'],
    ['hogskolen asene', 'NO Vitnemålsportalen: Høgskolen i Åsene'],
    ['oslo', 'NO Vitnemålsportalen: Universitetet i Oslo'],
    ['ntnu', 'NO Vitnemålsportalen: NTNU'],
    ['lodz', 'PL UŁ: University of Łódź'],
    ['Univeristy Waraw', 'PL UW: University of Warsaw'],
    ['universita siena', 'IT UNISI: Università di Siena'],
    ['vitnemal', 'NO Vitnemålsportalen: Universitetet i Oslo'],
    ['helsig', 'FI Studyinfo: Helsingin yliopisto'],
    ['aalto', 'FI Studyinfo: Aalto-yliopisto'],
    ['Greece', 'GR Hellas: -'],
  ])('finds for "%s" first %s', (query, expected) => {
    expect(best(query)).toBe(expected)
  })

  it('knows the countries in the language of the person and in English', () => {
    expect(best('Schweden', 'de')).toMatch(/^SE/)
    expect(best('Sweden', 'de')).toMatch(/^SE/)
    expect(best('Szwecja', 'pl')).toMatch(/^SE/)
    expect(best('Szwecja', 'en')).toBe('nothing')
    expect(searchNcps(snapshot, 'Schweden', 'de')[0]?.name).toBe('Schweden')
  })

  it('knows a country by the name that a list gives it, too', () => {
    const slovak = { ...snapshot, entries: [...entries, ncp('SK', 'SK', [])] }
    const listed = { ...slovak, countries: [{ code: 'SK', name: 'Slovak Republic' }] }
    expect(searchNcps(slovak, 'Slovak Republic', 'en')).toEqual([])
    expect(searchNcps(listed, 'Slovak Republic', 'en').map(({ code, name }) => [code, name])).toEqual([
      ['SK', 'Slovakia'],
    ])
  })

  it.each([
    ['UK', 'GB'],
    ['Great Britain', 'GB'],
    ['Czech Republic', 'CZ'],
    ['Holland', 'NL'],
    ['Česko', 'CZ'],
    ['Sverige', 'SE'],
    ['suomi', 'FI'],
  ])('knows what else a country is called: %s', (query, code) => {
    const more = ['GB', 'UA', 'CZ', 'NL'].map((country) => ncp(country, country, []))
    expect(searchNcps({ ...snapshot, entries: [...entries, ...more] }, query, 'en')[0]?.code).toBe(code)
  })

  it('shows all institutions of an NCP that was found by its own name or country', () => {
    expect(searchNcps(snapshot, 'sweden', 'en')).toEqual([
      { code: 'SE', name: 'Sweden', hits: [{ entry: entries[0], institutions: entries[0]?.institutions }] },
    ])
  })

  it('shows only the institutions that fit', () => {
    expect(searchNcps(snapshot, 'uppsala', 'en')[0]?.hits[0]?.institutions).toEqual(['Uppsala universitet'])
  })

  it('puts together the NCPs of one country', () => {
    const poland = searchNcps(snapshot, 'Poland', 'en')[0]
    expect(poland?.hits.map(({ entry }) => entry.name)).toEqual(['UŁ', 'UW'])
  })

  it('gives everything by the name of the country when nothing was typed', () => {
    const names = searchNcps(snapshot, ' ', 'en').map(({ name }) => name)
    expect(names).toEqual(['Finland', 'Greece', 'Italy', 'Norway', 'Poland', 'Sweden'])
    expect(searchNcps(snapshot, '', 'sv').map(({ name }) => name)).toContain('Grekland')
  })

  it('finds nothing where nothing fits', () => {
    expect(best('Sorbonne')).toBe('nothing')
    expect(best('???')).toBe('nothing')
    expect(best('xq')).toBe('nothing')
  })

  it('takes a language it does not know for English', () => {
    expect(searchNcps(snapshot, 'Sweden', 'not a language')[0]?.name).toBe('Sweden')
  })
})
