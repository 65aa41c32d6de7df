import { defaults } from '../numbers.js'

const lineBreaks = /[\t\r\n\u2028\u2029]+/g
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * A text of the other side made safe to keep: line breaks become blanks; control characters, broken characters and the
 * marks that turn the direction of writing go; kept in full up to a bound. It is still text, never markup: a page
 * escapes it, and shows less of it.
 */
export const plainMessage = (text: string): string =>
  text.slice(0, defaults.returnMessageMaxKept).replace(lineBreaks, ' ').replace(unprintable, '')
