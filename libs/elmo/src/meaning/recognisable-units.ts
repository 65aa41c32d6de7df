import { isCourse, type AssessedResult } from './assess-results.js'
import { opportunityType } from './opportunity-type.js'

const isDegree = ({ los }: AssessedResult): boolean => opportunityType(los) === 'Degree Programme'
const isModule = ({ los }: AssessedResult): boolean => opportunityType(los) === 'Module'

const leaves = (result: AssessedResult): AssessedResult[] =>
  result.parts.length === 0 ? [result] : result.parts.flatMap(leaves)

/** A course that carries no credits while courses below it do is a frame around them. */
const statesCredits = ({ credits }: AssessedResult): boolean => credits.meaning === 'credits'
const courseBelowCarries = ({ parts }: AssessedResult): boolean =>
  parts.some((part) => (isCourse(part) && statesCredits(part)) || courseBelowCarries(part))

function courses(result: AssessedResult): AssessedResult[] {
  if (isCourse(result) && (statesCredits(result) || !courseBelowCarries(result))) return [result]
  return result.parts.flatMap(courses)
}

function unitsOf(tree: AssessedResult): AssessedResult[] {
  const found = courses(tree)
  if (found.length > 0) return found
  const ends = leaves(tree)
  const modules = ends.filter(isModule)
  return modules.length > 0 ? modules : ends
}

/**
 * What a home university can recognise one by one. In each tree: the results of type Course, from the top, a course that
 * only frames other courses with credits not counted; where there is none, modules without parts; else whatever has no
 * parts. A degree without parts is a unit only where a report has nothing else.
 *
 * Depth and types are never relied on: Denmark and Germany put courses into courses, Sweden gives credits to classes,
 * Finland calls any item a module.
 */
export function recognisableUnits(trees: readonly AssessedResult[]): AssessedResult[] {
  const units = trees.flatMap(unitsOf)
  const others = units.filter((unit) => !isDegree(unit))
  return others.length > 0 ? others : units
}
