import {
  assuranceOf,
  identityOfClaims,
  loaOf,
  reasonOf,
  reachesLoa,
  type AssertedValues,
  type IdentityOutcome,
  type InboundMessage,
  type Loa,
  type LoginOrder,
  type Pending,
  type PluginHost,
} from '@emrex-gateway/core'
import {
  authorizationCodeGrant,
  customFetch,
  fetchUserInfo,
  type Configuration,
  type CustomFetch,
  type IDToken,
  type UserInfoResponse,
} from 'openid-client'
import { assertedValues } from './asserted-values.js'
import type { PendingLogin } from './begin-login.js'
import { checkIdToken } from './check-id-token.js'
import { LoginRefused } from './login-refused.js'
import type { OidcProfile } from './profile.js'
import { readAnswer } from './read-answer.js'
import { refusalOfAnswer, refusalOfError, type ReadPart } from './refusal-of-error.js'

export interface CompleteLoginParts {
  readonly id: string
  readonly profile: OidcProfile
  readonly trustedScopes: readonly string[] | undefined
  readonly host: PluginHost
  /** What is known about the issuer now. @throws {EmrexError} LOGIN_UNAVAILABLE */
  readonly open: () => Promise<Configuration>
  /** Called when keys may have been fetched. */
  readonly asked: (configuration: Configuration) => void
}

/** Longer than any issuer keeps a code. */
const codeMinutes = 60

/**
 * Judges the answer to a login, first what the browser brought, then what the issuer says to the code.
 * @throws {EmrexError} STORE_UNAVAILABLE
 */
export async function completeLogin(
  parts: CompleteLoginParts,
  message: InboundMessage,
  pending: Pending,
  order: LoginOrder,
): Promise<IdentityOutcome> {
  let part: ReadPart = 'token'
  try {
    const { profile, host, id } = parts
    const answer = readAnswer(message)
    const begun = pendingLogin(pending)
    if (answer.get('state') !== order.handle) throw new LoginRefused('invalid-message', 'state-unknown')
    const configuration = await parts.open()
    checkIssuer(answer.get('iss'), begun, configuration, profile)
    const error = answer.get('error')
    if (error !== null) throw refusalOfAnswer(error)
    const code = answer.get('code')
    if (code === null || code === '') throw new LoginRefused('invalid-message', 'code-missing')
    if (!(await host.once(`oidc-code:${id}`, code, new Date(host.now().getTime() + codeMinutes * 60_000))))
      throw new LoginRefused('replayed', 'code-used')

    try {
      const { idToken, claims, accessToken } = await redeem(configuration, answer, begun, order)
      const { client_id: clientId } = configuration.clientMetadata()
      checkIdToken(idToken, claims, accessToken, {
        clientId,
        begunAt: new Date(begun.begunAt),
        now: host.now(),
        freshLogin: order.freshLogin,
      })
      part = 'userinfo'
      const userinfo = await askUserinfo(configuration, profile, accessToken, claims.sub)
      const { end_session_endpoint: canLeave } = configuration.serverMetadata()
      const session = profile.logout && canLeave !== undefined ? { idToken } : undefined
      return outcomeOf(parts, claims, assertedValues(claims, userinfo), order, session)
    } finally {
      parts.asked(configuration)
    }
  } catch (error) {
    // Our own database was away: that says nothing about the login, and the same answer is good later.
    if (reasonOf(error) === 'STORE_UNAVAILABLE') throw error
    const { reason, detail } = refusalOfError(error, part)
    return { ok: false, reason, detail }
  }
}

function pendingLogin(pending: Pending): PendingLogin {
  const { issuer, nonce, verifier, begunAt } = pending
  if (issuer === undefined || nonce === undefined || verifier === undefined || begunAt === undefined)
    throw new LoginRefused('invalid-message', 'nothing-pending')
  return { issuer, nonce, verifier, begunAt }
}

/** Before the code goes anywhere: is it from whom we asked? Spec: RFC 9207 2.4. */
function checkIssuer(
  iss: string | null,
  { issuer }: PendingLogin,
  configuration: Configuration,
  profile: OidcProfile,
): void {
  const metadata = configuration.serverMetadata()
  if (issuer !== metadata.issuer) throw new LoginRefused('invalid-message', 'issuer-changed')
  const isDue = profile.needsIss ?? metadata.authorization_response_iss_parameter_supported === true
  if (iss === null && isDue) throw new LoginRefused('invalid-message', 'iss-missing')
  if (iss !== null && iss !== issuer) throw new LoginRefused('invalid-message', 'iss-other')
}

async function redeem(
  configuration: Configuration,
  answer: URLSearchParams,
  { nonce, verifier }: PendingLogin,
  { callbackUrl, handle }: LoginOrder,
): Promise<{ idToken: string; claims: IDToken; accessToken: string }> {
  const address = new URL(callbackUrl)
  address.search = answer.toString()
  const tokens = await authorizationCodeGrant(configuration, address, {
    expectedState: handle,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (tokens.id_token === undefined || claims === undefined)
    throw new LoginRefused('invalid-message', 'id-token-missing')
  return { idToken: tokens.id_token, claims, accessToken: tokens.access_token }
}

async function askUserinfo(
  configuration: Configuration,
  { userinfo }: OidcProfile,
  accessToken: string,
  subject: string,
): Promise<UserInfoResponse | undefined> {
  if (userinfo === 'none') return undefined
  if (userinfo === 'jwt') configuration[customFetch] = jwtOnly(configuration[customFetch]!, configuration)
  return fetchUserInfo(configuration, accessToken, subject)
}

/** A profile that wants userinfo signed takes it in no other form; keys still come as JSON. */
const jwtOnly =
  (reach: CustomFetch, configuration: Configuration): CustomFetch =>
  async (address, init) => {
    const response = await reach(address, init)
    const { userinfo_endpoint: plain, mtls_endpoint_aliases: aliases } = configuration.serverMetadata()
    const isUserinfo = [plain, aliases?.userinfo_endpoint].some((one) => one && new URL(one).href === address)
    if (isUserinfo && response.ok && !/^application\/jwt\b/i.test(response.headers.get('content-type') ?? ''))
      throw new LoginRefused('provider-error', 'userinfo-unsigned')
    return response
  }

function outcomeOf(
  { id, profile, trustedScopes, host: { log, environment } }: CompleteLoginParts,
  claims: IDToken,
  values: AssertedValues,
  order: LoginOrder,
  session: Pending | undefined,
): IdentityOutcome {
  const acr = claims['acr']
  const said = [
    ...(typeof acr === 'string' ? [acr] : []),
    ...(profile.levelFrom === 'assurance-claim' ? assuranceOf(profile.claims, values) : []),
  ]
  const loa = loaOf(said, profile.levels)
  checkLevel(loa, said, profile, order)
  const [country] = profile.countries
  const read = identityOfClaims(profile.claims, values, {
    provider: id,
    issuer: claims.iss,
    subject: claims.sub,
    ...(profile.subject && { subjectRule: profile.subject }),
    ...(trustedScopes && { trustedScopes }),
    ...(country !== undefined && profile.countries.length === 1 && { country }),
    environment,
    loa,
    authenticatedAt: new Date((claims.auth_time ?? claims.iat) * 1000).toISOString(),
  })
  if ('missing' in read) {
    log.warn('login.attributes-missing', { login: id, missing: read.missing.join(' ') })
    throw new LoginRefused('attributes-missing', 'claims-missing')
  }
  if ('malformed' in read) {
    log.warn('login.attributes-malformed', { login: id, finding: read.malformed })
    throw new LoginRefused('provider-error', 'claims-malformed')
  }
  if (read.outOfScope.length > 0)
    log.warn('login.attributes-out-of-scope', { login: id, names: read.outOfScope.join(' ') })
  if (read.doubtful.length > 0)
    log.warn('login.identifiers-doubtful', { login: id, identifiers: read.doubtful.join(', ') })
  return { ok: true, identity: read.identity, ...(session && { session }) }
}

/** A level that is missing, unknown or another country's is no level. */
function checkLevel(loa: Loa | 'none', said: readonly string[], { levels }: OidcProfile, order: LoginOrder): void {
  if (reachesLoa(loa, order.minimumLoa)) return
  if (said.length === 0) throw new LoginRefused('loa-too-low', 'level-missing')
  const isKnown = levels.some(({ value }) => said.includes(value))
  throw new LoginRefused('loa-too-low', isKnown ? 'level-too-low' : 'level-unknown')
}
