/** What a spreadsheet reads as the begin of a formula, in narrow and in wide letters, also behind a tab or a new line. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * A value as a cell of a table for spreadsheets: one that would be taken for a formula begins with an apostrophe.
 *
 * Spec: RFC 4180.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  const harmless = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
