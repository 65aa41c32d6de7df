import { countryCodes } from '../grammar/country-codes.js'
import { releaseBit, releaseSet, type Release } from '../grammar/releases.js'
import { simpleTypes, type SimpleType, type SimpleTypeName } from '../grammar/simple-types.js'
import { annotation, xsd, type XsdNode } from './xsd-node.js'

interface Facets {
  readonly base: string
  readonly pattern?: string
  readonly values?: readonly string[]
}

/** Types of text that XML Schema does not have under the same name, and that are no plain list of values. */
const facets: Partial<Record<SimpleTypeName, Facets>> = {
  sectionNumber: { base: 'xs:token', pattern: '[0-9.]+' },
  gender: { base: 'xs:integer', values: ['0', '1', '2', '9'] },
  country: { base: 'xs:string', values: [...countryCodes] },
  addressCountry: { base: 'xs:string', pattern: '[A-Z][A-Z]' },
}

const has = (range: string | undefined, release: Release): boolean =>
  range === undefined || (releaseSet(range) & releaseBit(release)) !== 0

function facetsOf(name: SimpleTypeName, release: Release): Facets | undefined {
  const type: SimpleType = simpleTypes[name]
  if (!has(type.checkedIn, release)) return { base: 'xs:token' }
  if (type.values === undefined) return facets[name]
  const values = type.values.filter((value) => has(type.valuesIn?.[value], release))
  return { base: type.whiteSpace === 'collapse' ? 'xs:token' : 'xs:string', values }
}

/** The name by which a schema refers to a type of text. */
export const simpleTypeName = (name: string, release: Release): string =>
  facetsOf(name as SimpleTypeName, release) === undefined ? `xs:${name}` : name

/** The definition of a type of text; undefined for those that XML Schema has itself. */
export function simpleTypeXsd(name: string, release: Release): XsdNode | undefined {
  const found = facetsOf(name as SimpleTypeName, release)
  if (found === undefined) return undefined
  const { base, pattern, values = [] } = found
  const type: SimpleType = simpleTypes[name as SimpleTypeName]
  const isExplained = type.values === undefined && has(type.checkedIn, release)
  return xsd(
    'simpleType',
    { name },
    isExplained ? annotation(`${type.words[0]?.toUpperCase()}${type.words.slice(1)}.`) : undefined,
    xsd(
      'restriction',
      { base },
      pattern === undefined ? undefined : xsd('pattern', { value: pattern }),
      ...values.map((value) => xsd('enumeration', { value })),
    ),
  )
}
