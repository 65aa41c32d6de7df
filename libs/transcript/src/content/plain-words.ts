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

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The words of a piece of HTML, however it was written. */
export const wordsOfHtml = (html: string): string =>
  html
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<\/?([a-z][a-z0-9]*)\b[^>]*>/gi, (_, name: string) => (blocks.has(name.toLowerCase()) ? '\n' : ''))
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return entities[name.toLowerCase()] ?? whole
        const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      },
    )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
