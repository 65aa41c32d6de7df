import type { HandOff } from '../browser-action.js'
import type { LoginSession } from '../login-step.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { AnyState, Effects, Transfer, TransferStore } from '../ports/transfer-store.js'

/** Beside the state of a transfer: what its login needs to be left again. */
export const loginSessionBody = 'login-session'

/** Keeps the session of a login beside the state, where the login can be left. */
export const keepLoginSession = (session: LoginSession | undefined, expiresAt: number): Pick<Effects, 'putBodies'> =>
  session === undefined
    ? {}
    : { putBodies: [{ name: loginSessionBody, bytes: Buffer.from(JSON.stringify(session)), expiresAt }] }

/** The login that a transfer can still leave, if there is one. */
export async function loginToLeave<State extends AnyState>(
  transferId: string,
  transfers: TransferStore<State>,
  logins: readonly IdentityProvider[],
): Promise<{ readonly provider: IdentityProvider; readonly session: LoginSession['session'] } | undefined> {
  const bytes = await transfers.body(transferId, loginSessionBody)
  if (bytes === undefined) return undefined
  const { provider: id, session } = JSON.parse(Buffer.from(bytes).toString()) as LoginSession
  const provider = logins.find(({ info }) => info.id === id)
  return provider?.logout === undefined ? undefined : { provider, session }
}

/**
 * Leaves the login of a transfer: here at once, and there by the browser, which comes back to `…/login/ID/logout`. Undefined
 * where there is nothing to leave, or it was left already.
 */
export async function leaveLogin<State extends AnyState>(
  transfer: Transfer<State>,
  transfers: TransferStore<State>,
  entry: { readonly publicUrl: string; readonly logins: readonly IdentityProvider[] },
): Promise<HandOff | undefined> {
  const found = await loginToLeave(transfer.id, transfers, entry.logins)
  if (found === undefined) return undefined
  const { provider, session } = found
  const action = await provider.logout!.begin(session, `${entry.publicUrl}/login/${provider.info.id}/logout`)
  // Last: where the login is away just now, the person can leave it later.
  await transfers.save(transfer, { state: transfer.state }, { dropBodies: [loginSessionBody] })
  return action.kind === 'choice' ? undefined : action
}
