/**
 * Whether something was done less than `periodMs` ago, so that it need not be done again. A moment ahead counts by its
 * distance too: what was done while a clock was ahead must not be left undone, after it was set right, until that time comes.
 *
 * @param at when it was done, in milliseconds, as `now`
 */
export const isRecent = (at: number, now: number, periodMs: number): boolean => Math.abs(now - at) < periodMs
