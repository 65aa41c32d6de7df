import { EmrexError } from '../emrex-error.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { AnyState, Effects, Transfer, TransferStore } from '../ports/transfer-store.js'
import { keepLoginSession, leaveLogin, loginToLeave } from './leave-login.js'

describe('leaveLogin', () => {
  it('keeps what it needs while the login is away, so that the person can leave it later', async () => {
    const bodies = new Map<string, Uint8Array>()
    const apply = ({ putBodies = [], dropBodies = [] }: Effects = {}) => {
      for (const { name, bytes } of putBodies) bodies.set(name, bytes)
      for (const name of dropBodies) bodies.delete(name)
    }
    const transfers = {
      body: async (_id: string, name: string) => bodies.get(name),
      save: async (transfer: Transfer<AnyState>, _next: unknown, effects?: Effects) => {
        apply(effects)
        return transfer
      },
    } as unknown as TransferStore<AnyState>
    let isAway = true
    const provider = {
      info: { id: 'campus' },
      logout: {
        begin: async () => {
          if (isAway) throw new EmrexError('LOGIN_UNAVAILABLE', 'away')
          return { kind: 'redirect', url: 'https://login.example/logout' }
        },
      },
    } as unknown as IdentityProvider
    const entry = { publicUrl: 'https://home.example', logins: [provider] }
    const transfer = { id: 't', state: { state: 'ended' } } as Transfer<AnyState>
    apply(keepLoginSession({ provider: 'campus', session: { idToken: 'x' } }, 0))

    await expect(leaveLogin(transfer, transfers, entry)).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    expect(await loginToLeave(transfer.id, transfers, entry.logins)).toBeDefined()
    isAway = false
    expect(await leaveLogin(transfer, transfers, entry)).toMatchObject({ kind: 'redirect' })
    expect(await loginToLeave(transfer.id, transfers, entry.logins)).toBeUndefined()
  })
})
