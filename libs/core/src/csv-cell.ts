/** What a spreadsheet reads as the begin of a formula, in narrow and in wide letters, also behind a tab or a new line. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
/**
 * Where a spreadsheet begins a new cell that does not separate by commas, as in most of Europe: our quotes stand in the
 * middle of what it takes for a cell, and hide nothing from it.
 */
const laterFormula = /([;\t\r\n])(?=[\s"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/**
 * A value as a cell of a table for spreadsheets: one that would be taken for a formula begins with an apostrophe; so does
 * what stands behind a semicolon, a tab or a new line.
 *
 * Spec: RFC 4180.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value).replace(laterFormula, "$1'")
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
