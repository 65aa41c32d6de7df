import { oneLine, printableText } from '../fonts/printable-text.js'
import type { FontSet } from '../fonts/font-set.js'
import { lineHeight, TextSetter, type Line, type TextStyle } from './text-setter.js'
import { languageTag } from './language-tag.js'

export type Structure = PDFKit.PDFStructureElement

/** A text with its language where that is not the language of the document. */
export interface Text {
  readonly text: string
  readonly lang?: string | undefined
}

export const styles = {
  title: { size: 20, bold: true, colour: '#1a2a44' },
  heading: { size: 14, bold: true, colour: '#1a2a44' },
  subheading: { size: 11, bold: true, colour: '#1a2a44' },
  body: { size: 9, bold: false, colour: '#000000' },
  strong: { size: 9, bold: true, colour: '#000000' },
  cell: { size: 8, bold: false, colour: '#000000' },
  small: { size: 7.5, bold: false, colour: '#444444' },
} as const satisfies Record<string, TextStyle>

/** A4 in points. */
const margin = { side: 50, top: 62, bottom: 58 }

type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6
type Outline = PDFKit.PDFOutline

/** Writes down a document from top to bottom: pages, structure tree and bookmarks grow together, in reading order. */
export class PageWriter {
  readonly doc: PDFKit.PDFDocument
  readonly setter: TextSetter
  readonly root: Structure
  readonly left = margin.side
  y = margin.top
  readonly #bookmarks: (Outline | undefined)[]

  /** @param doc without a page so far */
  constructor(doc: PDFKit.PDFDocument, fonts: FontSet) {
    this.doc = doc
    this.setter = new TextSetter(doc, fonts)
    doc.addPage()
    this.root = doc.struct('Document')
    doc.addStructure(this.root)
    this.#bookmarks = [doc.outline]
  }

  get width(): number {
    return this.doc.page.width - 2 * margin.side
  }

  /** What a page holds from top to bottom. */
  get pageHeight(): number {
    return this.doc.page.height - margin.top - margin.bottom
  }

  /** How much of it is left. */
  get space(): number {
    return this.doc.page.height - margin.bottom - this.y
  }

  newPage(): void {
    this.doc.addPage()
    this.y = margin.top
  }

  /** Begins a new page where less than so much is left. */
  keep(height: number): void {
    if (this.space < height && this.y > margin.top) this.newPage()
  }

  /** An element of the structure tree below another; a cell may run over several columns. */
  element(
    parent: Structure,
    type: string,
    options: { lang?: string | undefined; columns?: number; [name: string]: unknown } = {},
  ): Structure {
    const { lang, columns, ...others } = options
    const tag = languageTag(lang)
    const element = this.doc.struct(type as never, (tag === undefined ? others : { ...others, lang: tag }) as never)
    if (columns !== undefined) {
      const inner = element as unknown as { readonly dictionary: { readonly data: Record<string, unknown> } }
      inner.dictionary.data['A'] = { O: 'Table', ColSpan: columns }
    }
    parent.add(element as never)
    return element
  }

  /** What `draw` puts on the present page belongs to the element. */
  content(element: Structure, type: string, draw: () => void): void {
    const content = this.doc.markStructureContent(type as never)
    draw()
    this.doc.endMarkedContent()
    element.add(content as never)
  }

  /** What `draw` puts on the page is decoration: no reader speaks it. */
  decoration(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }

  heading(level: HeadingLevel, { text, lang }: Text): void {
    const style = level === 1 ? styles.title : level === 2 ? styles.heading : styles.subheading
    const words = oneLine(text)
    if (words === '') return
    if (level > 1 && this.y > margin.top) this.y += style.size * 0.9
    // Room for the headings that may follow, and some lines.
    this.keep(60 + (7 - level) * 18)
    // A level that was left out hangs its bookmarks under the last one that was not.
    const parent = this.#bookmarks.slice(0, level).findLast((one) => one !== undefined)
    this.#bookmarks[level] = parent?.addItem(words, { top: this.y - 4 } as never)
    this.#bookmarks.length = level + 1
    this.text(this.root, `H${level}`, { text: words, lang }, style)
    this.y += style.size * 0.35
  }

  /** A paragraph; nothing for an empty text. */
  paragraph(text: Text, style: TextStyle = styles.body): void {
    if (text.text.trim() === '') return
    this.text(this.root, 'P', text, style)
    this.y += 4
  }

  list(items: readonly Text[], kind: 'points' | 'steps' = 'points'): void {
    if (items.length === 0) return
    const list = this.element(this.root, 'L')
    for (const [index, item] of items.entries()) {
      const entry = this.element(list, 'LI')
      this.keep(lineHeight(styles.body))
      const bullet = this.setter.linesOf(kind === 'steps' ? `${index + 1}.` : '•', styles.body, 20)[0]
      const label = this.element(entry, 'Lbl')
      if (bullet !== undefined) this.content(label, 'Lbl', () => this.setter.draw(bullet, this.left + 4, this.y))
      this.text(entry, 'LBody', item, styles.body, 16)
      this.y += 2
      entry.end()
    }
    list.end()
    this.y += 3
  }

  /** An element with a text of several lines, over as many pages as it takes. */
  text(parent: Structure, type: string, { text, lang }: Text, style: TextStyle, indent = 0): void {
    const element = this.element(parent, type, { lang })
    const lines = this.setter.linesOf(printableText(text).trim(), style, this.width - indent)
    const height = lineHeight(style)
    for (let index = 0; index < lines.length;) {
      this.keep(height)
      const fits = Math.max(1, Math.floor(this.space / height))
      const part = lines.slice(index, index + fits)
      this.content(element, type, () => this.drawLines(part, this.left + indent))
      index += part.length
    }
    element.end()
  }

  drawLines(lines: readonly Line[], x: number): void {
    for (const line of lines) {
      this.setter.draw(line, x, this.y)
      this.y += lineHeight(line.style)
    }
  }
}
