import type { AuditLog } from './audit.js'
import type { JobQueue } from './job-queue.js'
import type { LoginLinks, ProofAttempts } from './login-links.js'
import type { CopyCache } from './registry.js'
import type { Statistics } from './statistics.js'
import type { AnyState, TransferKind, TransferStore } from './transfer-store.js'

/** How many rows a purge removed. */
export type Purged = Readonly<Record<'bodies' | 'handles' | 'links' | 'attempts' | 'values', number>> & {
  /** Transfers whose time was over and that no key of the store opens. */
  readonly unreadable?: number
  /** The same, but decided: they stay, and are counted once a day. */
  readonly unreadableKept?: number
}

/** Everything that must survive a restart. `libs/store` implements it; an embedder may bring their own. */
export interface GatewayStore {
  transfers<State extends AnyState>(kind: TransferKind): TransferStore<State>
  readonly jobs: JobQueue
  readonly audit: AuditLog
  readonly statistics: Statistics
  readonly copies: CopyCache
  readonly links: LoginLinks
  readonly attempts: ProofAttempts
  /** Notes a value within its scope, as a hash; false where it stands there already and its time is not over. Atomic. */
  once(scope: string, value: string, until: number): Promise<boolean>
  /**
   * Removes bodies, handles, links, counted attempts and noted values whose time has run out, and transfers that `expired`
   * cannot give because they do not open any more. Gives how many of each went.
   */
  purge(now: number): Promise<Purged>
  /** Resolves when the database answers. */
  ping(): Promise<void>
  close(): Promise<void>
}
