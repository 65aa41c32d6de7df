import type { JobQueue } from '@emrex-gateway/core'

/** When a job that has failed is tried again, epoch milliseconds. With jitter, so that a system that comes back is not met by all at once. */
export function nextTryAt(
  now: Date,
  attempts: number,
  { firstSeconds, mostSeconds }: { readonly firstSeconds: number; readonly mostSeconds: number },
): number {
  const waitSeconds = Math.min(mostSeconds, firstSeconds * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2)
  // Whole milliseconds: the store refuses parts of them.
  return now.getTime() + Math.round(waitSeconds * 1000)
}

/** Puts the jobs of a queue that were given up back, as if they had not been tried yet. Gives how many. */
export async function takeUpAgain(jobs: JobQueue, queue: string): Promise<number> {
  const dead = await jobs.dead(queue)
  for (const { id } of dead) await jobs.requeue(id)
  return dead.length
}
