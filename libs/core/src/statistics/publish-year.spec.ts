import { outcomes } from './outcome.js'
import { publishYear, publishedDimensions, whyNotPublishable, type PublishedYear } from './publish-year.js'
import { buildTable, statisticsDimensions } from './build-table.js'
import { buildFunnel } from './stages.js'
import { tableCsv, tableJson } from './table-files.js'
import { LinearAttack, type Equation, type Reader } from '../../test/statistics/linear-attack.js'
import { randomLog, type RandomLog } from '../../test/statistics/random-log.js'
import type { Count } from '../ports/statistics.js'

const logs = process.env['EMREX_LONG_TESTS'] === undefined ? 1_000 : 5_000
const smallest = 5

/** What a reader knows: each published number by its name, and the sums in which the names stand. */
function readerOf({ tables }: Pick<PublishedYear, 'tables'>): Reader {
  const known = new Map<string, number>()
  const sums: Equation[] = []
  const told = (name: string, value: number | null) => {
    if (value !== null) known.set(name, value)
    return name
  }
  for (const by of publishedDimensions) {
    const { rows, total } = tables[by]
    const names = [...rows, { ...total, name: '' }].map(({ name, connections, outcomes: each }) => {
      const whole = name === '' ? told('all', connections) : told(`${by}/${name}`, connections)
      const parts = outcomes.map((outcome) => {
        const part = name === '' ? `all/${outcome}` : `${by}/${name}/${outcome}`
        return told(part, each[outcome])
      })
      sums.push([[whole, -1], ...parts.map((part) => [part, 1] as const)])
      return { whole, parts }
    })
    const whole = names.pop()!
    sums.push([[whole.whole, -1], ...names.map((row) => [row.whole, 1] as const)])
    whole.parts.forEach((part, at) => sums.push([[part, -1], ...names.map(({ parts }) => [parts[at]!, 1] as const)]))
  }
  return { known, sums }
}

/** The true values of everything that could have been published, by the same names. */
function truthOf(counts: readonly Count[]): ReadonlyMap<string, number> {
  const tables = Object.fromEntries(publishedDimensions.map((by) => [by, buildTable(counts, by)]))
  return readerOf({ tables: tables as PublishedYear['tables'] }).known
}

const publish = (counts: readonly Count[]) => publishYear(counts, { role: 'ncp', year: 2026 })

describe('the statistics', () => {
  it(`add up in every table, for ${logs} random logs`, () => {
    for (let seed = 0; seed < logs; seed++) {
      const { counts, transfers } = randomLog(seed, { underWay: true })
      for (const by of statisticsDimensions) {
        const { rows, total } = buildTable(counts, by)
        // Every sum of the table that does not hold.
        const wrong = [...rows, total].filter(
          ({ connections, outcomes: each }) => connections !== sum(outcomes.map((outcome) => each[outcome])),
        )
        const off = outcomes.filter((each) => total.outcomes[each] !== sum(rows.map((row) => row.outcomes[each])))
        if (wrong.length + off.length > 0 || total.connections !== transfers)
          throw new Error(`log ${seed}, by ${by}: ${JSON.stringify({ wrong, off, total, transfers })}`)
      }
      const funnel = buildFunnel(counts, 'ncp')
      const over = transfers - buildTable(counts, 'reason').total.outcomes['under-way']
      expect([sum(funnel.map(({ ended }) => ended)), funnel[0]!.reached]).toEqual([over, over])
    }
  })

  it(`keep small counts from everybody who can subtract, for ${logs} random logs`, () => {
    const seen = { secrets: 0, hidden: 0, cells: 0, nothingToHide: 0 }
    for (let seed = 0; seed < logs; seed++) {
      const { counts } = randomLog(seed, { underWay: false })
      const published = publish(counts)
      const reader = readerOf(published)
      const { known } = reader
      const attack = new LinearAttack(reader)
      const truth = truthOf(counts)
      // What is told is true.
      expect([...known].filter(([name, value]) => truth.get(name) !== value)).toEqual([])
      const hidden = [...truth].filter(([name]) => !known.has(name))
      const small = [...truth].filter(([, value]) => value > 0 && value < smallest)
      // No small count is told.
      expect(small.filter(([name]) => known.has(name))).toEqual([])
      for (const [name, value] of hidden) {
        const [low, high] = attack.boundsOf(name)
        if (value < low || value > high || high - low < smallest - 1)
          throw new Error(`log ${seed}: ${name} lies between ${low} and ${high}`)
        if (value > 0 && value < smallest && (low > 1 || high < smallest))
          throw new Error(`log ${seed}: ${name}, a small count, lies between ${low} and ${high}`)
      }
      seen.secrets += small.length
      seen.hidden += hidden.length
      seen.cells += truth.size
      if (small.length === 0) seen.nothingToHide += 1
    }
    process.stdout.write(`published logs: ${JSON.stringify(seen)}\n`)
    expect(seen.secrets).toBeGreaterThan(logs)
    expect(seen.cells - seen.hidden).toBeGreaterThan(seen.cells / 10)
  })

  it('hide nothing where nothing is small', () => {
    const { counts } = randomLog(1, { underWay: false })
    const many = counts.map((count) => ({ ...count, count: count.count * 5 }))
    expect(JSON.stringify(publish(many).tables)).not.toContain('null')
  })

  it('hide all of it where the whole network had fewer than five', () => {
    const { tables } = publish(randomLog(1, { underWay: false, transfers: 4 }).counts)
    for (const by of publishedDimensions)
      for (const { connections, outcomes: each } of [...tables[by].rows, tables[by].total]) {
        expect(connections).toBeNull()
        expect(Object.values(each).filter((value) => value !== null && value !== 0)).toEqual([])
      }
  })

  it('are published only when the year and all its transfers are over', () => {
    const over = Date.UTC(2027, 0, 1)
    const done: RandomLog = randomLog(3, { underWay: false })
    expect(whyNotPublishable(done.counts, 2026, over - 1)).toBe('year-not-over')
    expect(whyNotPublishable(done.counts, 2026, over)).toBeUndefined()
    const going = randomLog(3, { underWay: true }).counts
    expect(whyNotPublishable(going, 2026, over)).toBe('transfers-under-way')
    expect(() => publish(going)).toThrow('under way')
  })

  it('are the same figures in CSV and in JSON, told or not', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { tables } = publish(randomLog(seed, { underWay: false }).counts)
      for (const by of publishedDimensions) {
        const [names = [], ...lines] = tableCsv(tables[by])
          .trimEnd()
          .split('\r\n')
          .map((line) => line.split(','))
        const rows = lines.map((cells) =>
          Object.fromEntries(
            cells.map((cell, at) => [names[at], at === 0 ? cell : cell === 'suppressed' ? null : +cell]),
          ),
        )
        const { rows: ofJson, total } = tableJson(tables[by])
        expect(rows).toEqual([...ofJson, { [by]: 'total', ...total }])
      }
    }
  })

  it('have no cell that a spreadsheet takes for a formula', () => {
    const [one] = randomLog(1, { underWay: false }).counts
    const table = buildTable([{ ...one!, partner: '=HYPERLINK("x"),1' }], 'partner')
    expect(tableCsv(table)).toContain('"\'=HYPERLINK(""x""),1",')
  })
})

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
