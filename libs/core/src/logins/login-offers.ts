import type { HandOff } from '../browser-action.js'
import type { Loa } from '../identity.js'
import { defaults } from '../numbers.js'
import type { IdentityProvider, ProviderState } from '../ports/identity-provider.js'
import type { AnyState, Transfer, TransferStore } from '../ports/transfer-store.js'
import { sisContext } from '../sis-context.js'
import { leaveLogin, loginToLeave } from './leave-login.js'
import { LookupPlaces, type LookupSystem } from './lookup-places.js'
import { offeredLogins, type OfferedLogin } from './offered-logins.js'

/** One entry of a role, as far as its logins go. */
export interface LoginEntry {
  readonly publicUrl: string
  readonly logins: readonly IdentityProvider[]
  readonly minimumLoa: Loa | 'none'
  readonly stateOfLogin?: (id: string) => ProviderState | undefined
}

/** The logins of an entry: which of them a person can choose, and the way out of the one that was used. */
export class LoginOffers<State extends AnyState> {
  private readonly places: LookupPlaces

  constructor(
    private readonly entry: LoginEntry,
    private readonly transfers: TransferStore<State>,
    private readonly lookup: {
      readonly systems: readonly LookupSystem[]
      readonly sendsMail: boolean
      readonly timeoutSeconds: number
      now(): Date
    },
  ) {
    this.places = new LookupPlaces(lookup.systems, lookup.sendsMail)
  }

  async all(): Promise<readonly OfferedLogin[]> {
    const { logins, minimumLoa, stateOfLogin } = this.entry
    const { timeoutSeconds } = this.lookup
    // Nobody waits for a slow SIS to log in.
    const patience = defaults.loginPagePatienceMilliseconds
    const context = () => sisContext(timeoutSeconds, 'logins')
    const places = await this.places.all(this.lookup.now().getTime(), context, patience)
    return offeredLogins(logins, { minimumLoa, places }, (id) => stateOfLogin?.(id))
  }

  /** For a page: the name of the login that the transfer can still leave. */
  async leave({ id }: Transfer<State>): Promise<{ readonly leave?: string }> {
    const found = await loginToLeave(id, this.transfers, this.entry.logins)
    return found === undefined ? {} : { leave: found.provider.info.label }
  }

  /** Leaves the login by which the person came; undefined where there is nothing to leave. */
  logOut(transfer: Transfer<State>): Promise<HandOff | undefined> {
    return leaveLogin(transfer, this.transfers, this.entry)
  }
}

/** The only login of a list, when it can be chosen: then nobody is asked. */
export function onlyLogin([login, ...others]: readonly OfferedLogin[]): OfferedLogin | undefined {
  return login?.available === true && others.length === 0 ? login : undefined
}
