import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const status = '/proc/self/status'

/**
 * Resident bytes of this process after a collection of garbage (with --expose-gc), and at most since the last question,
 * where the system tells; else -1.
 *
 * @returns {[now: number, peak: number]}
 */
export function memory() {
  if (!existsSync(status)) return [-1, -1]
  const peak = field('VmHWM')
  globalThis.gc?.()
  const now = field('VmRSS')
  // Sets the peak to what there is now.
  writeFileSync('/proc/self/clear_refs', '5')
  return [now, peak]
}

/** @param {string} name */
function field(name) {
  const [, kilobytes = '0'] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(status, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
