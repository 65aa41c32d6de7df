import type { BrowserAction } from '../browser-action.js'
import type { Grant, IdentifierScheme, Identity, Loa } from '../identity.js'
import type { Plugin } from '../plugin.js'

/** One plain HTTP message that came back from a login. `url` is built from our settings, never from the Host header. */
export interface InboundMessage {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** Fields of the form; a duplicated field was refused before. */
  readonly form: ReadonlyMap<string, string>
  /** The request itself, for a login that lives in the same application (`sessionLogin`). Never kept. */
  readonly request?: unknown
}

/** What a role orders from a login. */
export interface LoginOrder {
  /** Opaque handle made by the gateway; goes out as `state` or `RelayState` and comes back. */
  readonly handle: string
  /** Where the login sends the browser back to. */
  readonly callbackUrl: string
  readonly minimumLoa: Loa | 'none'
  /** Demand a fresh login, not one that still stands in the browser. */
  readonly freshLogin: boolean
  /** BCP 47. */
  readonly language: string
}

/** What a login must remember between its two verbs; the gateway keeps it sealed and short-lived. */
export type Pending = Readonly<Record<string, string>>

export type IdentityFailure =
  | 'cancelled'
  | 'consent-refused'
  | 'loa-too-low'
  | 'attributes-missing'
  | 'provider-unavailable'
  | 'provider-error'
  | 'invalid-message'
  | 'replayed'
  | 'expired'

/**
 * Expected outcomes are values. `detail` is a code without personal data. `session` is what `logout` needs later, if the
 * login can end its own session. `grant` comes from a SIS that is its own login.
 */
export type IdentityOutcome =
  | { readonly ok: true; readonly identity: Identity; readonly session?: Pending; readonly grant?: Grant }
  | { readonly ok: false; readonly reason: IdentityFailure; readonly detail: string }

export interface IdentityProviderInfo {
  readonly id: string
  readonly kind: 'eid' | 'federation' | 'student' | 'demo'
  readonly label: string
  readonly countries: readonly string[]
  readonly bestLoa: Loa | 'none'
  readonly delivers: readonly IdentifierScheme[]
  readonly deliversBirthDate: boolean
}

/** Whether a login can be offered now; findings are for the operator, one line each, without secrets. */
export interface ProviderState {
  readonly available: boolean
  readonly findings: readonly string[]
}

/** Ends the session that a login keeps itself. Our own session is ended before, whatever comes of this. */
export interface ProviderLogout {
  /** Where the browser goes to end the session; `returnUrl` is where it comes back to. */
  begin(session: Pending, returnUrl: string): Promise<BrowserAction>
  /**
   * A message about a logout: the answer to ours, or a request of the login, which is answered. `isLeft` is false where the
   * login may not have ended its session: nobody is told then that they are logged out.
   */
  receive(
    message: InboundMessage,
    returnUrl: string,
  ): Promise<{ readonly reply?: BrowserAction; readonly isLeft?: false }>
}

/**
 * A login. `begin` says where the browser goes and what to remember; `correlate` reads the handle out of the message
 * that came back (pure, trusts nothing); `complete` judges the message.
 *
 * The gateway owns transfer, cookie, replay and time: a handle is accepted once.
 */
export interface IdentityProvider {
  readonly info: IdentityProviderInfo
  /** @throws {EmrexError} LOGIN_UNAVAILABLE where what the login depends on does not answer */
  begin(order: LoginOrder): Promise<{ readonly action: BrowserAction; readonly pending: Pending }>
  correlate(message: InboundMessage): string | undefined
  complete(message: InboundMessage, pending: Pending, order: LoginOrder): Promise<IdentityOutcome>
  /** What the operator of the other side must know about us, for an entry whose addresses begin with this. */
  metadata?(addresses: ProviderAddresses): Promise<{ readonly contentType: string; readonly body: string }>
  /** Looks at what the login depends on (metadata, keys, discovery), and renews it when it is due. Does not throw. */
  refresh?(): Promise<ProviderState>
  readonly logout?: ProviderLogout
  /** Lines for `config:check`: what of the settings and the profile nobody has confirmed yet. */
  readonly unconfirmed?: readonly string[]
  close?(): Promise<void>
}

/** Where the messages of a login arrive at one entry of the gateway. */
export interface ProviderAddresses {
  readonly callbackUrl: string
  readonly logoutUrl: string
}

export type IdentityPlugin<Config = unknown> = Plugin<Config, IdentityProvider>
