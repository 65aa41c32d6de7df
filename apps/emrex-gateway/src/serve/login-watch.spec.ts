import { silentLog, type IdentityProvider } from '@emrex-gateway/core'
import { LoginWatch } from './login-watch.js'

describe('LoginWatch', () => {
  it('looks again at a login that was down when the clock was ahead and is set right', async () => {
    let at = 2 * 3_600_000
    let available = false
    const login = { refresh: async () => ({ available, findings: [] }) } as unknown as IdentityProvider
    const watch = new LoginWatch(new Map([['eid', login]]), silentLog, () => new Date(at))
    await watch.refresh()
    expect(watch.down).toEqual(['eid'])
    at = 0
    available = true
    await watch.refresh()
    expect(watch.down).toEqual([])
  })
})
