// A whole town in a process of its own, from the build: `run-town.mjs FOLDER`. Says where it is by message, prints its
// log on the standard output, and stops when it is told `stop`. Its file of settings may name more under `operations`.
import { createLog } from '@emrex-gateway/gateway'
import { startTown } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'

const [folder = '', operations = '{}'] = process.argv.slice(2)
/** @param {string} yaml */
const rewriteSettings = (yaml) =>
  stringify({ ...parse(yaml), operations: { admin: { port: 0 }, ...JSON.parse(operations) } })
const overrides = { collectPatienceMilliseconds: 60_000 }
const town = await startTown({ folder, port: 0, log: createLog('info'), overrides, rewriteSettings })

process.on('message', (word) => {
  if (word === 'rss') process.send?.({ rss: process.memoryUsage.rss() })
  if (word === 'stop') void town.stop().then(() => process.disconnect())
})
process.send?.({ port: town.port, adminPort: town.adminPort })
