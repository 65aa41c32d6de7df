import {
  LoginOffers,
  LoginWalk,
  type Effects,
  type LoginTurn,
  type OfferedLogin,
  type Transfer,
} from '@emrex-gateway/core'
import type { SmpFlow } from './smp-flow.js'
import type { SmpHost } from './smp-host.js'
import type { SmpPage } from './smp-page.js'
import type { SmpState, SmpTransfer } from './smp-transfer.js'

type BeforeLogin = SmpTransfer<'started' | 'login-failed' | 'login'>

/** Logins at the SMP. */
export class SmpLogin extends LoginWalk<SmpState, BeforeLogin['state'], SmpPage> {
  constructor(
    private readonly flow: Pick<SmpFlow, 'entry' | 'transfers' | 'move'>,
    host: SmpHost,
  ) {
    const { entry, transfers } = flow
    const lookup = {
      systems: [{ id: entry.target.id, title: entry.title, part: entry.target.target }],
      sendsMail: entry.codeMail !== undefined,
      timeoutSeconds: entry.targetTimeoutSeconds,
      now: () => host.now(),
    }
    super(entry, new LoginOffers(entry, transfers, lookup), host)
  }

  protected turn(transfer: BeforeLogin, turn: LoginTurn, effects: Effects): Promise<Transfer<SmpState>> {
    return 'login' in turn
      ? this.flow.move(transfer, { state: 'login', login: turn.login }, effects)
      : this.flow.move(transfer, { state: 'login-failed', ...turn.failed }, effects)
  }

  protected pageOf(_transfer: BeforeLogin, logins: readonly OfferedLogin[]): SmpPage {
    return { page: 'choose-login', logins }
  }
}
