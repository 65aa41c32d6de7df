import { plainTextOfHtml } from '@emrex-gateway/core'
import { ElmoError, parseXml, type RawXml, type XmlElement } from '@emrex-gateway/elmo'

/** Elements that a new line begins after. */
const blocks = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol'])

/** The words of a piece of XML, without its elements; undefined when it is none. */
export function wordsOfXml(xml: RawXml): string | undefined {
  try {
    return wordsOfElement(parseXml(new TextEncoder().encode(xml)).root).trim()
  } catch (error) {
    if (error instanceof ElmoError) return undefined
    throw error
  }
}

function wordsOfElement({ localName, children }: XmlElement): string {
  const words = children.map((child) => (typeof child === 'string' ? child : wordsOfElement(child))).join('')
  return blocks.has(localName.toLowerCase()) ? `${words}\n` : words
}

/** The words of a piece of HTML, however it was written. */
export const wordsOfHtml = (html: string): string =>
  plainTextOfHtml(html)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
