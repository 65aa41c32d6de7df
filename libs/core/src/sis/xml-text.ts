// All that XML 1.0 can carry; a control character or half a surrogate pair would break the whole document.
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** A text with its line breaks as XML can carry it, trimmed; undefined where nothing is left. */
export function xmlLines(text: string | null | undefined): string | undefined {
  const clean = text?.replace(notXml, '\uFFFD').trim()
  return clean === '' ? undefined : clean
}

/** The same on one line: white space of XML collapsed, all else as it is. */
export const xmlText = (text: string | null | undefined): string | undefined =>
  xmlLines(text)?.replace(/[\t\n\r ]+/g, ' ')
