import type { ReasonCode } from '../reason-codes.js'
import type { TransferKind } from './transfer-store.js'

/** Every audit event. `docs/audit-events.md` says when each is written; a test holds the two together. */
export const auditEvents = [
  'transfer.requested',
  'receiver.confirmed',
  'receiver.refused',
  'login.started',
  'login.completed',
  'login.failed',
  'proof.asked',
  'proof.failed',
  'proof.completed',
  'link.removed',
  'results.fetched',
  'results.selected',
  'transfer.sent',
  'transfer.cancelled',
  'transfer.ended',
  'transfer.started',
  'ncp.asked',
  'answer.received',
  'answer.rejected',
  'document.verified',
  'person.matched',
  'case.opened',
  'case.accepted',
  'case.refused',
  'case.taken',
  'case.expired',
  'import.decided',
  'import.delivered',
  'import.failed',
  'transfer.expired',
  'request.created',
  'request.linked',
  'request.opened',
  'request.reminded',
  'request.completed',
  'request.failed',
  'request.declined',
  'request.expired',
  'request.deleted',
  'result.read',
  'webhook.abandoned',
] as const
export type AuditEvent = (typeof auditEvents)[number]

/** One line of evidence. No personal data of the student; `author` and `reason` are the staff person's and sealed at rest. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number
  readonly kind: TransferKind
  readonly entry: string
  readonly transfer: string
  readonly event: AuditEvent
  readonly code?: ReasonCode
  readonly author?: string
  readonly reason?: string
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

export interface AuditLog {
  list(filter: {
    readonly transfer?: string
    readonly event?: AuditEvent
    readonly limit?: number
  }): Promise<readonly AuditEntry[]>
}
