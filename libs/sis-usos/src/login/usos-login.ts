import {
  EmrexError,
  reachesLoa,
  SisError,
  type IdentityFailure,
  type IdentityOutcome,
  type IdentityProvider,
  type InboundMessage,
  type PluginHost,
} from '@emrex-gateway/core'
import { readUser } from '../api/read-record.js'
import type { UsosApi } from '../api/usos-api.js'
import type { Credential } from '../oauth/sign-request.js'
import { loginAssumptions } from '../assumptions.js'
import { giveBack } from './give-back.js'
import { grantOf } from './grant-secret.js'
import { identityOfUser } from './identity-of-user.js'

const handleField = 'state'
/** All that is needed to read results while the student is there; nothing that lasts (`offline_access`). */
const scopes = 'studies|grades|personal'
/** Longer than USOS keeps a request token. */
const verifierMinutes = 240

/**
 * The login of one university, which is at the same time the student's leave to read their results: the outcome carries it
 * as `grant`.
 *
 * Spec: RFC 5849 §2; USOS API reference, services/oauth.
 */
export function usosLogin(api: UsosApi, host: Pick<PluginHost, 'now' | 'log' | 'once'>): IdentityProvider {
  const { connection, settings } = api
  const { schac } = settings.institution
  const waits = () => ({ signal: AbortSignal.timeout(settings.timeoutSeconds * 1000) })
  return {
    info: {
      id: connection,
      kind: 'student',
      label: settings.label,
      countries: ['PL'],
      bestLoa: settings.loa,
      delivers: [`student:${schac}`, 'national:PL'],
      deliversBirthDate: true,
    },

    async begin(order) {
      const callback = new URL(order.callbackUrl)
      callback.searchParams.set(handleField, order.handle)
      try {
        const request = await api.oauth(
          'request_token',
          { scopes },
          { oauth_callback: callback.href },
          undefined,
          waits(),
        )
        return {
          action: { kind: 'redirect', url: api.authoriseUrl(request.key, order.freshLogin) },
          pending: { handle: order.handle, token: request.key, secret: request.secret },
        }
      } catch (error) {
        if (!(error instanceof SisError)) throw error
        host.log.warn('login.request-refused', { login: connection, detail: error.kind })
        throw new EmrexError('LOGIN_UNAVAILABLE', 'the login cannot be used now')
      }
    },

    correlate: (message) => oneOf(message, handleField),

    async complete(message, pending, order): Promise<IdentityOutcome> {
      const { handle, token, secret } = pending
      if (handle === undefined || token === undefined || secret === undefined)
        return refuse('invalid-message', 'nothing-pending')
      if (handle !== order.handle || oneOf(message, handleField) !== handle)
        return refuse('invalid-message', 'handle-unknown')
      if (oneOf(message, 'oauth_token') !== token) return refuse('invalid-message', 'token-of-another-login')
      const verifier = oneOf(message, 'oauth_verifier')
      // Some versions say it, and others leave the verifier out.
      if (oneOf(message, 'oauth_problem') !== undefined) return refuse('cancelled', 'refused-by-the-student')
      if (verifier === undefined) return refuse('cancelled', 'no-verifier')
      if (!reachesLoa(settings.loa, order.minimumLoa)) return refuse('loa-too-low', settings.loa)
      // Of two at the same time USOS refuses one, which must not be told before the other one has succeeded.
      const until = new Date(host.now().getTime() + verifierMinutes * 60_000)
      if (!(await host.once(`usos-verifier:${connection}`, `${token} ${verifier}`, until)))
        return refuse('replayed', 'verifier-used')
      return exchange({ key: token, secret }, verifier)
    },

    async refresh() {
      try {
        await api.proveConsumer(waits())
        return { available: true, findings: [] }
      } catch (error) {
        if (!(error instanceof SisError)) throw error
        return { available: false, findings: [error.message] }
      }
    },

    unconfirmed: loginAssumptions,
  }

  async function exchange(request: Credential, verifier: string): Promise<IdentityOutcome> {
    let access: Credential
    try {
      access = await api.oauth('access_token', {}, { oauth_verifier: verifier }, request, waits())
    } catch (error) {
      if (!(error instanceof SisError)) throw error
      // Our key was good a moment ago: what is refused is this token with this verifier.
      const isRefused = error.info.status === 401 || error.info.status === 400
      return isRefused ? refuse('invalid-message', 'verifier-refused') : refusalOf(error)
    }
    try {
      const user = await readUser(api, access, waits())
      const facts = { provider: connection, issuer: settings.baseUrl, schac, loa: settings.loa, at: host.now() }
      const identity = identityOfUser(user, facts)
      if (identity !== undefined) return { ok: true, identity, grant: grantOf(connection, access) }
      await giveBack(api, access)
      return refuse('attributes-missing', 'no-name')
    } catch (error) {
      if (!(error instanceof SisError)) throw error
      await giveBack(api, access)
      return refusalOf(error)
    }
  }
}

const refusalOf = ({ kind, retryable }: SisError): IdentityOutcome =>
  refuse(retryable ? 'provider-unavailable' : 'provider-error', kind)

const refuse = (reason: IdentityFailure, detail: string): IdentityOutcome => ({ ok: false, reason, detail })

/** A field of the query that is there once. */
function oneOf({ url }: InboundMessage, name: string): string | undefined {
  const values = new URL(url).searchParams.getAll(name)
  return values.length === 1 && values[0] !== '' ? values[0] : undefined
}
