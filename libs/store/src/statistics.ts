import { defaults, type Count, type CountPlace, type Statistics } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { dialectOf } from './dialect.js'
import type { StoreContext } from './store-context.js'

const columns = ['hour', 'kind', 'entry', 'country', 'partner', 'language', 'code', 'stage'] as const

type CountRow = { readonly [Column in keyof Count]: Count[Column] extends number ? number | string : Count[Column] }

/** The counts alone, without a key: for a command that looks. Its database must be up to date. */
export const openStatistics = (knex: Knex): Pick<Statistics, 'counts'> => statistics({ knex, dialect: dialectOf(knex) })

/** Counts of transfers: the rows that were added up, and the notes that were not yet. */
export function statistics({ knex, dialect }: Pick<StoreContext, 'knex' | 'dialect'>): Statistics {
  return {
    async counts({ from, to, kind, entry }) {
      const part = (table: string) => {
        const query = knex(table)
          .select(...columns, 'count')
          .where('hour', '>=', from)
          .where('hour', '<', to)
        if (kind !== undefined) query.where({ kind })
        if (entry !== undefined) query.where({ entry })
        return query
      }
      // One statement, so that a note that is being added up meanwhile is seen once: as a note, or in its row.
      const rows: unknown = await knex
        .select(...columns)
        .sum({ count: 'count' })
        .from(
          part('emrex_count')
            .unionAll([part('emrex_count_note')])
            .as('both'),
        )
        .groupBy(columns)
        .orderBy([...columns])
      return (rows as CountRow[]).map(read).filter(({ count }) => count !== 0)
    },

    async rollUp() {
      return knex.transaction(async (trx) => {
        const notes = await takeNotes(trx, dialect.skipLocked)
        const sums = new Map<string, Count>()
        for (const { number: _number, ...note } of notes) {
          const count = read(note)
          const place = JSON.stringify(columns.map((column) => count[column]))
          sums.set(place, { ...count, count: count.count + (sums.get(place)?.count ?? 0) })
        }
        // In one order for all, so that two that add up at the same time wait for one another, and never both.
        for (const [, sum] of [...sums].sort(([a], [b]) => (a < b ? -1 : 1))) if (sum.count !== 0) await add(trx, sum)
        return notes.length
      })
    },
  }

  /** Takes notes away: whoever takes one is the only one who has it, and if the transaction fails it was never taken. */
  async function takeNotes(trx: Knex.Transaction, skipLocked: string): Promise<(CountRow & { number: unknown })[]> {
    const taken: unknown = await trx.raw(
      `with due as (select number from emrex_count_note order by number limit :limit ${skipLocked})
      delete from emrex_count_note where number in (select number from due)
      returning *`,
      { limit: defaults.statisticsRollUpNotes },
    )
    return dialect.rowsOf(taken)
  }
}

async function add(trx: Knex.Transaction, { count, ...place }: Count): Promise<void> {
  await trx('emrex_count')
    .insert({ ...place, count })
    .onConflict([...columns])
    .merge({ count: trx.raw('emrex_count.count + excluded.count') })
}

const read = ({ hour, count, ...place }: CountRow): Count =>
  ({ ...place, hour: Number(hour), count: Number(count) }) as CountPlace & { count: number }
