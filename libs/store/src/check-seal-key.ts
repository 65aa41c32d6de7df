import { EmrexError } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { Seal, type Place, type SealKeys } from './seal.js'

const place: Place = ['emrex_seal_check', '1', 'sealed']

/** The keys do not open what was sealed in this database before. */
export class SealKeyError extends EmrexError {
  constructor() {
    super('INTERNAL', 'a key that does not fit the database: what was sealed before cannot be opened with it')
  }
}

/**
 * Takes other keys into use while the store is open. They must open what lies there: the key before stands among the
 * previous ones.
 *
 * @throws {SealKeyError} when they do not. @throws {Error} when one is not 32 bytes long. Nothing has changed then.
 */
export async function replaceSealKeys(knex: Knex, seal: Seal, keys: SealKeys): Promise<void> {
  await demandFittingKey(knex, new Seal(keys))
  seal.replace(keys)
  await checkSealKey(knex, seal)
}

/** Tries the key, and leaves the proof as it is. @throws {SealKeyError} */
export async function demandFittingKey(knex: Knex, seal: Seal): Promise<void> {
  if ((await fitsSealKey(knex, seal)) === false) throw new SealKeyError()
}

/** Whether the key fits, without leaving anything; undefined when no gateway has left a proof yet. */
export async function fitsSealKey(knex: Knex, seal: Seal): Promise<boolean | undefined> {
  const row = await knex<{ id: number; sealed: Uint8Array }>('emrex_seal_check').where({ id: 1 }).first()
  if (row === undefined) return undefined
  try {
    seal.open(place, row.sealed)
    return true
  } catch (error) {
    if (error instanceof EmrexError) return false
    throw error
  }
}

/** Proves at the start that the key fits the database; the first start leaves the proof. @throws {SealKeyError} */
export async function checkSealKey(knex: Knex, seal: Seal): Promise<void> {
  const table = () => knex<{ id: number; sealed: Uint8Array }>('emrex_seal_check')
  const proof = () => seal.seal(place, Buffer.from('this key fits'))
  await table().insert({ id: 1, sealed: proof() }).onConflict('id').ignore()
  await demandFittingKey(knex, seal)
  // Written anew with the present key, so that a previous key can be retired one day.
  await table().where({ id: 1 }).update({ sealed: proof() })
}
