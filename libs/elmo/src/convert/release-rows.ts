import { allReleases, releaseBit, releaseSet, type Release, type ReleaseSet } from '../grammar/releases.js'
import { attributesPropertyOf, keepsAttributes, shapeOf, type ShapeRow } from '../grammar/shape.js'
import { simpleTypes, type SimpleType } from '../grammar/simple-types.js'

/** A property of a type of the model, over all releases; elements without a place of their own are taken apart. */
export interface PropertyRow {
  readonly property: string
  /** Releases that have it, that cannot do without it, that take it once at most. */
  readonly releases: ReleaseSet
  readonly requiredIn: ReleaseSet
  readonly singleIn: ReleaseSet
  /** Absent for attributes and content that are kept as they stand. */
  readonly row?: ShapeRow
}

const verbatim = (property: string, releases: ReleaseSet): PropertyRow => ({
  property,
  releases,
  requiredIn: 0,
  singleIn: 0,
})

function flatten(type: string, within: ReleaseSet): PropertyRow[] {
  const { attributes, text, elements, anyIn } = shapeOf(type)
  const rows = [...attributes, ...(text === undefined ? [] : [text]), ...elements].flatMap((row): PropertyRow[] => {
    const releases = row.releases & within
    if (row.inline) return flatten(row.type, releases)
    const { property, requiredIn, singleIn } = row
    const own = { property, releases, requiredIn: requiredIn & within, singleIn, row }
    return keepsAttributes(row) ? [own, verbatim(attributesPropertyOf(row), releases)] : [own]
  })
  return anyIn === 0 ? rows : [...rows, verbatim('raw', anyIn), verbatim('attributes', anyIn)]
}

const cache = new Map<string, readonly PropertyRow[]>()

/** The properties of a type of the model in all releases together. */
export function propertyRows(type: string): readonly PropertyRow[] {
  const known = cache.get(type)
  if (known !== undefined) return known
  const rows = flatten(type, allReleases)
  cache.set(type, rows)
  return rows
}

export const isIn = (set: ReleaseSet, release: Release): boolean => (set & releaseBit(release)) !== 0

const find = (type: string, property: string): PropertyRow | undefined =>
  propertyRows(type).find((each) => each.property === property)

/** Whether a release has a property. */
export const hasProperty = (type: string, property: string, release: Release): boolean =>
  isIn(find(type, property)?.releases ?? 0, release)

/** Whether a release cannot do without a property. */
export const needsProperty = (type: string, property: string, release: Release): boolean =>
  isIn(find(type, property)?.requiredIn ?? 0, release)

/** The values that a release has of a type with but a few. */
export function valuesInRelease(name: keyof typeof simpleTypes, release: Release): readonly string[] {
  const { values = [], valuesIn }: SimpleType = simpleTypes[name]
  return values.filter((value) => valuesIn?.[value] === undefined || isIn(releaseSet(valuesIn[value]), release))
}
