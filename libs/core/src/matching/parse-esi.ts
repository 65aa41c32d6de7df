/** A European Student Identifier: who issued it (a country, or the domain of a university), and its number there. */
export interface Esi {
  readonly issuer: string
  readonly number: string
}

const prefixed = /^urn:schac:personaluniquecode:int:esi:([^:]+):(.+)$/i

/**
 * Reads an ESI; undefined for anything else. The prefix and the issuer are case-insensitive, the number may be
 * percent-encoded.
 *
 * Spec: European Student Card Initiative, European Student Identifier; SCHAC personalUniqueCode.
 */
export function parseEsi(value: string): Esi | undefined {
  const [, issuer, number] = prefixed.exec(value.trim()) ?? []
  if (issuer === undefined || number === undefined) return undefined
  return { issuer: issuer.toLowerCase(), number: decoded(number) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
