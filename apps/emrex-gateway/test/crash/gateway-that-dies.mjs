// The process that crash.spec.ts kills: `gateway-that-dies.mjs FOLDER POINT STORY`. A whole gateway, from the build. It
// delivers what an earlier crash left, carries one student to the review page, writes the id of that transfer, accepts,
// and kills itself as soon as the new import has come to the point. It never ends well.
import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createLog } from '@emrex-gateway/gateway'
import { acceptButton, carryToReview, startTown, stories } from '@emrex-gateway/town'
import { leaseSeconds, settle } from './settle.mjs'

const [folder, point, storyId] = process.argv.slice(2)
const standardOutput = 1
const story = stories.find(({ id }) => id === storyId)

let armed = false
const reached = (at) => {
  if (armed && at === point) process.kill(process.pid, 'SIGKILL')
}
const log = {
  ...createLog('silent'),
  // The line is written after the transaction of the decision, and before anything else happens with the job.
  info: (event, { to } = {}) => event === 'transfer.changed' && reached(to),
}

const town = await startTown({ folder, port: 0, log, overrides: { reached, leaseSeconds } })
await settle(town)
// A copy of the catalogue from the last start names the addresses of then.
await town.gateway.registry.refresh()
const browser = await carryToReview(story, town.smpUrl(story.home))
writeSync(standardOutput, new URL(browser.page.url).pathname.split('/').at(-1))
// Nothing but us may begin the delivery.
await town.background.stop()
armed = true
await browser.press(acceptButton)
await town.background.deliver()
await wait(120_000)
throw new Error(`never came to "${point}"; the page is "${browser.heading}"`)
