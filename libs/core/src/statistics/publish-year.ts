import { defaults } from '../numbers.js'
import type { Count } from '../ports/statistics.js'
import { buildTable, type Cell, type StatisticsDimension, type StatisticsTable, type TableRow } from './build-table.js'
import { outcomeOf, outcomes as everyOutcome, type Outcome } from './outcome.js'
import type { StatisticsRole } from './stages.js'
import { suppressSmallCounts, type PublishedCell } from './suppress-small-counts.js'

/** The tables that are published of a year: they share their sums, and are made safe together. */
export const publishedDimensions = ['country', 'partner', 'reason'] as const satisfies readonly StatisticsDimension[]
export type PublishedDimension = (typeof publishedDimensions)[number]

/** A year of one role, of all entries together, for everybody to read. */
export interface PublishedYear {
  readonly role: StatisticsRole
  readonly year: number
  /** Smaller counts are not told. */
  readonly smallest: number
  readonly tables: Readonly<Record<PublishedDimension, StatisticsTable<Cell>>>
}

/** Why a year cannot be published (yet); safe to show. */
export type NotPublishable = 'year-not-over' | 'transfers-under-way'

/** First instant of a year and of the next one, in UTC. */
export const spanOfYear = (year: number): { readonly from: number; readonly to: number } => ({
  from: Date.UTC(year, 0, 1),
  to: Date.UTC(year + 1, 0, 1),
})

/**
 * Whether a year can be published: when it is over, and with it every transfer that began in it. From then on no count of it
 * changes, so that there are never two publications whose difference tells something.
 */
export function whyNotPublishable(counts: readonly Count[], year: number, now: number): NotPublishable | undefined {
  if (now < spanOfYear(year).to) return 'year-not-over'
  return buildTable(counts, 'year').total.outcomes['under-way'] > 0 ? 'transfers-under-way' : undefined
}

/**
 * The tables of a year with small counts left out, together with as many others as it takes that they cannot be had by
 * subtraction, neither within a table nor between the tables: see `suppressSmallCounts`.
 *
 * `counts` are those of that year. Where a row has few connections at all, nothing of it is told.
 *
 * @throws {Error} when transfers are under way: `whyNotPublishable` says so before.
 */
export function publishYear(
  counts: readonly Count[],
  { role, year, smallest = defaults.publishedCountMin }: Pick<PublishedYear, 'role' | 'year'> & { smallest?: number },
): PublishedYear {
  const own = counts.filter(({ kind }) => kind === role)
  const whole = {
    country: buildTable(own, 'country'),
    partner: buildTable(own, 'partner'),
    reason: buildTable(own, 'reason'),
  }
  if (whole.country.total.outcomes['under-way'] !== 0) throw new Error('transfers of this year are under way')
  const network = new Network(smallest)
  network.addRows(whole.country, 'in')
  network.addRows(whole.partner, 'out')
  network.addReasons(whole.reason)
  network.addTotals(whole.country.total)
  const left = network.leftOut()
  return { role, year, smallest, tables: mapTables(whole, (by, table) => without(table, by, left)) }
}

/**
 * All three tables as one network of sums: grand total → countries → outcomes → reasons → outcomes → partners → grand
 * total. What flows into a node is what flows out of it: those are the sums that a reader can use.
 */
class Network {
  private readonly nodes = new Map<string, number>()
  private readonly cells: PublishedCell[] = []
  private readonly names: string[] = []

  constructor(private readonly smallest: number) {}

  addRows({ by, rows, total }: StatisticsTable, side: 'in' | 'out'): void {
    // The grand total flows into the rows of one side, the outcomes into those of the other.
    const turned = ([from, to]: readonly [string, string]) =>
      side === 'in' ? ([from, to] as const) : ([to, from] as const)
    for (const { name, connections: value, outcomes: each } of rows) {
      const small = value > 0 && value < this.smallest
      const node = `${by}:${name}`
      this.add(cellOf(by, name), turned([side, node]), { value, cost: sumCost })
      for (const outcome of ends) {
        // Where nobody at all had this outcome, a zero tells nothing new, and could not be hidden.
        const secret = small && total.outcomes[outcome] > 0
        const cell = { value: each[outcome], cost: costOf(each[outcome]), secret }
        this.add(cellOf(by, name, outcome), turned([node, `${side}:${outcome}`]), cell)
      }
    }
  }

  addReasons({ rows }: StatisticsTable): void {
    for (const { name, connections: value } of rows) {
      const outcome = outcomeOf(name as Count['code'])
      this.add(cellOf('reason', name), [`sum:${outcome}`, `out:${outcome}`], { value, cost: costOf(value) })
    }
  }

  addTotals({ connections, outcomes: each }: TableRow): void {
    for (const outcome of ends) {
      const sum = { value: each[outcome], cost: sumCost }
      this.add(cellOf('total', '', outcome), [`in:${outcome}`, `sum:${outcome}`], sum)
    }
    this.add(cellOf('total', ''), ['out', 'in'], { value: connections, cost: grandTotalCost })
  }

  leftOut(): ReadonlySet<string> {
    const left = suppressSmallCounts(this.cells, this.smallest)
    return new Set([...left].map((index) => this.names[index]!))
  }

  private add(
    name: string,
    [from, to]: readonly [string, string],
    { value, cost, secret = false }: { readonly value: number; readonly cost: number; readonly secret?: boolean },
  ): void {
    this.names.push(name)
    this.cells.push({ from: this.node(from), to: this.node(to), value, cost, secret })
  }

  private node(name: string): number {
    const node = this.nodes.get(name) ?? this.nodes.size
    this.nodes.set(name, node)
    return node
  }
}

// That nothing is under way is known to every reader: such a zero hides nothing.
const ends = everyOutcome.filter((outcome) => outcome !== 'under-way')

// A sum tells more than a count, and a large count more than a small one.
const costOf = (value: number): number => 10 + Math.log2(1 + value)
const sumCost = 200
const grandTotalCost = 10_000

const cellOf = (by: string, name: string, outcome: Outcome | 'connections' = 'connections'): string =>
  JSON.stringify([by, name, outcome])

function without(table: StatisticsTable, by: PublishedDimension, left: ReadonlySet<string>): StatisticsTable<Cell> {
  const told = (value: number, ...cells: string[]): Cell => (cells.some((cell) => left.has(cell)) ? null : value)
  const row = ({ name, connections, outcomes: each }: TableRow): TableRow<Cell> => ({
    name,
    connections: told(connections, cellOf(by, name)),
    outcomes: mapOutcomes((outcome) =>
      by === 'reason'
        ? // A reason is of one outcome: its count stands twice, and the other outcomes are zero by what they mean.
          told(each[outcome], ...(each[outcome] === 0 ? [] : [cellOf(by, name)]))
        : told(each[outcome], cellOf(by, name, outcome)),
    ),
  })
  return {
    by,
    rows: table.rows.map(row),
    total: {
      name: table.total.name,
      connections: told(table.total.connections, cellOf('total', '')),
      outcomes: mapOutcomes((outcome) => told(table.total.outcomes[outcome], cellOf('total', '', outcome))),
    },
  }
}

const mapOutcomes = (valueOf: (outcome: Outcome) => Cell): Record<Outcome, Cell> =>
  Object.fromEntries(everyOutcome.map((outcome) => [outcome, valueOf(outcome)])) as Record<Outcome, Cell>

function mapTables<From, To>(
  tables: Record<PublishedDimension, From>,
  change: (by: PublishedDimension, table: From) => To,
): Record<PublishedDimension, To> {
  return {
    country: change('country', tables.country),
    partner: change('partner', tables.partner),
    reason: change('reason', tables.reason),
  }
}
