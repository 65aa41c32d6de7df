export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export interface NewJob {
  readonly queue: string
  /** Unique per queue: adding it again changes nothing, also while it is done, until a store forgets that (30 days or more). */
  readonly key: string
  /** References only; never personal data. */
  readonly payload: JsonValue
  /** Epoch milliseconds; absent = now. */
  readonly runAt?: number
}

export interface LeasedJob {
  readonly id: number
  readonly queue: string
  readonly key: string
  readonly payload: JsonValue
  /** 1 at the first try. */
  readonly attempts: number
  readonly owner: string
  readonly leasedUntil: number
}

export interface DeadJob {
  readonly id: number
  readonly queue: string
  readonly key: string
  readonly payload: JsonValue
  readonly attempts: number
  readonly code: string
}

/** At least once: a worker that died gives its lease back by time. */
export interface JobQueue {
  claim(
    queue: string,
    order: { readonly owner: string; readonly leaseSeconds: number; readonly limit: number },
  ): Promise<readonly LeasedJob[]>
  /** @throws {EmrexError} LEASE_LOST */
  extend(job: LeasedJob, leaseSeconds: number): Promise<LeasedJob>
  /** @throws {EmrexError} LEASE_LOST */
  done(job: LeasedJob): Promise<void>
  /** Tries again at `retryAt`; without it the job is dead. `code` is a reason code. @throws {EmrexError} LEASE_LOST */
  fail(job: LeasedJob, outcome: { readonly code: string; readonly retryAt?: number }): Promise<void>
  dead(queue: string): Promise<readonly DeadJob[]>
  requeue(id: number): Promise<void>
  /** Since when the job that waits longest could have been done, epoch milliseconds; undefined when none is due. */
  dueSince(queue: string): Promise<number | undefined>
  /** The queues that hold jobs, also such as are done, in their order. */
  queues(): Promise<readonly string[]>
  counts(queue: string): Promise<{ readonly ready: number; readonly running: number; readonly dead: number }>
}
