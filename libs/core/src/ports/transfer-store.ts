import type { AuditEntry } from './audit.js'
import type { LeasedJob, NewJob } from './job-queue.js'
import type { CountChange } from './statistics.js'

/**
 * What a record holds: a transfer of a role, a session of a staff person, a case that staff enter by hand, a student's
 * receipts, or a request of another system for somebody's results.
 */
export type TransferKind = 'ncp' | 'smp' | 'staff' | 'case' | 'history' | 'request'

/** A random value by which a message from outside finds its transfer. The store keeps only a keyed hash of it. */
export interface Handle {
  readonly kind: 'session' | 'login' | 'document' | 'reference' | 'student' | 'link' | 'order'
  readonly value: string
}

/** An end that never comes by itself: the last instant that a date can hold. Epoch milliseconds. */
export const forGood = 8_640_000_000_000_000

export interface AnyState {
  readonly state: string
}

/** One transfer. `state` is sealed at rest; the name of the state, entry and times are readable. */
export interface Transfer<State extends AnyState> {
  /** Random, 128 bits or more, of `readableLetters`: people quote its beginning, `referenceOf`. */
  readonly id: string
  readonly entry: string
  readonly version: number
  readonly state: State
  /** SHA-256 of the secret in the browser's cookie, base64url. */
  readonly browser: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly expiresAt: number
}

/** What is written in the same transaction as the state. */
export interface Effects {
  readonly handles?: readonly (Handle & { readonly expiresAt?: number })[]
  readonly putBodies?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly expiresAt: number }[]
  readonly dropBodies?: readonly string[]
  readonly jobs?: readonly NewJob[]
  /** A job that is done with this change; fails the whole change when its lease was lost. */
  readonly finishJob?: LeasedJob
  readonly audit?: readonly Omit<AuditEntry, 'at' | 'kind' | 'entry' | 'transfer'>[]
  /** Where the transfer is counted from now on. One that was made without it is never counted. */
  readonly counted?: CountChange
}

export interface TransferStore<State extends AnyState> {
  /** @throws {EmrexError} HANDLE_TAKEN when a handle is known already. */
  create(
    transfer: {
      readonly entry: string
      readonly state: State
      readonly browser: string
      readonly expiresAt: number
      readonly id?: string
    },
    effects?: Effects,
  ): Promise<Transfer<State>>
  load(id: string): Promise<Transfer<State> | undefined>
  findByHandle(entry: string, handle: Handle): Promise<Transfer<State> | undefined>
  /**
   * Writes the next state together with its effects, or nothing.
   * @throws {EmrexError} TRANSFER_CHANGED when somebody saved in between: two tabs cannot both win. HANDLE_TAKEN. LEASE_LOST.
   */
  save(
    transfer: Transfer<State>,
    next: { readonly state: State; readonly expiresAt?: number; readonly browser?: string },
    effects?: Effects,
  ): Promise<Transfer<State>>
  /** Newest first; without those that do not open. */
  list(filter: {
    readonly entry?: string
    readonly states: readonly string[]
    readonly limit?: number
  }): Promise<readonly Transfer<State>[]>
  /**
   * Transfers whose time has run out, the one that ended first first, whatever their state; the role decides what that
   * means. Those of one entry, or of all where none is named. Those that do not open are left out.
   */
  expired(now: number, limit: number, entry?: string): Promise<readonly Transfer<State>[]>
  body(transferId: string, name: string): Promise<Uint8Array | undefined>
  /** One that is counted as under way is counted as USER_GONE from here on. */
  remove(id: string): Promise<void>
}
