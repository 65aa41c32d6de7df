// The process that killed.spec.ts lets die: `serve-and-die.mjs SETTINGS POINT`. A whole gateway, from the build, which
// kills itself when a delivery comes to the point.
import { createLog, loadSettings, startGateway } from '@emrex-gateway/gateway'

const [file, point] = process.argv.slice(2)
const reached = (at) => at === point && process.kill(process.pid, 'SIGKILL')
await startGateway(loadSettings(file), createLog('silent'), { reached, leaseSeconds: 1 })
process.stdout.write('serving\n')
