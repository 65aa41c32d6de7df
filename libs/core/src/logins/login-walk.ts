import type { Step } from '../browser-action.js'
import { isOnItsWay, loginOf, loginOrder, startLogin, type PendingLogin } from '../login-step.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { AnyState, Effects, Transfer } from '../ports/transfer-store.js'
import type { ReasonCode } from '../reason-codes.js'
import { onlyLogin, type LoginEntry, type LoginOffers } from './login-offers.js'
import type { OfferedLogin } from './offered-logins.js'

/** What becomes of a transfer that waits for a login: one is under way, or the last one failed. */
export type LoginTurn =
  { readonly login: PendingLogin } | { readonly failed: { readonly login: string; readonly code: ReasonCode } }

/** The steps of a login in a transfer, the same for both roles: which are offered, how one begins, what stays of one that failed. */
export abstract class LoginWalk<State extends AnyState, BeforeLogin extends State, Page> {
  protected constructor(
    private readonly place: LoginEntry,
    readonly offers: LoginOffers<State>,
    private readonly host: { randomId(): string; now(): Date },
  ) {}

  /** The page of logins; where there is only one, it begins at once, in the language of the pages. */
  async choose(transfer: Transfer<BeforeLogin>, language: string): Promise<Step<Page>> {
    const logins = await this.offers.all()
    const only = onlyLogin(logins)
    if (only !== undefined) return this.begin(transfer, loginOf(this.place.logins, only.id), language)
    return { kind: 'page', page: this.pageOf(transfer, logins) }
  }

  /** The person is back without an answer of the login: perhaps it was the wrong one. They choose again, the only one too. */
  async resume(transfer: Transfer<BeforeLogin>, login: PendingLogin): Promise<Step<Page>> {
    if (isOnItsWay(login, transfer, this.host.now())) return login.action
    return { kind: 'page', page: this.pageOf(transfer, await this.offers.all()) }
  }

  async begin(transfer: Transfer<BeforeLogin>, provider: IdentityProvider, language: string): Promise<Step<Page>> {
    const order = loginOrder(this.place, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) {
      const { id } = await this.failed(transfer, provider.info.id, login)
      return { kind: 'hub', transferId: id }
    }
    await this.turn(
      transfer,
      { login },
      {
        handles: [{ kind: 'login', value: order.handle }],
        audit: [{ event: 'login.started', facts: { provider: provider.info.id } }],
      },
    )
    return login.action
  }

  failed(
    transfer: Transfer<BeforeLogin>,
    login: string,
    { code, detail }: { readonly code: ReasonCode; readonly detail: string },
  ): Promise<Transfer<State>> {
    return this.turn(
      transfer,
      { failed: { login, code } },
      { audit: [{ event: 'login.failed', code, facts: { provider: login, detail } }] },
    )
  }

  protected abstract turn(transfer: Transfer<BeforeLogin>, turn: LoginTurn, effects: Effects): Promise<Transfer<State>>
  protected abstract pageOf(transfer: Transfer<BeforeLogin>, logins: readonly OfferedLogin[]): Page
}
