import type { XmlBytes } from './xml-bytes.js'

/** The names in use, of elements, attributes and namespaces, have fewer than a hundred characters. */
const longestName = 1000

/**
 * Refuses a name over 1,000 characters. Whoever takes an element out of the document takes its names along: a long one, used
 * often, would fill the memory.
 * @throws {ElmoError} ELMO_TOO_LARGE
 */
export function refuseLongName(bytes: XmlBytes, offset: number, length: number): void {
  if (length <= longestName) return
  bytes.fail('ELMO_TOO_LARGE', offset, `a name is longer than ${longestName} characters`)
}
