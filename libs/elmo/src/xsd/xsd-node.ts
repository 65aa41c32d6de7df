import { escapeAttribute, escapeText } from '../xml/escape-xml.js'

/** A schema element before it is written: its name without prefix, attributes (undefined is left out), content. */
export interface XsdNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly content: readonly XsdNode[] | string
}

export const xsd = (
  name: string,
  attributes: XsdNode['attributes'] = {},
  ...content: readonly (XsdNode | undefined)[]
): XsdNode => ({ name, attributes, content: content.filter((node) => node !== undefined) })

/** Words for people; nothing where there are none. */
export function annotation(...sentences: readonly (string | undefined)[]): XsdNode | undefined {
  const text = sentences.filter((sentence) => sentence !== undefined).join(' ')
  const documentation = { name: 'documentation', attributes: { 'xml:lang': 'en' }, content: text }
  return text === '' ? undefined : { name: 'annotation', attributes: {}, content: [documentation] }
}

function write({ name, attributes, content }: XsdNode, indent: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`))
    .join('')
  const open = `${indent}<xs:${name}${written}`
  if (content.length === 0) return `${open}/>\n`
  if (typeof content === 'string') return `${open}>${escapeText(content)}</xs:${name}>\n`
  return `${open}>\n${content.map((node) => write(node, `${indent}  `)).join('')}${indent}</xs:${name}>\n`
}

/** A schema document. */
export function writeXsd(attributes: XsdNode['attributes'], ...content: readonly (XsdNode | undefined)[]): string {
  const root = xsd('schema', { 'xmlns:xs': 'http://www.w3.org/2001/XMLSchema', ...attributes }, ...content)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`
}
