import type { TransferKind } from '@emrex-gateway/core'
import { dropHandlesOf } from './handles.js'
import type { StoreContext } from './store-context.js'
import { noteRemoved } from './write-counted.js'

/** Removes a transfer with its bodies and its handles; one that was under way is counted as USER_GONE. */
export async function removeTransfer(
  { knex, dialect }: StoreContext,
  { id, kind }: { readonly id: string; readonly kind: TransferKind },
): Promise<void> {
  await knex.transaction(async (trx) => {
    const answer: unknown = await trx.raw('delete from emrex_transfer where id = ? and kind = ? returning counted', [
      id,
      kind,
    ])
    const [removed] = dialect.rowsOf<{ counted: string | null }>(answer)
    if (removed === undefined) return
    await dropHandlesOf(trx, id)
    await noteRemoved(trx, removed)
  })
}
