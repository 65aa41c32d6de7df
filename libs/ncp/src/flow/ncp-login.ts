import {
  LoginOffers,
  loginOrder,
  onlyLogin,
  startLogin,
  systemsOfSources,
  type IdentityProvider,
  type ReasonCode,
  type Step,
} from '@emrex-gateway/core'
import type { NcpFlow, NcpHost } from './ncp-flow.js'
import type { NcpPage } from './ncp-page.js'
import type { NcpState, NcpTransfer } from './ncp-transfer.js'

type BeforeLogin = NcpTransfer<'login-due' | 'login-failed' | 'login'>

/** Logins at the NCP: which are offered, how one begins, and what stays of one that failed. */
export class NcpLogin {
  readonly offers: LoginOffers<NcpState>

  constructor(
    private readonly flow: Pick<NcpFlow, 'entry' | 'transfers' | 'move' | 'provider'>,
    private readonly host: NcpHost,
  ) {
    const { entry, transfers } = flow
    this.offers = new LoginOffers(entry, transfers, {
      systems: systemsOfSources(entry.sources, entry.sourceTitles),
      sendsMail: entry.codeMail !== undefined,
      timeoutSeconds: entry.sourceTimeoutSeconds,
      now: () => host.now(),
    })
  }

  /** The page of logins; where there is only one, it begins at once. */
  async choose(transfer: NcpTransfer<'login-due'>): Promise<Step<NcpPage>> {
    const logins = await this.offers.all()
    const only = onlyLogin(logins)
    if (only !== undefined) return this.begin(transfer, this.flow.provider(only.id), 'en')
    return { kind: 'page', page: { page: 'choose-login', receiver: transfer.state.request.receiver, logins } }
  }

  async begin(transfer: BeforeLogin, provider: IdentityProvider, language: string): Promise<Step<NcpPage>> {
    const order = loginOrder(this.flow.entry, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) {
      const { id } = await this.failed(transfer, provider.info.id, login)
      return { kind: 'hub', transferId: id }
    }
    await this.flow.move(
      transfer,
      { state: 'login', request: transfer.state.request, login },
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
  ): Promise<NcpTransfer<'login-failed'>> {
    return this.flow.move(
      transfer,
      { state: 'login-failed', request: transfer.state.request, login, code },
      { audit: [{ event: 'login.failed', code, facts: { provider: login, detail } }] },
    )
  }
}
