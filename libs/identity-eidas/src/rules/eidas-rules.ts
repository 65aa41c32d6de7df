import type { ClaimRule, Confidence } from '@emrex-gateway/core'
import { source } from './confidence.js'

const naturalPerson = 'http://eidas.europa.eu/attributes/naturalperson/'

/** The addresses of the four attributes without which nobody is identified over eIDAS. */
export const minimumDataSet = ['PersonIdentifier', 'CurrentFamilyName', 'CurrentGivenName', 'DateOfBirth'].map(
  (name) => naturalPerson + name,
)

const known = source('eIDAS SAML Attribute Profile')

export interface EidasRules {
  /** ISO 3166-1 alpha-2: the country of the connector. */
  readonly receivingCountry: string
  /** Where a login of the country itself does without; it then says nothing of foreign people who miss one. */
  readonly required?: boolean
  /** Attributes of the country that say the same of its own people. */
  readonly also?: { readonly family?: readonly string[]; readonly given?: readonly string[] }
  /** How the identifier lasts, where the country makes it anew for everybody who asks. */
  readonly persistence?: 'pairwise'
  readonly known?: Confidence
}

/** The minimum data set of natural persons as eIDAS writes it. */
export function eidasRules({ receivingCountry, required = true, also = {}, ...more }: EidasRules): ClaimRule[] {
  const rule = { required, known: more.known ?? known }
  return [
    {
      names: [`${naturalPerson}PersonIdentifier`],
      gives: 'identifier',
      form: 'eidas-person-identifier',
      receivingCountry,
      ...(more.persistence === undefined ? {} : { persistence: more.persistence }),
      ...rule,
    },
    { names: [`${naturalPerson}CurrentFamilyName`, ...(also.family ?? [])], gives: 'family-name', ...rule },
    { names: [`${naturalPerson}CurrentGivenName`, ...(also.given ?? [])], gives: 'given-name', ...rule },
    { names: [`${naturalPerson}DateOfBirth`], gives: 'birth-date', form: 'date', ...rule },
  ]
}
