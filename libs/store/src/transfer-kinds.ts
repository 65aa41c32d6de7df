import type { TransferKind } from '@emrex-gateway/core'

const every: Readonly<Record<TransferKind, true>> = {
  ncp: true,
  smp: true,
  staff: true,
  case: true,
  history: true,
  request: true,
}

/** Every kind of record; a kind that is missing here does not compile. */
export const transferKinds: readonly string[] = Object.keys(every)
