import { plainTextOfHtml } from '@emrex-gateway/core'
import { ElmoError, parseXml, type RawXml, type XmlElement } from '@emrex-gateway/elmo'

/** Elements that stand on lines of their own. */
const blocks = new Set([
  ...['p', 'div', 'br', 'hr', 'li', 'tr', 'dt', 'dd', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'caption'],
  ...['ul', 'ol', 'dl', 'pre', 'blockquote', 'section', 'article'],
])
const cells = new Set(['td', 'th'])
/** Stands where a cell begins; no XML has it. */
const cell = '\f'

/** The words of a piece of XML, without its elements; undefined when it is none. */
export function wordsOfXml(xml: RawXml): string | undefined {
  try {
    const words = wordsOfElement(parseXml(new TextEncoder().encode(xml)).root)
    return words
      .split('\n')
      .map(wordsOfLine)
      .join('\n')
      .replace(/\n{2,}/g, '\n')
      .trim()
  } catch (error) {
    if (error instanceof ElmoError) return undefined
    throw error
  }
}

function wordsOfElement({ localName, children }: XmlElement): string {
  const words = children.map((child) => (typeof child === 'string' ? child : wordsOfElement(child))).join('')
  const name = localName.toLowerCase()
  if (blocks.has(name)) return `\n${words}\n`
  return cells.has(name) ? `${cell}${words}` : words
}

/** A stroke between cells, as where HTML is read. */
const wordsOfLine = (line: string): string =>
  line
    .split(cell)
    .map((words) => words.trim())
    .filter((words) => words !== '')
    .join(' | ')

/** The words of a piece of HTML, however it was written. */
export const wordsOfHtml = (html: string): string =>
  plainTextOfHtml(html)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
