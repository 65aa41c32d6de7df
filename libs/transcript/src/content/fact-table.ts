import { writeTable, type CellText } from '../layout/write-table.js'
import { styles, type PageWriter } from '../layout/page-writer.js'

export interface Fact {
  readonly name: string
  readonly value: CellText
}

/** A fact, or nothing where the document does not say it. */
export const fact = (name: string, value: string | CellText | undefined): Fact[] => {
  const text = typeof value === 'string' ? { text: value } : value
  return text === undefined || text.text.trim() === '' ? [] : [{ name, value: text }]
}

/** Names and values, one a row. */
export const writeFacts = (writer: PageWriter, facts: readonly Fact[]): Promise<void> =>
  writeTable(writer, {
    columns: [
      { head: '', share: 0.3 },
      { head: '', share: 0.7 },
    ],
    withoutHead: true,
    rows: facts.map(({ name, value }) => ({
      cells: [{ texts: [{ text: name, style: styles.strong }] }, { texts: [value] }],
    })),
  })
