import { countryCodeOf } from './normalise-national-id.js'

/** An identifier of eIDAS: the country of the eID, the country it was made for, and its signs. */
export interface EidasPersonIdentifier {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly receivingCountry: string
  /** At most 256 signs, any of them: more slashes belong to it. */
  readonly id: string
}

/**
 * Reads `XX/YY/…`; undefined for anything else. EL is Greece and UK the United Kingdom, as in ISO 3166-1.
 *
 * Spec: eIDAS SAML Attribute Profile, PersonIdentifier.
 */
export function parsePersonIdentifier(value: string): EidasPersonIdentifier | undefined {
  const [, country, receivingCountry, id] = /^([A-Za-z]{2})\/([A-Za-z]{2})\/(.{1,256})$/su.exec(value.trim()) ?? []
  if (country === undefined || receivingCountry === undefined || id === undefined) return undefined
  return { country: countryCodeOf(country), receivingCountry: countryCodeOf(receivingCountry), id }
}

export const writePersonIdentifier = ({ country, receivingCountry, id }: EidasPersonIdentifier): string =>
  `${country}/${receivingCountry}/${id}`
