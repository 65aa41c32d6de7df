import type { Count, ReasonCode } from '../index.js'
import { buildTable } from './build-table.js'
import { outcomes } from './outcome.js'
import { publishYear } from './publish-year.js'
import { tableCsv } from './table-files.js'

/**
 * An invented year with the shape of the network's own: one country with most of it, one that mostly finds nothing, small
 * ones where everything or nothing works, and one that came in late and that a table by hand forgets.
 */
const year: Readonly<Record<string, readonly (readonly [string, ReasonCode, number])[]>> = {
  NO: [
    ['https://recruitment.example', 'COMPLETED', 9_120],
    ['https://recruitment.example', 'USER_GONE', 1_840],
    ['https://admission.example', 'COMPLETED', 2_310],
    ['https://admission.example', 'LOGIN_FAILED', 655],
  ],
  SE: [
    ['https://admission.example', 'COMPLETED', 2_480],
    ['https://recruitment.example', 'USER_CANCEL', 351],
  ],
  FI: [
    ['https://admission.example', 'COMPLETED', 402],
    ['https://admission.example', 'NO_RESULTS', 461],
  ],
  PL: [['https://exchange.example', 'COMPLETED', 38]],
  HR: [['https://exchange.example', 'COMPLETED', 211]],
  NL: [['https://exchange.example', 'NCP_ERROR', 19]],
  IT: [['other', 'SIS_DOWN', 3]],
}

const counts: Count[] = Object.entries(year).flatMap(([country, rows]) =>
  rows.map(([partner, code, count], at) => ({
    ...{ hour: Date.UTC(2026, at, 14, 9), kind: 'ncp' as const, entry: 'main', country, partner, code, count },
    ...{ language: 'en', stage: 'login' },
  })),
)

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

describe('the yearly table of the network', () => {
  const byCountry = buildTable(counts, 'country')
  const byAddress = buildTable(counts, 'partner')

  it('has every country, and totals that are their sums', () => {
    expect(byCountry.rows.map(({ name }) => name)).toEqual(['FI', 'HR', 'IT', 'NL', 'NO', 'PL', 'SE'])
    expect(byCountry.total).toMatchObject({ connections: 17_890, outcomes: { success: 14_561 } })
    const careless = byCountry.rows.filter(({ name }) => name !== 'HR')
    expect(sum(careless.map(({ connections }) => connections))).toBe(17_890 - 211)
  })

  it('counts who cancelled, declined or went away as stopped: none of it is an error', () => {
    const own = (['USER_CANCEL', 'USER_DECLINED', 'USER_GONE'] as const).map((code) => ({
      ...counts[0]!,
      code,
      count: 2,
    }))
    const { outcomes } = buildTable([...own, { ...counts[0]!, code: 'NCP_ERROR' as const, count: 1 }], 'country').total
    expect(outcomes).toMatchObject({ stopped: 6, error: 1 })
  })

  it('has the same totals by country and by return address', () => {
    expect(byAddress.total).toEqual(byCountry.total)
    for (const outcome of outcomes)
      expect(sum(byAddress.rows.map((row) => row.outcomes[outcome]))).toBe(byCountry.total.outcomes[outcome])
  })

  it('is published without its small country, whose three tries cannot be had from the rest', () => {
    const { tables } = publishYear(counts, { role: 'ncp', year: 2026 })
    const told = (name: string) => tables.country.rows.find((row) => row.name === name)!
    expect(told('IT')).toEqual({
      name: 'IT',
      connections: null,
      outcomes: { success: null, 'no-results': null, stopped: null, error: null, 'under-way': 0 },
    })
    // Somebody else stands beside it, so that no subtraction gives it.
    expect(tables.country.rows.filter(({ connections }) => connections === null).length).toBeGreaterThan(1)
    // The large ones, and what everybody wants to know, are told.
    expect(told('NO').outcomes.success).toBe(11_430)
    expect(tables.country.total.connections).toBe(17_890)
    expect(tableCsv(tables.country)).toContain('IT,suppressed,suppressed,suppressed,suppressed,suppressed,0\r\n')
  })
})
