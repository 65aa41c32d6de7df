import type { BrowserAction } from './browser-action.js'
import { EmrexError } from './emrex-error.js'
import type { Grant, Identity } from './identity.js'
import { defaults } from './numbers.js'
import type {
  IdentityFailure,
  IdentityProvider,
  InboundMessage,
  LoginOrder,
  Pending,
} from './ports/identity-provider.js'
import type { AnyState, Transfer, TransferStore } from './ports/transfer-store.js'
import type { ReasonCode } from './reason-codes.js'

/** A login under way, as a transfer keeps it; its handle is accepted once. */
export interface PendingLogin {
  readonly provider: string
  readonly order: LoginOrder
  readonly pending: Pending
  readonly action: BrowserAction
}

/** What a failed login means for the transfer. */
export const reasonOfIdentityFailure: Record<IdentityFailure, ReasonCode> = {
  cancelled: 'USER_CANCEL',
  'consent-refused': 'USER_CANCEL',
  'loa-too-low': 'LOGIN_TOO_WEAK',
  'attributes-missing': 'ID_INSUFFICIENT',
  'provider-unavailable': 'LOGIN_UNAVAILABLE',
  'provider-error': 'LOGIN_FAILED',
  'invalid-message': 'LOGIN_FAILED',
  replayed: 'SESSION_REPLAYED',
  expired: 'LOGIN_EXPIRED',
}

/** What an entry orders from a login, under a handle of its own. */
export const loginOrder = (
  { publicUrl, minimumLoa }: { readonly publicUrl: string; readonly minimumLoa: LoginOrder['minimumLoa'] },
  { info }: IdentityProvider,
  { handle, language }: Pick<LoginOrder, 'handle' | 'language'>,
): LoginOrder => ({
  handle,
  callbackUrl: `${publicUrl}/login/${info.id}/callback`,
  minimumLoa,
  freshLogin: true,
  language,
})

/** Begins a login, or says why it cannot be begun: a login that is down must not look like a fault of ours. */
export async function startLogin(
  provider: IdentityProvider,
  order: LoginOrder,
): Promise<PendingLogin | { readonly code: ReasonCode; readonly detail: string }> {
  try {
    const { action, pending } = await provider.begin(order)
    return { provider: provider.info.id, order, pending, action }
  } catch (error) {
    if (error instanceof EmrexError && error.code === 'LOGIN_UNAVAILABLE') {
      return { code: error.code, detail: 'begin' }
    }
    throw error
  }
}

/**
 * Whether a login that was begun may be gone on with from here: a second click does. Later its request may be too old for the
 * other side, or used, and whoever comes back from there would never get away. A question of our own page stays good.
 */
export const isOnItsWay = (
  { action }: PendingLogin,
  { updatedAt }: Pick<Transfer<AnyState>, 'updatedAt'>,
  now: Date,
): boolean => action.kind === 'choice' || now.getTime() - updatedAt < defaults.loginOnItsWaySeconds * 1000

export type FinishedLogin =
  | { readonly identity: Identity; readonly session?: LoginSession; readonly grant?: Grant }
  | { readonly code: ReasonCode; readonly detail: string }

const replayed = (seeAt: string | undefined): EmrexError =>
  new EmrexError('SESSION_REPLAYED', 'this login was finished before', { seeAt })

/** The session that a login keeps itself, as its `logout` needs it. */
export interface LoginSession {
  readonly provider: string
  readonly session: Pending
}

/** Where the messages of logins arrive: the transfers of one entry, and how a login lies in their states. */
export interface LoginDesk<State extends AnyState> {
  readonly entry: string
  readonly transfers: TransferStore<State>
  now(): Date
  /** The login that this state waits for, if it waits for one. */
  pendingIn(state: State): PendingLogin | undefined
  /** Where the person sees how the transfer stands. */
  seeAt?(transfer: Transfer<State>): string
}

/** The login of that id. @throws {EmrexError} PAGE_UNKNOWN */
export function loginOf(logins: readonly IdentityProvider[], id: string): IdentityProvider {
  const provider = logins.find(({ info }) => info.id === id)
  if (provider === undefined) throw new EmrexError('PAGE_UNKNOWN', 'no such login')
  return provider
}

/**
 * Finds the transfer that waits for the message of a login, and judges the message.
 * @throws {EmrexError} SESSION_UNKNOWN, USER_GONE, SESSION_REPLAYED, LOGIN_EXPIRED
 */
export async function receiveLogin<State extends AnyState>(
  provider: IdentityProvider,
  message: InboundMessage,
  desk: LoginDesk<State>,
): Promise<{ readonly transfer: Transfer<State>; readonly finished: FinishedLogin }> {
  const value = provider.correlate(message)
  const transfer =
    value === undefined ? undefined : await desk.transfers.findByHandle(desk.entry, { kind: 'login', value })
  if (transfer === undefined) throw new EmrexError('SESSION_UNKNOWN', 'the message of a login that is not known here')
  // One that ran out, and was ended since, was not logged in to before: who comes late must not believe that all is well.
  const { code } = transfer.state as { readonly code?: ReasonCode }
  if (code === 'USER_GONE' || transfer.expiresAt < desk.now().getTime())
    throw new EmrexError('USER_GONE', 'the login came too late')
  return {
    transfer,
    finished: await finishLogin(provider, message, desk.pendingIn(transfer.state), desk.seeAt?.(transfer)),
  }
}

/**
 * Judges the message of a login against the login that is pending. `seeAt` is where its transfer is shown.
 * @throws {EmrexError} SESSION_REPLAYED when `login` is gone, the message came by another login, or it came before;
 *   LOGIN_EXPIRED when another login was begun since.
 */
async function finishLogin(
  provider: IdentityProvider,
  message: InboundMessage,
  login: PendingLogin | undefined,
  seeAt?: string,
): Promise<FinishedLogin> {
  if (login === undefined) throw replayed(seeAt)
  // Nothing came twice: another login was begun since, perhaps in another tab.
  if (login.order.handle !== provider.correlate(message))
    throw new EmrexError('LOGIN_EXPIRED', 'another login was begun since', { seeAt })
  if (login.provider !== provider.info.id) throw replayed(seeAt)
  const outcome = await provider.complete(message, login.pending, login.order)
  // The first of two posts decides: what the second one says must not undo it, whichever is written first.
  if (!outcome.ok && outcome.reason === 'replayed') throw replayed(seeAt)
  return outcome.ok
    ? {
        identity: outcome.identity,
        ...(outcome.session && { session: { provider: provider.info.id, session: outcome.session } }),
        ...(outcome.grant && { grant: outcome.grant }),
      }
    : { code: reasonOfIdentityFailure[outcome.reason], detail: outcome.detail }
}
