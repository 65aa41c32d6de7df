import type { Effects } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import type { Place } from './seal.js'
import type { StoreContext } from './store-context.js'

interface BodyRow {
  readonly transfer: string
  readonly name: string
  readonly sealed: Uint8Array
  readonly expires_at: number
}

// A JSON list, because transfer and name glued together could mean two different pairs.
const placeOf = (transfer: string, name: string): Place => ['emrex_body', JSON.stringify([transfer, name]), 'sealed']

/** The bytes, unless there are none or their time has run out. */
export async function readBody({ knex, seal, now }: StoreContext, transfer: string, name: string) {
  const row = await knex<BodyRow>('emrex_body').where({ transfer, name }).where('expires_at', '>', now()).first()
  return row && seal.open(placeOf(transfer, name), row.sealed)
}

/** Writes bodies; one that is there already under the name is replaced. */
export async function putBodies(
  { seal }: StoreContext,
  trx: Knex.Transaction,
  transfer: string,
  bodies: NonNullable<Effects['putBodies']>,
): Promise<void> {
  for (const { name, bytes, expiresAt } of bodies) {
    const row = { transfer, name, sealed: seal.seal(placeOf(transfer, name), bytes), expires_at: expiresAt }
    await trx<BodyRow>('emrex_body').insert(row).onConflict(['transfer', 'name']).merge()
  }
}

export async function dropBodies(trx: Knex.Transaction, transfer: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await trx<BodyRow>('emrex_body').where({ transfer }).whereIn('name', names).delete()
}
