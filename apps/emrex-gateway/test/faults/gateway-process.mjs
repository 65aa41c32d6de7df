// One instance of a gateway, from the build: `gateway-process.mjs SETTINGS [POINT]`. It logs to its standard output, says
// by messages that it is ready, and kills itself when it has come to the point that it was given, at its start or in a message.
import { writeSync } from 'node:fs'
import { createLog, loadSettings, startGateway } from '@emrex-gateway/gateway'
import { faultPoints, tellAnswers, tellingStore } from './fault-points.mjs'

const [settingsFile = '', bootPoint = ''] = process.argv.slice(2)
const say = (/** @type {unknown} */ message) => void process.send?.(message)

let point = bootPoint
let acknowledged = false
const tell = (/** @type {string} */ signal) => {
  // The last page is the one that is asked for when the import is there.
  if (signal === 'after smp delivered') acknowledged = true
  if (point === 'c11' && !acknowledged) return
  if (faultPoints[point]?.[0] === signal) process.kill(process.pid, 'SIGKILL')
}
tellAnswers(tell)

/** A dead process gives its leases back by time; nobody here waits for that as long as in production. */
const leaseSeconds = 1
let aheadMs = 0
// At once, and all of it: a line that was in memory alone would be gone with the process.
const log = createLog('debug', { write: (line) => void writeSync(1, line) })
const running = await startGateway(loadSettings(settingsFile), log, {
  ...{ leaseSeconds, collectPatienceMilliseconds: 60_000 },
  now: () => new Date(Date.now() + aheadMs),
  aroundStore: (store) => tellingStore(store, tell),
  reached: tell,
})

/** @param {{ arm?: string, tidyAheadHours?: number }} order */
async function follow({ arm, tidyAheadHours }) {
  if (arm !== undefined) {
    point = arm
    acknowledged = false
  }
  if (tidyAheadHours !== undefined) {
    aheadMs = tidyAheadHours * 3_600_000
    await running.background.tidy()
    aheadMs = 0
  }
  say('done')
}
process.on('message', (order) => void follow(/** @type {never} */ (order)))
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
say('ready')
