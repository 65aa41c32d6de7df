import type { Knex } from 'knex'

/** Adds lines of evidence as a version without chains wrote them, of two entries in turn. */
export async function manyOldLines(knex: Knex, count: number): Promise<void> {
  const batch = 1000
  for (let at = 0; at < count; at += batch) {
    const lines = Array.from({ length: batch }, (_, index) => ({
      ...{ id: `old-${at + index}`, at: at + index, kind: 'smp', entry: `entry-${index % 2}` },
      ...{ transfer: `transfer-${at + index}`, event: 'ncp.asked', facts: '{"country":"NO"}' },
    }))
    // SQLite takes a limited number of values at a time.
    await knex.batchInsert('emrex_audit', lines, 100)
  }
}
