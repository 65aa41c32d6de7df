import { EmrexError, type IdentityFailure } from '@emrex-gateway/core'
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import { AnswerError, UnreachableError } from './guarded-fetch.js'
import { LoginRefused } from './login-refused.js'

/** Errors in the answer of the browser. Spec: RFC 6749 4.1.2.1; OpenID Connect Core 3.1.2.6; Unmet Requirements 1.0. */
const answered: Readonly<Record<string, readonly [IdentityFailure, string]>> = {
  access_denied: ['cancelled', 'access-denied'],
  consent_required: ['consent-refused', 'consent-required'],
  unmet_authentication_requirements: ['loa-too-low', 'level-not-offered'],
  temporarily_unavailable: ['provider-unavailable', 'temporarily-unavailable'],
  server_error: ['provider-error', 'server-error'],
  login_required: ['provider-error', 'login-required'],
  interaction_required: ['provider-error', 'interaction-required'],
  account_selection_required: ['provider-error', 'account-selection-required'],
  invalid_request: ['provider-error', 'request-refused'],
  unauthorized_client: ['provider-error', 'client-refused'],
  unsupported_response_type: ['provider-error', 'request-refused'],
  invalid_scope: ['provider-error', 'scope-refused'],
  request_not_supported: ['provider-error', 'request-refused'],
  invalid_request_uri: ['provider-error', 'request-refused'],
}

export function refusalOfAnswer(error: string): LoginRefused {
  const known = Object.hasOwn(answered, error) ? answered[error] : undefined
  return new LoginRefused(...(known ?? (['provider-error', 'error-unknown'] as const)))
}

/** Errors of the token endpoint. Spec: RFC 6749 5.2. */
function refusalOfBody(error: string, part: ReadPart): LoginRefused {
  if (error === 'invalid_grant') return new LoginRefused('invalid-message', 'code-refused')
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return new LoginRefused('provider-error', 'client-refused')
  if (error === 'temporarily_unavailable') return new LoginRefused('provider-unavailable', 'temporarily-unavailable')
  return new LoginRefused('provider-error', `${part}-refused`)
}

/** Which of its answers we were reading; its name begins the detail. */
export type ReadPart = 'request' | 'token' | 'userinfo'

/**
 * What anything that was thrown while an answer was judged means. The texts and causes of the errors hold claims: nothing
 * of them goes on.
 */
export function refusalOfError(error: unknown, part: ReadPart): LoginRefused {
  if (error instanceof LoginRefused) return error
  if (error instanceof EmrexError && error.code === 'LOGIN_UNAVAILABLE')
    return new LoginRefused('provider-unavailable', 'issuer-unavailable')
  if (error instanceof AuthorizationResponseError) return refusalOfAnswer(error.error)
  if (error instanceof ResponseBodyError) return refusalOfBody(error.error, part)
  if (error instanceof WWWAuthenticateChallengeError) return new LoginRefused('provider-error', `${part}-refused`)
  if (error instanceof ClientError) return refusalOfClientError(error, part)
  return new LoginRefused('provider-error', `${part}-failed`)
}

function refusalOfClientError(error: ClientError, part: ReadPart): LoginRefused {
  const jwt = part === 'token' ? 'id-token' : part
  const invalid = (what: string) => new LoginRefused('invalid-message', `${jwt}-${what}`)
  switch (error.code) {
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_ABORT':
      return new LoginRefused('provider-unavailable', `${part}-unreachable`)
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return claimOf(error) === 'exp' ? new LoginRefused('expired', `${jwt}-expired`) : invalid('not-yet')
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
      return invalid(claimOf(error) ?? 'claim')
    case 'OAUTH_KEY_SELECTION_FAILED':
      return invalid('key')
    case 'OAUTH_UNSUPPORTED_OPERATION':
      return invalid('unsupported')
    case 'OAUTH_INVALID_RESPONSE':
      return invalid(partThatFailed(detailsOf(error)))
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return isAway(error.cause)
        ? new LoginRefused('provider-unavailable', `${part}-unreachable`)
        : new LoginRefused('provider-error', `${part}-not-understood`)
    case 'OAUTH_PARSE_ERROR':
    case 'OAUTH_JWT_USERINFO_EXPECTED':
      return new LoginRefused('provider-error', `${part}-not-understood`)
    default:
      return refusalOfCause(error.cause, part)
  }
}

/** Too many requests, or a proxy that stands before an issuer which is down: that says nothing against the person's login. */
const isAway = (response: unknown): boolean =>
  response instanceof Response && [429, 502, 503, 504].includes(response.status)

/** What our own `fetch` threw comes back as the cause of an error of the library. */
function refusalOfCause(cause: unknown, part: ReadPart): LoginRefused {
  if (cause instanceof LoginRefused) return cause
  if (cause instanceof UnreachableError) return new LoginRefused('provider-unavailable', `${part}-unreachable`)
  return new LoginRefused('provider-error', cause instanceof AnswerError ? `${part}-not-understood` : `${part}-failed`)
}

const named = ['iss', 'aud', 'azp', 'nonce', 'sub', 'exp', 'nbf', 'auth_time']

/** The name of the claim that was wrong, where it is one that we know. */
function claimOf(error: ClientError): string | undefined {
  const details = detailsOf(error) as { claim?: unknown; attribute?: unknown } | undefined
  const name = details?.claim ?? details?.attribute
  return typeof name === 'string' && named.includes(name) ? name.replace('_', '-') : undefined
}

const detailsOf = (error: ClientError): unknown => (error.cause instanceof Error ? error.cause.cause : undefined)

function partThatFailed(details: unknown): string {
  if (holds(details, 'signature')) return 'signature'
  return holds(details, 'header') ? 'algorithm' : 'invalid'
}

const holds = (details: unknown, name: string): boolean =>
  typeof details === 'object' && details !== null && name in details
