/** Codes of the European Union's own style that lists use in place of ISO 3166-1. */
const isoOfEuStyle: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' }

/** The ISO 3166-1 alpha-2 code of what a list writes, with a notice where it was mapped; undefined when it is no code. */
export function readCountryCode(text: unknown): { readonly code: string; readonly notice?: string } | undefined {
  const written = typeof text === 'string' ? text.trim().toUpperCase() : ''
  if (!/^[A-Z]{2}$/.test(written)) return undefined
  const iso = isoOfEuStyle[written]
  return iso === undefined ? { code: written } : { code: iso, notice: `country code ${written} is read as ${iso}` }
}
