/** Marks that steer the direction of text and invisible joints that no line needs: a font may draw them as boxes. */
const invisible = /[\u00ad\u200b\u200e\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Variation_Selector}/gu

/**
 * A text as it can be set on a page: composed (NFC), without control characters and marks of direction, halves of
 * characters replaced by U+FFFD. Line breaks stay as `\n`.
 */
export const printableText = (text: string): string =>
  text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u00a0\u202f\t]/g, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
    .replace(invisible, '')
    .normalize('NFC')

/** The same on one line: what is a name, a title or a code never holds a line break. */
export const oneLine = (text: string): string => printableText(text).replace(/\s+/g, ' ').trim()
