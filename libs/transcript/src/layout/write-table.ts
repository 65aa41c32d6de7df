import { setImmediate } from 'node:timers/promises'
import { printableText } from '../fonts/printable-text.js'
import { styles, type PageWriter, type Structure, type Text } from './page-writer.js'
import { lineHeight, type Line, type TextStyle } from './text-setter.js'

export interface Column {
  /** Empty only in tables without a head. */
  readonly head: string
  /** Share of the width of the page. */
  readonly share: number
  readonly align?: 'right'
}

export interface CellText extends Text {
  readonly style?: TextStyle
}

export interface Cell {
  readonly texts: readonly CellText[]
  /** Points; how far a part stands below its whole. */
  readonly indent?: number
}

export interface Row {
  readonly cells: readonly Cell[]
  /** Stands under the cells, over all columns, as a row of its own without a line between them. */
  readonly below?: Cell
}

export interface Table {
  readonly columns: readonly Column[]
  /** Its first column names the row. */
  readonly rows: readonly Row[]
  /** Which column holds the names of the rows. */
  readonly nameColumn?: number
  readonly withoutHead?: boolean
}

const padding = { x: 4, y: 3 }
const headStyle: TextStyle = { size: 8, bold: true, colour: '#1a2a44' }
/** Other work gets its turn after so many rows. */
const rowsInOneGo = 25

/** The lines of one text of a cell; they are one element, on however many pages. */
interface Block {
  readonly lines: readonly Line[]
  readonly element: Structure
  readonly type: string
}

/** Writes a table over as many pages as it takes; the head is repeated for the eye, and a row may run over a page's end. */
export async function writeTable(writer: PageWriter, table: Table): Promise<void> {
  if (table.rows.length === 0) return
  const element = writer.element(writer.root, 'Table')
  const tableWriter = new TableWriter(writer, table, element)
  if (table.withoutHead !== true) tableWriter.head()
  for (const [index, row] of table.rows.entries()) {
    if (index % rowsInOneGo === rowsInOneGo - 1) await setImmediate()
    tableWriter.row(row)
  }
  element.end()
  writer.y += 8
}

/** What is drawn together, column beside column. */
interface Part {
  readonly blocks: readonly (readonly Block[])[]
  readonly cells: readonly Cell[]
  readonly places: readonly Place[]
}

interface Place {
  readonly x: number
  readonly width: number
}

class TableWriter {
  readonly #writer: PageWriter
  readonly #table: Table
  readonly #element: Structure
  readonly #places: readonly Place[]
  readonly #across: readonly Place[]

  constructor(writer: PageWriter, table: Table, element: Structure) {
    this.#writer = writer
    this.#table = table
    this.#element = element
    let x = writer.left
    this.#places = table.columns.map(({ share }) => {
      const place = { x, width: writer.width * share }
      x += place.width
      return place
    })
    this.#across = [{ x: writer.left, width: writer.width }]
  }

  head(): void {
    const row = this.#writer.element(this.#element, 'TR')
    this.#writer.keep(60)
    const blocks = this.#table.columns.map(({ head }, index) => {
      const element = this.#writer.element(row, 'TH', { scope: 'Column' })
      return [{ lines: this.#lines(head, headStyle, this.#places[index], 0), element, type: 'TH' }]
    })
    this.#shade(Math.max(...blocks.flat().map(({ lines }) => lines.length)))
    this.#part(
      { blocks, cells: [], places: this.#places },
      this.#table.columns.map(() => 0),
    )
    this.#rule()
    row.end()
  }

  row({ cells, below }: Row): void {
    const row = this.#writer.element(this.#element, 'TR')
    const blocks = cells.map((cell, index) => this.#blocks(cell, row, this.#places[index], index))
    const parts: Part[] = [{ blocks, cells, places: this.#places }]
    const ends = [row]
    if (below !== undefined && below.texts.length > 0) {
      const second = this.#writer.element(this.#element, 'TR')
      const across = [this.#blocks(below, second, this.#across[0])]
      ends.push(second)
      parts.push({ blocks: across, cells: [below], places: this.#across })
    }
    const height = parts.reduce((sum, part) => sum + heightOf(part), 2 * padding.y)
    if (height > this.#writer.space && height < this.#writer.pageHeight / 2) this.#nextPage()
    parts.forEach((part, index) => {
      const done = part.blocks.map(() => 0)
      while (part.blocks.some((column, at) => (done[at] ?? 0) < count(column))) {
        if (this.#writer.space < 2 * padding.y + 14) this.#nextPage()
        this.#part(part, done)
      }
      if (index < parts.length - 1) this.#writer.y -= 2 * padding.y
      else this.#rule()
    })
    for (const element of ends) element.end()
  }

  /** @param index of its column; absent for a cell over all of them */
  #blocks(cell: Cell, row: Structure, place: Place | undefined, index?: number): Block[] {
    const isName = index === (this.#table.nameColumn ?? 0)
    const type = isName ? 'TH' : 'TD'
    const [only, ...more] = cell.texts
    const own = more.length === 0 ? only?.lang : undefined
    const element = this.#writer.element(row, type, {
      lang: own,
      ...(isName ? { scope: 'Row' } : {}),
      ...(index === undefined ? { columns: this.#table.columns.length } : {}),
    })
    return cell.texts.map(({ text, lang, style = styles.body }) => {
      const lines = this.#lines(text, style, place, cell.indent ?? 0)
      if (more.length === 0) return { lines, element, type }
      return { lines, element: this.#writer.element(element, 'P', { lang }), type: 'P' }
    })
  }

  #lines(text: string, style: TextStyle, place: Place | undefined, indent: number): Line[] {
    const width = (place?.width ?? 0) - 2 * padding.x - indent
    return this.#writer.setter.linesOf(printableText(text).trim(), style, Math.max(width, 20))
  }

  /** Draws what fits on this page of each column and notes how many lines are done. */
  #part({ blocks, cells, places }: Part, done: number[]): void {
    const writer = this.#writer
    const top = writer.y + padding.y
    const bottom = writer.y + writer.space - padding.y
    let lowest = top
    blocks.forEach((column, index) => {
      const place = places[index]
      if (place === undefined) return
      const right = places === this.#places && this.#table.columns[index]?.align === 'right'
      const x = place.x + padding.x + (cells[index]?.indent ?? 0)
      writer.y = top
      let before = 0
      for (const { lines, element, type } of column) {
        const rest = lines.slice(Math.max(0, (done[index] ?? 0) - before))
        before += lines.length
        const fits = fitting(rest, bottom - writer.y)
        if (fits.length > 0) {
          writer.content(element, type, () => {
            for (const line of fits) {
              const shift = right ? place.width - 2 * padding.x - writer.setter.widthOf(line) : 0
              writer.drawLines([line], x + Math.max(0, shift))
            }
          })
          done[index] = (done[index] ?? 0) + fits.length
        }
        if (fits.length < rest.length) break
      }
      lowest = Math.max(lowest, writer.y)
    })
    writer.y = lowest + padding.y
  }

  #nextPage(): void {
    const writer = this.#writer
    writer.newPage()
    if (this.#table.withoutHead === true) return
    const columns = this.#table.columns.map(({ head }, index) => this.#lines(head, headStyle, this.#places[index], 0))
    const most = Math.max(...columns.map((lines) => lines.length))
    this.#shade(most)
    writer.decoration(() => {
      const top = writer.y + padding.y
      columns.forEach((lines, index) => {
        writer.y = top
        const place = this.#places[index]
        const right = this.#table.columns[index]?.align === 'right'
        for (const line of lines) {
          const shift = right ? (place?.width ?? 0) - 2 * padding.x - writer.setter.widthOf(line) : 0
          writer.drawLines([line], (place?.x ?? 0) + padding.x + Math.max(0, shift))
        }
      })
      writer.y = top + most * lineHeight(headStyle) + padding.y
    })
  }

  #shade(lines: number): void {
    const { doc, left, y, width } = this.#writer
    const height = lines * lineHeight(headStyle) + 2 * padding.y
    this.#writer.decoration(() => doc.rect(left, y, width, height).fill('#e8edf5'))
  }

  #rule(): void {
    const { doc, left, y, width } = this.#writer
    this.#writer.decoration(() =>
      doc
        .moveTo(left, y)
        .lineTo(left + width, y)
        .lineWidth(0.4)
        .stroke('#b8c2d0'),
    )
  }
}

const heightOf = ({ blocks }: Part): number =>
  Math.max(
    0,
    ...blocks.map((column) =>
      column.flatMap(({ lines }) => lines).reduce((sum, { style }) => sum + lineHeight(style), 0),
    ),
  )

const count = (column: readonly Block[]): number => column.reduce((sum, { lines }) => sum + lines.length, 0)

/** As many lines as the height takes. */
function fitting(lines: readonly Line[], height: number): readonly Line[] {
  let used = 0
  const end = lines.findIndex(({ style }) => (used += lineHeight(style)) > height)
  return end < 0 ? lines : lines.slice(0, end)
}
