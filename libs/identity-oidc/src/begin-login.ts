import { EmrexError, reachesLoa, type LoginOrder, type Pending } from '@emrex-gateway/core'
import {
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client'
import { refusalOfError } from './refusal-of-error.js'
import type { OidcProfile } from './profile.js'

/** What an answer is judged against later. */
export interface PendingLogin extends Pending {
  readonly issuer: string
  readonly nonce: string
  readonly verifier: string
  /** ISO 8601 instant. */
  readonly begunAt: string
}

/**
 * The request for a login.
 * Spec: OpenID Connect Core 3.1.2.1; RFC 7636 with S256; RFC 9126.
 * @param refused is told why, by a code, when the issuer does not take the pushed request.
 * @throws {EmrexError} LOGIN_UNAVAILABLE then.
 */
export async function beginLogin(
  configuration: Configuration,
  profile: OidcProfile,
  order: LoginOrder,
  now: Date,
  refused: (detail: string) => void,
): Promise<{ readonly url: URL; readonly pending: PendingLogin }> {
  const metadata = configuration.serverMetadata()
  const verifier = randomPKCECodeVerifier()
  const nonce = randomNonce()
  const parameters: Record<string, string> = {
    response_type: 'code',
    redirect_uri: order.callbackUrl,
    scope: [...new Set(['openid', ...profile.scopes])].join(' '),
    state: order.handle,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: order.language,
    ...(profile.responseMode && { response_mode: profile.responseMode }),
    ...(order.freshLogin && { prompt: 'login', max_age: '0' }),
    ...levelAsked(profile, order),
  }
  const isPushed =
    profile.pushedRequests === 'required' ||
    (profile.pushedRequests === 'when-offered' && metadata.pushed_authorization_request_endpoint !== undefined)
  const url = isPushed
    ? await buildAuthorizationUrlWithPAR(configuration, parameters).catch((error: unknown) => {
        refused(refusalOfError(error, 'request').detail)
        throw new EmrexError('LOGIN_UNAVAILABLE', 'the login did not take our request')
      })
    : buildAuthorizationUrl(configuration, parameters)
  return { url, pending: { issuer: metadata.issuer, nonce, verifier, begunAt: now.toISOString() } }
}

/** Every level that would do is named: an issuer then takes the one that the person has. */
function levelAsked({ askLevelBy, levels }: OidcProfile, { minimumLoa }: LoginOrder): Record<string, string> {
  const enough = levels.filter(({ loa }) => reachesLoa(loa, minimumLoa)).map(({ value }) => value)
  if (askLevelBy === undefined || minimumLoa === 'none' || enough.length === 0) return {}
  return askLevelBy === 'acr_values'
    ? { acr_values: enough.join(' ') }
    : { claims: JSON.stringify({ id_token: { acr: { essential: true, values: enough } } }) }
}
