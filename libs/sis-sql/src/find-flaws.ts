import { calendarDay, decimalText, normaliseNationalId, SisError } from '@emrex-gateway/core'
import type { ColumnRule, ImportTableName, ViewName, ViewRule } from './view-contract.js'
import type { ViewRow } from './view-row.js'

/** What is wrong with the rows of a view, in words without a value of any row. */
export interface Flaws {
  /** A transfer fails on these, or gives something that is not so. */
  readonly faults: readonly string[]
  /** Something is left out for these, or may be. */
  readonly remarks: readonly string[]
}

const statuses: readonly string[] = ['passed', 'failed', 'in-progress', 'withdrawn']
const losTypes: readonly string[] = ['Degree Programme', 'Module', 'Course', 'Class']
const keysOf: Partial<Record<ViewName | ImportTableName, string>> = {
  institution: 'institution_code',
  result: 'result_key',
  attachment: 'attachment_key',
}

/** A search compares days as text where the database knows no dates. */
const hasTime = (text: string | undefined): boolean => {
  const day = calendarDay(text)
  return day !== undefined && day !== text
}

/** A search compares numbers as they are written, and logins write them in one way. */
const isWrittenOtherwise = (row: ViewRow, usualCountry: string): boolean => {
  const number = row.text('national_id')
  const country = row.text('national_id_country') ?? usualCountry
  return number !== undefined && normaliseNationalId(country, number).value !== number
}

/** Looks through rows of one view. Values are counted, never shown. */
export function findFlaws(
  name: ViewName,
  rule: ViewRule,
  columns: ReadonlySet<string>,
  rows: readonly ViewRow[],
  nationalIdCountry = '',
): Flaws {
  const view = rows[0]?.view
  if (view === undefined) return { faults: [], remarks: [] }
  const faults: string[] = []
  const remarks: string[] = []
  const count = (bad: (row: ViewRow) => boolean): number => rows.filter(bad).length
  const say = (list: string[], number: number, what: string): void => {
    if (number > 0) list.push(`view ${view}: in ${number} of ${rows.length} rows ${what}`)
  }
  const readable = new Set<string>()
  for (const [column, { need, kind }] of Object.entries(rule.columns)) {
    if (!columns.has(column) || kind === 'bytes') continue
    const wrong = kind === 'flag' ? undefined : typeFault(rows, column)
    if (wrong !== undefined) {
      faults.push(wrong)
      continue
    }
    readable.add(column)
    if (need === 'filled')
      say(
        faults,
        count((row) => row.text(column) === undefined),
        `${column} is empty`,
      )
    sayOfKind(column, kind, rows, (number, what) => say(remarks, number, what))
  }
  const key = keysOf[name]
  if (key !== undefined && readable.has(key)) say(faults, repeated(rows, key), `${key} is not unique`)
  if (name === 'person' && readable.has('birth_date'))
    say(
      remarks,
      count((row) => hasTime(row.text('birth_date'))),
      'birth_date has a time behind the day; where the column is text, nobody is found by it',
    )
  if (name === 'person' && readable.has('national_id') && readable.has('national_id_country'))
    say(
      remarks,
      count((row) => isWrittenOtherwise(row, nationalIdCountry)),
      'national_id has small letters, or signs that no login gives with it; nobody is found by it',
    )
  if (name !== 'result') return { faults, remarks }
  if (readable.has('status'))
    say(
      remarks,
      count((row) => !statuses.includes(row.text('status')?.toLowerCase() ?? '')),
      `status is none of ${statuses.join(', ')}; these results are left out`,
    )
  if (readable.has('los_type'))
    say(
      remarks,
      count((row) => !losTypes.includes(row.text('los_type') ?? 'Course')),
      `los_type is none of ${losTypes.join(', ')}; it is left out`,
    )
  if (readable.has('parent_key') && readable.has('result_key'))
    say(remarks, inCycles(rows), 'a result is among its own parts; it stands alone')
  return { faults, remarks }
}

function sayOfKind(
  column: string,
  kind: ColumnRule['kind'],
  rows: readonly ViewRow[],
  say: (number: number, what: string) => void,
): void {
  const count = (bad: (text: string, row: ViewRow) => boolean): number =>
    rows.filter((row) => {
      const text = row.text(column)
      return text !== undefined && bad(text, row)
    }).length
  if (kind === 'date')
    say(
      count((text) => calendarDay(text) === undefined),
      `${column} is not of the form YYYY-MM-DD; it is left out`,
    )
  if (kind === 'decimal') {
    say(
      count((text) => decimalText(text) === undefined),
      `${column} is no decimal; it is left out`,
    )
    say(
      count((text) => text.includes(',')),
      `${column} has a comma; it is read as a decimal point`,
    )
  }
  if (kind === 'count')
    say(
      count((text) => !/^\d+$/.test(text)),
      `${column} is no whole number`,
    )
  else if (kind !== 'flag')
    say(
      count((_, row) => row.isNumber(column)),
      `${column} is a number; cast it to text, or zeros at its ends are lost`,
    )
}

/** The first reason why a column cannot be read as text. */
function typeFault(rows: readonly ViewRow[], column: string): string | undefined {
  for (const row of rows)
    try {
      row.text(column)
    } catch (error) {
      if (!(error instanceof SisError)) throw error
      return error.message
    }
  return undefined
}

function repeated(rows: readonly ViewRow[], key: string): number {
  const keys = rows.map((row) => row.text(key)).filter((text) => text !== undefined)
  return keys.length - new Set(keys).size
}

/** How many results come back to themselves on the way up. */
function inCycles(rows: readonly ViewRow[]): number {
  const parents = new Map(rows.map((row) => [row.text('result_key'), row.text('parent_key')]))
  return rows.filter((row) => {
    const start = row.text('result_key')
    const seen = new Set<string>()
    for (let next = row.text('parent_key'); next !== undefined && !seen.has(next); next = parents.get(next)) {
      if (next === start) return true
      seen.add(next)
    }
    return false
  }).length
}
