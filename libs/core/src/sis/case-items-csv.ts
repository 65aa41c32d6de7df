import type { Elmo } from '@emrex-gateway/elmo'
import { csvCell } from '../csv-cell.js'
import { importItems, type ImportItem } from './import-items.js'

const columns = [
  'item_no',
  'parent_item_no',
  'issuer',
  'code',
  'title',
  'title_en',
  'credits',
  'credit_scheme',
  'grade',
  'grade_scheme',
  'date',
  'term',
  'level',
  'status',
] as const satisfies readonly (keyof ImportItem)[]

/**
 * The results of a document as a table for spreadsheets, one row each below a row of names.
 *
 * Guaranteed: what a spreadsheet would take for a formula begins with an apostrophe, which makes it text, whether it separates
 * cells by commas, semicolons or tabs. So a grade of `-3` stands there as `'-3`; values as they are stand in `importItems`.
 *
 * Spec: RFC 4180.
 */
export function caseItemsCsv(elmo: Elmo): string {
  const rows = importItems(elmo).map((item) => columns.map((column) => csvCell(item[column])))
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}
