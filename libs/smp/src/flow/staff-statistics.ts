import {
  buildTable,
  EmrexError,
  spanOfYear,
  statisticsDimensions,
  tableCsv,
  tableJson,
  type GatewayStore,
  type StatisticsDimension,
  type StatisticsRole,
} from '@emrex-gateway/core'
import type { SmpEntry } from './smp-entry.js'
import type { StaffPage } from './smp-page.js'

/** What a staff person wants to see: `of` is `ROLE/ENTRY`, `year` four digits. Absent: the own entry, the last 30 days. */
export interface StatisticsWish {
  readonly of?: string
  readonly year?: string
}

/** A table to keep. */
export interface StatisticsFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

export type StatisticsPage = Extract<StaffPage, { page: 'staff-statistics' }>

const dayMs = 24 * 3_600_000
const days = 30

/** Figures for the staff of one SMP: its own, and those of the NCPs that the settings name. */
export class StaffStatistics {
  constructor(
    private readonly entry: SmpEntry,
    private readonly store: Pick<GatewayStore, 'statistics'>,
    private readonly now: () => Date,
  ) {}

  /** @throws {EmrexError} PAGE_UNKNOWN for an entry that is not theirs to see, or what is no year */
  async read({ of, year }: StatisticsWish): Promise<StatisticsPage> {
    const { id, title, statisticsOf = [] } = this.entry
    const entries = [
      { role: 'smp' as StatisticsRole, id, title },
      ...statisticsOf.map((ncp) => ({ role: 'ncp' as const, ...ncp })),
    ]
    const shown = of === undefined ? entries[0] : entries.find((each) => nameOf(each) === of)
    if (shown === undefined) throw new EmrexError('PAGE_UNKNOWN', 'these figures are not for the staff of this entry')
    const span = this.spanOf(year)
    const counts = await this.store.statistics.counts({
      from: span.from,
      to: span.to,
      kind: shown.role,
      entry: shown.id,
    })
    const thisYear = this.now().getUTCFullYear()
    return {
      page: 'staff-statistics',
      ...span,
      ...{ role: shown.role, of: nameOf(shown), counts, years: [thisYear, thisYear - 1] },
      entries: entries.map((each) => ({ of: nameOf(each), role: each.role, title: each.title })),
      ...(year === undefined ? {} : { year: Number(year) }),
    }
  }

  /** One table of it as a file. @throws {EmrexError} PAGE_UNKNOWN */
  async file(name: string, wish: StatisticsWish): Promise<StatisticsFile> {
    const [, by, type] = /^([a-z]+)\.(csv|json)$/.exec(name) ?? []
    if (!isDimension(by)) throw new EmrexError('PAGE_UNKNOWN')
    const table = buildTable((await this.read(wish)).counts, by)
    const text = type === 'csv' ? tableCsv(table) : `${JSON.stringify(tableJson(table), undefined, 2)}\n`
    const mediaType = type === 'csv' ? 'text/csv; charset=utf-8' : 'application/json'
    return { name: `statistics-${name}`, mediaType, bytes: Buffer.from(text) }
  }

  private spanOf(year: string | undefined): { readonly from: number; readonly to: number } {
    if (year === undefined) {
      const to = (Math.floor(this.now().getTime() / dayMs) + 1) * dayMs
      return { from: to - days * dayMs, to }
    }
    if (!/^20\d\d$/.test(year)) throw new EmrexError('PAGE_UNKNOWN')
    return spanOfYear(Number(year))
  }
}

const nameOf = ({ role, id }: { readonly role: StatisticsRole; readonly id: string }): string => `${role}/${id}`
const isDimension = (by: string | undefined): by is StatisticsDimension =>
  (statisticsDimensions as readonly (string | undefined)[]).includes(by)
