// Starts a gateway from the build and says by message which modules that took, as addresses, until it is killed:
// `list-loaded.mjs SETTINGS`.
import { register } from 'node:module'
import { MessageChannel } from 'node:worker_threads'

const hooks = `
  let port
  export const initialize = (data) => { port = data }
  export const load = (url, context, next) => { port.postMessage(url); return next(url, context) }
`
const { port1, port2 } = new MessageChannel()
/** @type {string[]} */
const loaded = []
port1.on('message', (url) => loaded.push(url))
port1.unref()
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: port2, transferList: [port2] })

const { createLog, loadSettings, startGateway } = await import('@emrex-gateway/gateway')
const [settings = ''] = process.argv.slice(2)
await startGateway(loadSettings(settings), createLog('silent'))
process.send?.(loaded)
