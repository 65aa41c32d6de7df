import { htmlEntities } from './html-entities.js'

const invisible = /<(script|style)\b[^<>]*>[\s\S]*?(<\/\1\s*>|$)|<!--[\s\S]*?(-->|$)/gi
const blocks = 'p|li|div|h[1-6]|tr|dt|dd|pre|blockquote|caption'
/** Hold nothing but blocks. */
const holders = 'table|ul|ol|dl|section|article'
const blockEnd = new RegExp(`<(?:br|hr|/(?:${blocks}))\\b[^<>]*>`, 'gi')
const blockBegin = new RegExp(`<(?:${blocks}|/?(?:${holders}))\\b[^<>]*>`, 'gi')
const cellBegin = /<t[dh]\b[^<>]*>/gi

/** Stand where a block and a cell begin, until the lines are made of it; no text has them. */
const [block, cell] = ['\v', '\f']

/**
 * The words of a piece of HTML, with line breaks where blocks begin and end, and a stroke between the cells of a table. The
 * result is plain text: a reader that shows it must escape it like any other, so nothing in it can become markup.
 */
export function plainTextOfHtml(html: string): string {
  return html
    .replace(invisible, '')
    .replace(blockEnd, '\n')
    .replace(blockBegin, block)
    .replace(cellBegin, cell)
    .replace(/<\/?[a-zA-Z][^<>]*>/g, '')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]*));/g,
      (whole, decimal?: string, hex?: string, name?: string) =>
        name !== undefined
          ? (htmlEntities.get(name) ?? whole)
          : characterOf(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal), whole),
    )
    .split('\n')
    .map(lineOf)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A block that begins within a line begins one of its own; at the beginning of a line it need not. */
const lineOf = (line: string): string =>
  line
    .split(block)
    .map(cellsOf)
    .filter((part) => part !== '')
    .join('\n')

const cellsOf = (part: string): string =>
  part
    .split(cell)
    .map((text) => text.trim())
    .filter((text, index) => index > 0 || text !== '')
    .join(' | ')

const characterOf = (code: number, otherwise: string): string =>
  code === 9 ||
  code === 10 ||
  (code >= 32 && code < 0xd800) ||
  (code > 0xdfff && code < 0xfffe) ||
  (code > 0xffff && code <= 0x10ffff)
    ? String.fromCodePoint(code)
    : otherwise
