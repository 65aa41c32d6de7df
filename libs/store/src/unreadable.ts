import type { TransferKind } from '@emrex-gateway/core'
import { removeTransfer } from './remove-transfer.js'
import { placeOfTransfer, type Seal } from './seal.js'
import type { StoreContext } from './store-context.js'
import { transferKinds } from './transfer-kinds.js'

/** What is looked at in one round; the oldest come first, and do not come again. */
const batch = 500
const dayMs = 86_400_000

interface SealedRow {
  readonly id: string
  readonly kind: TransferKind
  readonly state: string
  readonly version: number
  readonly sealed: Uint8Array
}

/** Whether the state of a transfer opens: its seal key may be gone, or somebody may have changed the row. */
export function opens(seal: Seal, { id, sealed }: Pick<SealedRow, 'id' | 'sealed'>): boolean {
  try {
    seal.open(placeOfTransfer(id), sealed)
    return true
  } catch {
    return false
  }
}

/**
 * Removes transfers whose time is over and that no key of ours opens: no role can end them. One that was decided stays,
 * for it is a promise to deliver, which can be kept once its key is given again; it is looked at again a day later.
 */
export async function removeUnreadable(
  context: StoreContext,
  at: number,
): Promise<{ readonly unreadable: number; readonly unreadableKept: number }> {
  const { knex, seal } = context
  const over = await knex<SealedRow>('emrex_transfer')
    // Named one by one, because the index by end begins with the kind: else all transfers are gone through.
    .whereIn('kind', transferKinds)
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(batch)
    .select<SealedRow[]>('id', 'kind', 'state', 'version', 'sealed')
  const counts = { unreadable: 0, unreadableKept: 0 }
  for (const row of over.filter((each) => !opens(seal, each))) {
    const { id, kind, state, version } = row
    if (state === 'decided') {
      await knex('emrex_transfer')
        .where({ id, version })
        .update({ expires_at: at + dayMs })
      counts.unreadableKept += 1
    } else {
      await removeTransfer(context, { id, kind })
      counts.unreadable += 1
    }
  }
  return counts
}
