import { allReleases, releaseSet, releaseWords, type ReleaseSet } from '../grammar/releases.js'
import type { Row } from '../grammar/row.js'
import { simpleTypeOf } from '../grammar/shape.js'
import type { SimpleType } from '../grammar/simple-types.js'

/** What is wrong: a rule, plain words that never hold a value, and the releases that it breaks (none: a notice). */
export interface Finding {
  readonly rule: string
  readonly message: string
  readonly breaks: ReleaseSet
}

const notCollapsed = ['\t', '\n', '\r', '  ']

/**
 * Short texts are looked at here, because a search by expression costs more than they do; in long ones a search for
 * single characters is many times as fast.
 */
function isCollapsed(text: string): boolean {
  const { length } = text
  if (length > 4096)
    return !notCollapsed.some((part) => text.includes(part)) && !text.startsWith(' ') && !text.endsWith(' ')
  if (length > 64) return !/[\t\n\r]|^ | $| {2}/.test(text)
  let wasBlank = true
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x20 ? wasBlank : code === 0x0a || code === 0x0d || code === 0x09) return false
    wasBlank = code === 0x20
  }
  return length === 0 || !wasBlank
}

/** The text as `xs:token` has it: no white space around, one blank between. */
export function collapse(text: string): string {
  if (isCollapsed(text)) return text
  return text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '')
}

/** The text as a reader of the row's type sees it: white space collapsed where the type says so. */
export const normalise = (row: Row, text: string): string =>
  simpleTypeOf(row)?.whiteSpace === 'collapse' ? collapse(text) : text

const equalsButCase = (values: readonly string[], text: string): string | undefined =>
  values.find((value) => value !== text && value.toLowerCase() === text.toLowerCase())

const checkedIn = new Map<SimpleType, ReleaseSet>()

function breaksOf(type: SimpleType): ReleaseSet {
  if (type.checkedIn === undefined) return allReleases
  const known = checkedIn.get(type) ?? releaseSet(type.checkedIn)
  checkedIn.set(type, known)
  return known
}

/** What breaks a simple type in a normalised text, or undefined. */
export function checkSimpleType(type: SimpleType, text: string): Finding | undefined {
  const found = text === '' ? 'is empty, but ' : ''
  if (type.isValid?.(text) === false) {
    return { rule: 'GRAMMAR-VALUE', message: `${found}must be ${type.words}`, breaks: breaksOf(type) }
  }
  if (type.values === undefined) return undefined
  if (type.values.includes(text)) {
    const range = type.valuesIn?.[text]
    if (range === undefined) return undefined
    const known = releaseSet(range)
    const message = `the value is known in ELMO ${releaseWords(known)} only`
    return { rule: 'GRAMMAR-RELEASE', message, breaks: allReleases & ~known }
  }
  const meant = equalsButCase(type.values, text)
  if (meant !== undefined) return { rule: 'P-CASE', message: `must be written "${meant}"`, breaks: allReleases }
  return { rule: 'GRAMMAR-ENUM', message: `${found}must be ${type.words}`, breaks: allReleases }
}

/** What breaks the row's simple type in a normalised text, or undefined. */
export function checkValue(row: Row, text: string): Finding | undefined {
  const type = simpleTypeOf(row)
  return type === undefined ? undefined : checkSimpleType(type, text)
}
