import type { Effects, TransferKind } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { writeAudit } from './audit.js'
import { dropBodies, putBodies } from './bodies.js'
import { putHandles } from './handles.js'
import { addJobs, changeHeldJob, finished } from './jobs.js'
import type { StoreContext } from './store-context.js'

type Owner = { readonly id: string; readonly kind: TransferKind; readonly entry: string }

/**
 * Writes what comes with a state, in the state's transaction.
 *
 * @throws {EmrexError} HANDLE_TAKEN, LEASE_LOST; the caller's transaction is then undone.
 */
export async function writeEffects(
  context: StoreContext,
  trx: Knex.Transaction,
  owner: Owner,
  effects: Effects,
): Promise<void> {
  const { handles = [], putBodies: bodies = [], dropBodies: dropped = [], jobs = [], finishJob, audit = [] } = effects
  const at = context.now()
  if (finishJob !== undefined) await changeHeldJob(trx, finishJob, finished(at))
  await putHandles(context, trx, owner, handles)
  await dropBodies(trx, owner.id, dropped)
  await putBodies(context, trx, owner.id, bodies)
  await addJobs(context, trx, jobs)
  // Last of all: it makes others wait who write evidence of the same entry.
  const lines = audit.map((line) => ({ ...line, at, transfer: owner.id }))
  await writeAudit(context, trx, owner, lines)
}
