import type { LearningOpportunitySpecification } from '../model.js'

/**
 * The code of a course as staff would write it, or undefined when the document has none: many producers send no code, so
 * it is never a key.
 *
 * Taken from the identifier `local`, else `courseCode` with `courseVersion` behind a hyphen, else `ewp-los-id`, else the
 * only other identifier there is. Identifiers of the instance do not count: they name a result, not a course.
 */
export function courseCode(los: LearningOpportunitySpecification): string | undefined {
  const given = (los.identifier ?? []).filter(({ value }) => value.trim() !== '')
  const find = (type: string): string | undefined =>
    given.find((identifier) => identifier.type.toLowerCase() === type)?.value.trim()
  const code = find('coursecode')
  const version = find('courseversion')
  const versioned = code !== undefined && version !== undefined ? `${code}-${version}` : code
  return find('local') ?? versioned ?? find('ewp-los-id') ?? (given.length === 1 ? given[0]?.value.trim() : undefined)
}
