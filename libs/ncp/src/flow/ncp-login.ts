import {
  LoginOffers,
  LoginWalk,
  systemsOfSources,
  type Effects,
  type LoginTurn,
  type OfferedLogin,
  type Transfer,
} from '@emrex-gateway/core'
import type { NcpFlow } from './ncp-flow.js'
import type { NcpHost } from './ncp-host.js'
import type { NcpPage } from './ncp-page.js'
import type { NcpState, NcpTransfer } from './ncp-transfer.js'

type BeforeLogin = NcpTransfer<'login-due' | 'login-failed' | 'login'>

/** Logins at the NCP. */
export class NcpLogin extends LoginWalk<NcpState, BeforeLogin['state'], NcpPage> {
  constructor(
    private readonly flow: Pick<NcpFlow, 'entry' | 'transfers' | 'move'>,
    host: NcpHost,
  ) {
    const { entry, transfers } = flow
    const lookup = {
      systems: systemsOfSources(entry.sources, entry.sourceTitles),
      sendsMail: entry.codeMail !== undefined,
      timeoutSeconds: entry.sourceTimeoutSeconds,
      now: () => host.now(),
    }
    super(entry, new LoginOffers(entry, transfers, lookup), host)
  }

  protected turn(transfer: BeforeLogin, turn: LoginTurn, effects: Effects): Promise<Transfer<NcpState>> {
    const { request } = transfer.state
    return 'login' in turn
      ? this.flow.move(transfer, { state: 'login', request, login: turn.login }, effects)
      : this.flow.move(transfer, { state: 'login-failed', request, ...turn.failed }, effects)
  }

  protected pageOf({ state }: BeforeLogin, logins: readonly OfferedLogin[]): NcpPage {
    return { page: 'choose-login', receiver: state.request.receiver, logins }
  }
}
