import {
  buildTable,
  publishedDimensions,
  publishYear,
  spanOfYear,
  tableCsv,
  tableJson,
  tableText,
  whyNotPublishable,
  type Cell,
  type Count,
  type NotPublishable,
  type PublishedDimension,
  type StatisticsDimension,
  type StatisticsRole,
  type StatisticsTable,
} from '@emrex-gateway/core'
import { openStatistics } from '@emrex-gateway/store'
import type { Settings } from '../settings/settings-schema.js'
import { exitCodes } from './exit-codes.js'
import { dimensionOf, type TableName } from './table-names.js'
import { withDatabase } from '../database/with-database.js'

export interface StatisticsCommandOptions {
  readonly year?: number
  readonly by: TableName
  readonly role?: StatisticsRole
  readonly entry?: string
  readonly publish: boolean
  readonly csv: boolean
  readonly json: boolean
  readonly html: boolean
}

/** Writes a table of the own database, next to a gateway that may be running. Gives the exit code. */
export function statisticsCommand(file: string, options: StatisticsCommandOptions & { now: Date }): Promise<number> {
  return withDatabase(file, { beside: true, reads: true }, async ({ settings }, knex) => {
    const year = options.year ?? options.now.getUTCFullYear()
    const role = options.role ?? onlyRole(settings)
    const by = dimensionOf(options.by)
    const wrong = wrongOf(options, role, by)
    if (role === undefined || wrong !== undefined) return say(wrong ?? '', exitCodes.usage)
    const only = options.entry === undefined ? {} : { entry: options.entry }
    const counts = await openStatistics(knex).counts({ ...spanOfYear(year), kind: role, ...only })
    // One that the settings have no more still has its counts.
    const entries = settings[role].map(({ id }) => id)
    if (options.entry !== undefined && counts.length === 0 && !entries.includes(options.entry))
      return say(`There is no entry "${options.entry}"; there are: ${entries.join(', ')}.`, exitCodes.usage)
    if (options.html) {
      const { renderStatistics } = await import('./statistics-page.js')
      process.stdout.write(renderStatistics({ role, counts, ...spanOfYear(year) }, 'en'))
      return exitCodes.ok
    }
    if (!options.publish) return write(buildTable(counts, by), options)
    const why = whyNotPublishable(counts, year, options.now.getTime())
    if (why !== undefined) return say(reasonsNot[why], exitCodes.refused)
    return write(published(counts, { role, year }, by as PublishedDimension), options)
  })
}

const published = (counts: readonly Count[], of: { role: StatisticsRole; year: number }, by: PublishedDimension) =>
  publishYear(counts, of).tables[by]

function write(table: StatisticsTable<Cell>, { csv, json }: StatisticsCommandOptions): number {
  const text = csv ? tableCsv(table) : json ? `${JSON.stringify(tableJson(table), undefined, 2)}\n` : tableText(table)
  process.stdout.write(text)
  return exitCodes.ok
}

function wrongOf(options: StatisticsCommandOptions, role: StatisticsRole | undefined, by: StatisticsDimension) {
  const { publish, entry, html, csv, json } = options
  if (role === undefined) return 'The settings have both roles: say --role ncp or --role smp.'
  if ([csv, json, html].filter(Boolean).length > 1) return 'One of --csv, --json and --html.'
  if (!publish) return undefined
  if (html) return 'The page shows small counts: it is not for everybody to read.'
  if (entry !== undefined) return 'What is published is of all entries: parts of it could be subtracted from the whole.'
  if (!(publishedDimensions as readonly string[]).includes(by))
    return `Published are the tables by ${publishedDimensions.join(', ')}: others could be subtracted from them.`
  return undefined
}

const reasonsNot: Record<NotPublishable, string> = {
  'year-not-over': 'This year is not over: what is published later could be subtracted.',
  'transfers-under-way': 'Some transfers of this year have not ended: what is published later could be subtracted.',
}

function say(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

const onlyRole = ({ ncp, smp }: Settings): StatisticsRole | undefined =>
  ncp.length === 0 ? 'smp' : smp.length === 0 ? 'ncp' : undefined
