import type { Count } from '../ports/statistics.js'
import { outcomeOf, outcomes, type Outcome } from './outcome.js'
import { stageOf, type StatisticsRole } from './stages.js'

/** By what a table has its rows. Times are in UTC; `hour` is the hour of the day. */
export const statisticsDimensions = [
  'country',
  'partner',
  'entry',
  'reason',
  'stage',
  'language',
  'hour',
  'day',
  'month',
  'year',
] as const
export type StatisticsDimension = (typeof statisticsDimensions)[number]

/** A cell, or nothing where it is suppressed. */
export type Cell = number | null

export interface TableRow<Value extends Cell = number> {
  readonly name: string
  readonly connections: Value
  readonly outcomes: Readonly<Record<Outcome, Value>>
}

/** Connections and what became of them. Rows add up to `total`, and the outcomes of each row to its connections. */
export interface StatisticsTable<Value extends Cell = number> {
  readonly by: StatisticsDimension
  readonly rows: readonly TableRow<Value>[]
  readonly total: TableRow<Value>
}

const timeOf = ({ hour }: Count): string => new Date(hour).toISOString()
const nameBy: Record<StatisticsDimension, (count: Count) => string> = {
  country: ({ country }) => country || 'unknown',
  partner: ({ partner }) => partner || 'none',
  entry: ({ kind, entry }) => `${kind}/${entry}`,
  reason: ({ code }) => code || 'UNDER_WAY',
  stage: ({ kind, code, stage }) =>
    code === '' ? 'under-way' : code === 'COMPLETED' ? 'completed' : stageOf(kind as StatisticsRole, stage),
  language: ({ language }) => language || 'unknown',
  hour: (count) => timeOf(count).slice(11, 13),
  day: (count) => timeOf(count).slice(0, 10),
  month: (count) => timeOf(count).slice(0, 7),
  year: (count) => timeOf(count).slice(0, 4),
}

/**
 * A table of counts. Every count is in exactly one row and one column, whatever its values are: what has no name stands in
 * a row of its own, and no row is left out. Rows stand in the order of their names.
 */
export function buildTable(counts: readonly Count[], by: StatisticsDimension): StatisticsTable {
  const sums = new Map<string, Map<Outcome, number>>()
  for (const count of counts) {
    const name = nameBy[by](count)
    const row = sums.get(name) ?? new Map<Outcome, number>()
    const outcome = outcomeOf(count.code)
    row.set(outcome, (row.get(outcome) ?? 0) + count.count)
    sums.set(name, row)
  }
  const rows = [...sums]
    .map(([name, row]) => rowOf(name, (outcome) => row.get(outcome) ?? 0))
    .filter(({ outcomes: each }) => Object.values(each).some((value) => value !== 0))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const total = rowOf('total', (outcome) => rows.reduce((sum, row) => sum + row.outcomes[outcome], 0))
  return { by, rows, total }
}

function rowOf(name: string, valueOf: (outcome: Outcome) => number): TableRow {
  const values = outcomes.map((outcome) => [outcome, valueOf(outcome)] as const)
  return {
    name,
    connections: values.reduce((sum, [, value]) => sum + value, 0),
    outcomes: Object.fromEntries(values) as Record<Outcome, number>,
  }
}
