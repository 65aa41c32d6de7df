/**
 * The value below which that part of the values lies (nearest rank).
 *
 * @param {readonly number[]} values at least one
 * @param {number} part 0 to 1
 */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return /** @type {number} */ (sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)])
}

/** @param {number} bytes */
export const mebibytes = (bytes) => `${(bytes / 1048576).toFixed(0)} MiB`

/**
 * The median of the rounds, and between which values they lie.
 *
 * @param {readonly number[]} rounds
 * @param {number} [digits]
 */
export function medianOf(rounds, digits = 1) {
  const text = (/** @type {number} */ part) => percentile(rounds, part).toFixed(digits)
  return rounds.length === 1 ? text(1) : `${text(0.5)} (${text(0)}–${text(1)})`
}

/** A target with whether it was met. @param {boolean} met @param {string} target */
export const verdict = (met, target) => `${target} ${met ? 'met' : 'NOT MET'}`
