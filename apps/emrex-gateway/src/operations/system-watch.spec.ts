import { silentLog, type SisConnection } from '@emrex-gateway/core'
import { Metrics } from './metrics.js'
import { SystemWatch } from './system-watch.js'

describe('SystemWatch', () => {
  it('looks again at a system that was down when the clock was ahead and is set right', async () => {
    let at = 2 * 3_600_000
    let ok = false
    const system = { id: 'records', check: async () => ({ ok, findings: [] }) } as unknown as SisConnection
    const watch = new SystemWatch(new Map([['records', system]]), new Metrics(), silentLog, () => new Date(at))
    await watch.refresh()
    at = 0
    ok = true
    await watch.refresh()
    expect(watch.states).toMatchObject([{ id: 'records', ok: true }])
  })
})
