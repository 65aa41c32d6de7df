import type { Relaxation } from './profile.js'

/** Whether a departure from the strict policy holds: its last day, in UTC, still counts. */
export const holdsAt = (relaxation: Relaxation | undefined, now: Date): boolean =>
  relaxation !== undefined && (relaxation.until === undefined || now.toISOString().slice(0, 10) <= relaxation.until)
