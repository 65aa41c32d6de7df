import {
  buildFunnel,
  buildTable,
  outcomes,
  type Count,
  type StatisticsDimension,
  type StatisticsRole,
  type StatisticsTable,
  type TableRow,
} from '@emrex-gateway/core'
import { SummaryList } from '../components/summary-list.js'
import type { Translate } from '../texts/translator.js'
import { BarChart } from './bar-chart.js'
import { ColumnChart } from './column-chart.js'
import { FiguresTable } from './figures-table.js'
import { nameOfRow } from './names-of-rows.js'

export interface StatisticsReportData {
  readonly role: StatisticsRole
  readonly counts: readonly Count[]
  /** Epoch milliseconds; `to` is the first instant that does not belong to it. */
  readonly from: number
  readonly to: number
  /** Where a table can be had as a file; absent where there are no files. */
  readonly fileUrl?: (by: StatisticsDimension, type: 'csv' | 'json') => string
}

interface Words {
  readonly t: Translate
  readonly language: string
}

const hourMs = 3_600_000
const longestByDay = 62 * 24 * hourMs
/** What stands first below the sums. */
const bars = ['partner', 'country', 'reason', 'language', 'entry'] as const

/**
 * What became of the transfers of some time: charts drawn here, and each as a table too. Small counts are told: it is for
 * staff and operators.
 */
export function StatisticsReport({ data, ...words }: Words & { readonly data: StatisticsReportData }) {
  const { t, language } = words
  const { counts, from, to } = data
  const format = (value: number) => new Intl.NumberFormat(language).format(value)
  const byTime = to - from > longestByDay ? 'month' : 'day'
  const time = buildTable(counts, byTime)
  const { connections, outcomes: each } = time.total
  if (connections === 0) return <p>{t('statistics.none')}</p>
  const over = connections - each['under-way']
  const rate = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <>
      <SummaryList
        rows={[
          { name: t('statistics.connections'), value: format(connections) },
          ...outcomes.map((outcome) => ({ name: t(`statistics.outcome.${outcome}`), value: format(each[outcome]) })),
          ...(over === 0 ? [] : [{ name: t('statistics.success-rate'), value: rate.format(each.success / over) }]),
        ]}
      />
      <ul class="legend">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect class={`series-${outcome}`} width="10" height="10" />
            </svg>
            {t(`statistics.outcome.${outcome}`)}
          </li>
        ))}
      </ul>
      <Section by={byTime} table={time} data={data} {...words}>
        <ColumnChart {...chartOf(time, words, format)} rows={everyTime(time, from, to)} format={format} />
      </Section>
      <Funnel data={data} format={format} {...words} />
      {bars.map((by) => {
        const table = mostFirst(buildTable(counts, by))
        if (by === 'entry' && table.rows.length < 2) return null
        const drawn = table.rows.slice(0, 25).map(({ name, connections: total, outcomes: parts }) => ({
          ...{ label: nameOfRow(by, name, t, language), total, parts },
        }))
        return (
          <Section key={by} by={by} table={table} data={data} {...words}>
            <BarChart {...chartOf(table, words, format)} bars={drawn} format={format} />
          </Section>
        )
      })}
      <Section by="hour" table={buildTable(counts, 'hour')} data={data} {...words}>
        <ColumnChart
          {...chartOf(buildTable(counts, 'hour'), words, format)}
          rows={everyHour(buildTable(counts, 'hour'))}
          format={format}
        />
      </Section>
    </>
  )
}

function Section(
  props: Words & {
    readonly by: StatisticsDimension
    readonly table: StatisticsTable
    readonly data: StatisticsReportData
    readonly children: preact.ComponentChildren
  },
) {
  const { by, table, data, children, t, language } = props
  const line = (name: string, { connections, outcomes: each }: TableRow) => [
    name,
    ...[connections, ...outcomes.map((outcome) => each[outcome])].map(formatOf(language)),
  ]
  return (
    <section id={`figures-${by}`}>
      <h2>{t(`statistics.by.${by}`)}</h2>
      {children}
      <details>
        <summary>{t('statistics.table')}</summary>
        <FiguresTable
          caption={t(`statistics.by.${by}`)}
          head={[
            t('statistics.row'),
            t('statistics.connections'),
            ...outcomes.map((outcome) => t(`statistics.outcome.${outcome}`)),
          ]}
          rows={table.rows.map((row) => line(nameOfRow(by, row.name, t, language), row))}
          foot={line(t('statistics.total'), table.total)}
        />
        {data.fileUrl && (
          <p class="choices">
            {t('statistics.files')}{' '}
            {(['csv', 'json'] as const).map((type) => (
              <a key={type} href={data.fileUrl!(by, type)} download>
                {t(`statistics.file.${type}`)}
              </a>
            ))}
          </p>
        )}
      </details>
    </section>
  )
}

function Funnel(props: Words & { readonly data: StatisticsReportData; readonly format: (value: number) => string }) {
  const { data, format, t } = props
  const steps = buildFunnel(data.counts, data.role)
  const [over, completed] = [steps[0]!.reached, steps.at(-1)!.reached]
  if (over === 0) return null
  return (
    <section id="figures-stage">
      <h2>{t('statistics.funnel')}</h2>
      <BarChart
        id="chart-stage"
        title={t('statistics.funnel')}
        description={t('statistics.funnel.desc', { over: format(over), completed: format(completed) })}
        bars={steps.map(({ stage, reached }) => ({
          label: t(`statistics.stage.${stage}`),
          total: reached,
        }))}
        format={format}
      />
      <details>
        <summary>{t('statistics.table')}</summary>
        <FiguresTable
          caption={t('statistics.funnel')}
          head={[t('statistics.funnel.step'), t('statistics.funnel.reached'), t('statistics.funnel.ended')]}
          rows={steps.map(({ stage, reached, ended }) => [
            t(`statistics.stage.${stage}`),
            format(reached),
            format(ended),
          ])}
          foot={[t('statistics.total'), format(over), format(over)]}
        />
      </details>
    </section>
  )
}

const formatOf = (language: string) => (value: number) => new Intl.NumberFormat(language).format(value)

function chartOf({ by, rows, total }: StatisticsTable, { t, language }: Words, format: (value: number) => string) {
  const largest = rows.reduce((most, row) => (row.connections > most.connections ? row : most), rows[0]!)
  return {
    id: `chart-${by}`,
    title: t(`statistics.by.${by}`),
    description: t('statistics.chart.desc', {
      ...{ connections: format(total.connections), rows: format(rows.length) },
      ...{ largest: nameOfRow(by, largest.name, t, language), most: format(largest.connections) },
    }),
  }
}

const mostFirst = (table: StatisticsTable): StatisticsTable => ({
  ...table,
  rows: [...table.rows].sort((a, b) => b.connections - a.connections),
})

const nothing = (name: string): TableRow => ({
  ...{ name, connections: 0 },
  outcomes: { success: 0, 'no-results': 0, stopped: 0, error: 0, 'under-way': 0 },
})

/** Every day or month of the span, also those in which nothing began. */
function everyTime({ by, rows }: StatisticsTable, from: number, to: number): TableRow[] {
  const length = by === 'month' ? 7 : 10
  const names = new Set<string>()
  for (let at = from; at < to; at += 24 * hourMs) names.add(new Date(at).toISOString().slice(0, length))
  return [...names].map((name) => rows.find((row) => row.name === name) ?? nothing(name))
}

const everyHour = ({ rows }: StatisticsTable): TableRow[] =>
  Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).map(
    (name) => rows.find((row) => row.name === name) ?? nothing(name),
  )
