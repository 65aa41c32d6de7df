import { allReleases, releaseWords, type ReleaseSet } from '../grammar/releases.js'
import type { ShapeRow } from '../grammar/shape.js'
import type { Finding } from './check-value.js'

const kindOf = (row: ShapeRow): string => (row.at === undefined ? 'element' : row.at)

/** `in ELMO 1.3.0 to 1.6.0`, where not all releases that have the row agree. */
const where = (row: ShapeRow, breaks: ReleaseSet): string =>
  breaks === row.releases ? '' : ` in ELMO ${releaseWords(breaks)}`

const unknown = new WeakMap<ShapeRow, Finding>()
const missing = new WeakMap<ShapeRow, Finding>()
const second = new WeakMap<ShapeRow, Finding>()
const beyond = new WeakMap<ShapeRow, Finding>()

/** What a row tells again and again, told once: such findings are many and mostly about releases nobody asks for. */
function once(made: WeakMap<ShapeRow, Finding>, row: ShapeRow, make: (row: ShapeRow) => Finding): Finding {
  let finding = made.get(row)
  if (finding === undefined) made.set(row, (finding = make(row)))
  return finding
}

/** A row that stands where some releases do not know it. */
export const checkRelease = (row: ShapeRow): Finding | undefined =>
  row.releases === allReleases ? undefined : once(unknown, row, makeUnknown)

function makeUnknown(row: ShapeRow): Finding {
  const message = `the ${kindOf(row)} "${row.name}" is known in ELMO ${releaseWords(row.releases)} only`
  return { rule: 'GRAMMAR-RELEASE', message, breaks: allReleases & ~row.releases }
}

function makeMissing(row: ShapeRow): Finding {
  const message = `the ${kindOf(row)} "${row.name}" is missing${where(row, row.requiredIn)}`
  return { rule: 'GRAMMAR-MISSING', message, breaks: row.requiredIn }
}

function makeSecond(row: ShapeRow): Finding {
  const message = `"${row.name}" stands several times, but may stand once only${where(row, row.singleIn)}`
  return { rule: 'GRAMMAR-TOO-MANY', message, breaks: row.singleIn }
}

/** A result in an element that holds one: what a reader takes for several such elements when there are more. */
export const isOneResult = (row: ShapeRow): boolean => row.type === 'LearningOpportunitySpecification' && !row.isList

function makeBeyond(row: ShapeRow): Finding {
  const times = row.most === 1 ? 'once only' : `${row.most} times at most`
  const isLost = row.most === 1 && row.secondIs === undefined && !isOneResult(row)
  const message = `"${row.name}" may stand ${times}${isLost ? '; what stands further is left out' : ''}`
  return { rule: 'GRAMMAR-TOO-MANY', message, breaks: row.releases }
}

/** Too few of a row, or too many, in some releases or all. */
export function checkCount(row: ShapeRow, count: number): Finding | undefined {
  if (count === 0) {
    return row.requiredIn === 0 ? undefined : once(missing, row, makeMissing)
  }
  if (count > row.most) return once(beyond, row, makeBeyond)
  return count > 1 && row.singleIn !== 0 ? once(second, row, makeSecond) : undefined
}
