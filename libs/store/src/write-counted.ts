import type { CountChange, CountPlace, TransferKind } from '@emrex-gateway/core'
import type { Knex } from 'knex'

const hourMs = 3_600_000

interface CountedRow {
  readonly id: string
  readonly counted: string | null
}

/** The place in which a transfer begins to be counted. */
export function firstPlace(
  { kind, entry, at }: { readonly kind: TransferKind; readonly entry: string; readonly at: number },
  change: CountChange,
): CountPlace {
  const nothing = { country: '', partner: '', language: '', code: '', stage: '' } as const
  return { ...nothing, ...change, hour: Math.floor(at / hourMs) * hourMs, kind, entry }
}

export const noteBegin = (trx: Knex.Transaction, place: CountPlace): Promise<void> => addNotes(trx, [[place, 1]])

/**
 * Moves a transfer to another place, in the transaction that changes it: one away, one there. One that has ended, or was
 * never counted, stays as it is.
 */
export async function moveCounted(trx: Knex.Transaction, id: string, change: CountChange): Promise<void> {
  const row = await trx<CountedRow>('emrex_transfer').where({ id }).first('counted')
  const before = placeOf(row)
  if (before === undefined || before.code !== '') return
  const after: CountPlace = { ...before, ...change }
  await trx<CountedRow>('emrex_transfer')
    .where({ id })
    .update({ counted: JSON.stringify(after) })
  await noteMove(trx, before, after)
}

/** A transfer that is removed while it is under way: nobody will ever end it. `row` is what was removed. */
export async function noteRemoved(trx: Knex.Transaction, row: Pick<CountedRow, 'counted'> | undefined): Promise<void> {
  const before = placeOf(row)
  if (before === undefined || before.code !== '') return
  await noteMove(trx, before, { ...before, code: 'USER_GONE', stage: 'removed' })
}

const noteMove = (trx: Knex.Transaction, before: CountPlace, after: CountPlace): Promise<void> =>
  addNotes(trx, [
    [before, -1],
    [after, 1],
  ])

async function addNotes(trx: Knex.Transaction, notes: readonly (readonly [CountPlace, number])[]): Promise<void> {
  await trx('emrex_count_note').insert(notes.map(([place, count]) => ({ ...place, count })))
}

const placeOf = (row: Pick<CountedRow, 'counted'> | undefined): CountPlace | undefined =>
  row?.counted === null || row?.counted === undefined ? undefined : (JSON.parse(row.counted) as CountPlace)
