const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }
const invisible = /<(script|style)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)|<!--[\s\S]*?(-->|$)/gi
const lineEnd = /<(br|\/p|\/li|\/div|\/h[1-6]|\/tr)\b[^>]*>/gi

/**
 * The words of a piece of HTML, with line breaks where blocks end. The result is plain text: a reader that shows it
 * must escape it like any other, so nothing in it can become markup.
 */
export function plainTextOfHtml(html: string): string {
  return html
    .replace(invisible, '')
    .replace(lineEnd, '\n')
    .replace(/<\/?[a-zA-Z][^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g, (whole, decimal, hex, name) =>
      name !== undefined
        ? named[name as string]!
        : characterOf(decimal ? Number(decimal) : parseInt(hex as string, 16), whole),
    )
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const characterOf = (code: number, otherwise: string): string =>
  code === 9 ||
  code === 10 ||
  (code >= 32 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code > 0xffff && code <= 0x10ffff)
    ? String.fromCodePoint(code)
    : otherwise
