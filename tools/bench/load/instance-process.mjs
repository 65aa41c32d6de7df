// One instance of a gateway that is measured: `instance-process.mjs SETTINGS`; asked by messages.
import { createLog, loadSettings, startGateway } from '@emrex-gateway/gateway'
import { tellUsage } from '../tell-usage.mjs'

const usage = tellUsage()
const [settings = ''] = process.argv.slice(2)
const running = await startGateway(loadSettings(settings), createLog('silent'), {
  // Nobody here waits at a page that looks again and again.
  ...{ drainSeconds: 1, collectPatienceMilliseconds: 60_000 },
})

process.on('message', (question) => {
  if (question === 'stop') return void running.stop().then(() => process.disconnect())
  process.send?.(usage())
})
process.send?.('ready')
