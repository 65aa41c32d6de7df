import { EmrexError, type JobQueue, type LeasedJob } from '@emrex-gateway/core'

/** First wait after a failure; doubled each time, at most the other. */
interface Waits {
  readonly firstSeconds: number
  readonly mostSeconds: number
}

const waitSeconds = (attempts: number, { firstSeconds, mostSeconds }: Waits): number =>
  Math.min(mostSeconds, firstSeconds * 2 ** (attempts - 1))

/** When a job that has failed is tried again, epoch milliseconds. With jitter, so that a system that comes back is not met by all at once. */
export function nextTryAt(now: Date, attempts: number, waits: Waits): number {
  // Whole milliseconds: the store refuses parts of them.
  return now.getTime() + Math.round(waitSeconds(attempts, waits) * (0.5 + Math.random() / 2) * 1000)
}

/**
 * The next job that is due. An attempt that takes its process with it never says that it failed, and its lease runs out:
 * that is then as far away as the next try after a failure, or the process would be ended again and again.
 */
export async function claimNext(
  jobs: JobQueue,
  queue: string,
  { owner, leaseSeconds, ...waits }: { readonly owner: string; readonly leaseSeconds: number } & Waits,
): Promise<LeasedJob | undefined> {
  const [job] = await jobs.claim(queue, { owner, leaseSeconds, limit: 1 })
  const wait = job === undefined ? 0 : waitSeconds(job.attempts, waits)
  return job === undefined || wait <= leaseSeconds ? job : jobs.extend(job, wait)
}

/** A job that fails is given up after its last try: one that comes again all the same never came to an end. @throws {EmrexError} INTERNAL */
export function demandTryLeft({ attempts }: LeasedJob, maxAttempts: number): void {
  if (attempts > maxAttempts) throw new EmrexError('INTERNAL', 'no attempt came to an end')
}

/** Puts the jobs of a queue that were given up back, as if they had not been tried yet. Gives how many. */
export async function takeUpAgain(jobs: JobQueue, queue: string): Promise<number> {
  const dead = await jobs.dead(queue)
  for (const { id } of dead) await jobs.requeue(id)
  return dead.length
}
