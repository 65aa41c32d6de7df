import { EmrexError, type Effects, type Handle, type TransferKind } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import type { StoreContext } from './store-context.js'

interface HandleRow {
  readonly hash: Uint8Array
  readonly transfer: string
  readonly expires_at: number | null
}

type Owner = { readonly id: string; readonly kind: TransferKind; readonly entry: string }

const hashesOf = ({ seal }: StoreContext, { kind, entry }: Omit<Owner, 'id'>, handle: Handle) =>
  seal.hashes([kind, entry, handle.kind, handle.value])

/** The id of the transfer that a handle belongs to, unless the handle's time has run out. */
export async function findTransferId(
  context: StoreContext,
  scope: Omit<Owner, 'id'>,
  handle: Handle,
): Promise<string | undefined> {
  const row = await context
    .knex<HandleRow>('emrex_handle')
    .whereIn('hash', hashesOf(context, scope, handle))
    .where((alive) => void alive.whereNull('expires_at').orWhere('expires_at', '>', context.now()))
    .first()
  return row?.transfer
}

/** @throws {EmrexError} HANDLE_TAKEN when one of them is known and its time has not run out. */
export async function putHandles(
  context: StoreContext,
  trx: Knex.Transaction,
  owner: Owner,
  handles: NonNullable<Effects['handles']>,
): Promise<void> {
  for (const handle of handles) {
    const [hash, ...previous] = hashesOf(context, owner, handle)
    await trx<HandleRow>('emrex_handle')
      .whereIn('hash', [hash, ...previous])
      .where('expires_at', '<=', context.now())
      .delete()
    // The unique column guards the present key only; a handle from before the key was changed counts too.
    if (previous.length > 0 && (await trx<HandleRow>('emrex_handle').whereIn('hash', previous).first()))
      throw new EmrexError('HANDLE_TAKEN')
    try {
      await trx<HandleRow>('emrex_handle').insert({ hash, transfer: owner.id, expires_at: handle.expiresAt ?? null })
    } catch (error) {
      if (context.dialect.isUniqueViolation(error)) throw new EmrexError('HANDLE_TAKEN')
      throw error
    }
  }
}

/** Removes the handles that live as long as their transfer; those with an end of their own stay until then. */
export async function dropHandlesOf(trx: Knex.Transaction, transfer: string): Promise<void> {
  await trx<HandleRow>('emrex_handle').where({ transfer }).whereNull('expires_at').delete()
}
