import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Processor time in milliseconds that a PostgreSQL server has used, with all of its processes, also those that have ended.
 * Linux only.
 *
 * @param {string} folder of the server, as the tests start it
 */
export function postgresCpuMs(folder) {
  const main = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // After the name, which may hold anything: state, parent, …; user and system time are fields 14 and 15 of the whole.
    const fields = statOf(pid)
      ?.replace(/^.*\) /s, '')
      .split(' ')
      .map(Number)
    if (fields === undefined) continue
    const [parent = 0, user = 0, system = 0, childUser = 0, childSystem = 0] = [1, 11, 12, 13, 14].map(
      (at) => fields[at],
    )
    if (Number(pid) === main) ticks += user + system + childUser + childSystem
    else if (parent === main) ticks += user + system
  }
  return (ticks * 1000) / ticksPerSecond
}

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK']).stdout.toString()) || 100

/** @param {string} pid */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // It ended meanwhile.
    return undefined
  }
}
