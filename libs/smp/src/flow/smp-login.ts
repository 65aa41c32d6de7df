import {
  LoginOffers,
  loginOrder,
  onlyLogin,
  startLogin,
  type IdentityProvider,
  type ReasonCode,
  type Step,
} from '@emrex-gateway/core'
import type { SmpFlow, SmpHost } from './smp-flow.js'
import type { SmpPage } from './smp-page.js'
import type { SmpState, SmpTransfer } from './smp-transfer.js'

type BeforeLogin = SmpTransfer<'started' | 'login-failed' | 'login'>

/** Logins at the SMP: which are offered, how one begins, and what stays of one that failed. */
export class SmpLogin {
  readonly offers: LoginOffers<SmpState>

  constructor(
    private readonly flow: Pick<SmpFlow, 'entry' | 'transfers' | 'move' | 'provider'>,
    private readonly host: SmpHost,
  ) {
    const { entry, transfers } = flow
    this.offers = new LoginOffers(entry, transfers, {
      systems: [{ id: entry.target.id, title: entry.title, part: entry.target.target }],
      sendsMail: entry.codeMail !== undefined,
      timeoutSeconds: entry.targetTimeoutSeconds,
      now: () => host.now(),
    })
  }

  /** The page of logins; where there is only one, it begins at once. */
  async choose(transfer: SmpTransfer<'started'>): Promise<Step<SmpPage>> {
    const logins = await this.offers.all()
    const only = onlyLogin(logins)
    if (only !== undefined) return this.begin(transfer, this.flow.provider(only.id), 'en')
    return { kind: 'page', page: { page: 'choose-login', logins } }
  }

  async begin(transfer: BeforeLogin, provider: IdentityProvider, language: string): Promise<Step<SmpPage>> {
    const order = loginOrder(this.flow.entry, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) {
      const { id } = await this.failed(transfer, provider.info.id, login)
      return { kind: 'hub', transferId: id }
    }
    await this.flow.move(
      transfer,
      { state: 'login', login },
      {
        handles: [{ kind: 'login', value: order.handle }],
        audit: [{ event: 'login.started', facts: { provider: provider.info.id } }],
      },
    )
    return login.action
  }

  failed(
    transfer: BeforeLogin,
    login: string,
    { code, detail }: { readonly code: ReasonCode; readonly detail: string },
  ): Promise<SmpTransfer<'login-failed'>> {
    return this.flow.move(
      transfer,
      { state: 'login-failed', login, code },
      { audit: [{ event: 'login.failed', code, facts: { provider: login, detail } }] },
    )
  }
}
