// The process that is measured: a whole town, and nobody in it. `gateway-process.mjs FOLDER`; asked by messages.
import { startTown } from '@emrex-gateway/town'
import { tellUsage } from './tell-usage.mjs'

const usage = tellUsage()
const [folder = ''] = process.argv.slice(2)
const town = await startTown({ folder, port: 0, logLevel: 'silent' })

/** @param {unknown} answer */
const say = (answer) => void process.send?.(answer)
process.on('message', (question) => {
  if (question === 'stop') return void town.stop().then(() => process.disconnect())
  say(usage())
})
say({ origin: new URL(town.smpUrl('')).origin })
