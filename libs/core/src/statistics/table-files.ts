import { csvCell } from '../csv-cell.js'
import type { Cell, StatisticsTable, TableRow } from './build-table.js'
import { outcomes } from './outcome.js'

/** What stands in a CSV file for a count that is not told. */
export const suppressedMark = 'suppressed'

const columns = ['connections', ...outcomes] as const

/**
 * A table for spreadsheets: a row of names, the rows, the totals.
 *
 * Spec: RFC 4180; no cell is a formula.
 */
export function tableCsv({ by, rows, total }: StatisticsTable<Cell>): string {
  const line = ({ name, ...row }: TableRow<Cell>) => [name, ...columns.map((column) => valueOf(row, column))]
  const shown = (cell: Cell | string) => csvCell(cell ?? suppressedMark)
  return [[by, ...columns], ...[...rows, total].map(line)].map((row) => `${row.map(shown).join(',')}\r\n`).join('')
}

/** The same table to read, in columns. */
export function tableText({ by, rows, total }: StatisticsTable<Cell>): string {
  const line = ({ name, ...row }: TableRow<Cell>) => [
    name,
    ...columns.map((column) => String(valueOf(row, column) ?? suppressedMark)),
  ]
  const lines = [[by, ...columns], ...[...rows, total].map(line)]
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((each) => each[at]!.length)))
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))
  return lines.map((each) => `${each.map(pad).join('  ').trimEnd()}\n`).join('')
}

/** The same table for programs; a count that is not told is `null`. */
export function tableJson({ by, rows, total }: StatisticsTable<Cell>) {
  const line = ({ name, ...row }: TableRow<Cell>) => ({
    [by]: name,
    ...Object.fromEntries(columns.map((column) => [column, valueOf(row, column)])),
  })
  return { by, rows: rows.map(line), total: Object.fromEntries(Object.entries(line(total)).slice(1)) }
}

const valueOf = (row: Omit<TableRow<Cell>, 'name'>, column: (typeof columns)[number]): Cell =>
  column === 'connections' ? row.connections : row.outcomes[column]
