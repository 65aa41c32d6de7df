import type { JobQueue } from '@emrex-gateway/core'

/** Puts the jobs of a queue that were given up back, as if they had not been tried yet. Gives how many. */
export async function takeUpAgain(jobs: JobQueue, queue: string): Promise<number> {
  const dead = await jobs.dead(queue)
  for (const { id } of dead) await jobs.requeue(id)
  return dead.length
}
