import {
  askJson,
  askSystem,
  politeFetch,
  RememberedAnswers,
  SisError,
  type PluginHost,
  type SisContext,
  type SystemQuestion,
} from '@emrex-gateway/core'
import type { ZodType } from 'zod'
import { authorizationOf, type Credential } from '../oauth/sign-request.js'
import type { UsosSettings } from '../usos-settings.js'
import { skewOf } from './server-clock.js'

type Waits = Pick<SisContext, 'signal'>
type Arguments = Readonly<Record<string, string>>

/** Who asks: nobody in particular, the gateway, or the gateway with a student's leave. */
export type Caller = 'anonymous' | 'consumer' | Credential

const clockSeconds = 3600

/**
 * The API of one installation. Everything goes as a form in a POST, so that no address tells what was asked; requests are
 * signed where they must be, by the clock of the installation.
 *
 * Spec: USOS API reference; RFC 5849.
 */
export class UsosApi {
  readonly remembered: RememberedAnswers
  /** Ends what still goes on by itself. */
  readonly closing = new AbortController()
  readonly #fetch: typeof fetch
  readonly #notes = new Map<string, number>()
  #skew: { readonly ms: number; readonly until: number } | undefined

  constructor(
    readonly connection: string,
    readonly settings: UsosSettings,
    private readonly consumerSecret: string,
    private readonly host: Pick<PluginHost, 'fetch' | 'now' | 'randomId'>,
  ) {
    this.#fetch = politeFetch(host.fetch, settings)
    this.remembered = new RememberedAnswers(() => host.now())
  }

  /**
   * Calls a method and reads its answer.
   *
   * @throws {SisError} `expired` where the student's leave is refused, `credential` where we are; `bad-data` for an answer
   * that is not as described, and for what USOS did not understand: `upstreamCode` is then its word for it
   */
  async call<Answer>(
    method: string,
    parameters: Arguments,
    caller: Caller,
    shape: ZodType<Answer>,
    context: Waits,
  ): Promise<Answer> {
    const { json } = await this.#ask(
      method,
      caller,
      context,
      async (question) => askJson({ fetch: this.#fetch, connection: this.connection }, question, context),
      parameters,
    )
    const read = shape.safeParse(json)
    // What zod says names values, and so perhaps a person.
    if (!read.success)
      throw new SisError('bad-data', 'the answer of the system was not understood', {
        connection: this.connection,
        upstreamCode: method,
      })
    return read.data
  }

  /** A step of OAuth, whose answers are forms. @throws {SisError} `bad-data` where the answer lacks a token */
  async oauth(
    step: 'request_token' | 'access_token',
    parameters: Arguments,
    protocol: Arguments,
    token: Credential | undefined,
    context: Waits,
  ): Promise<Credential> {
    const question = await this.#signed(`services/oauth/${step}`, parameters, token, context, protocol)
    const { body } = await askSystem({ fetch: this.#fetch, connection: this.connection }, question, context)
    const answer = new URLSearchParams(body)
    const [key, secret] = [answer.get('oauth_token'), answer.get('oauth_token_secret')]
    if (key === null || key === '' || secret === null)
      throw new SisError('bad-data', 'the answer of the system holds no token', { connection: this.connection })
    // Without this word it is the older protocol, in which an answer can be slipped to somebody else.
    if (step === 'request_token' && answer.get('oauth_callback_confirmed') !== 'true')
      throw new SisError('bad-data', 'the system did not confirm our address', { connection: this.connection })
    return { key, secret }
  }

  /** Gives a leave back. @throws {SisError} `expired` where it is gone already; any other: it is not given back */
  async revoke(token: Credential, context: Waits): Promise<void> {
    await this.#ask(
      'services/oauth/revoke_token',
      token,
      context,
      (question) => askJson({ fetch: this.#fetch, connection: this.connection }, question, context),
      {},
    )
  }

  /** Where the browser goes with a request token; `fresh` has the student confirm who is logged in. */
  authoriseUrl(requestToken: string, fresh: boolean): string {
    const url = new URL('services/oauth/authorize', this.settings.baseUrl)
    url.searchParams.set('oauth_token', requestToken)
    if (fresh) url.searchParams.set('interactivity', 'confirm_user')
    return url.href
  }

  /** Milliseconds that their clock is ahead of ours, asked anew. @throws {SisError} */
  async measureSkew(context: Waits): Promise<number> {
    const question = this.#plain('services/apisrv/now', {})
    const { json } = await askJson({ fetch: this.#fetch, connection: this.connection }, question, context)
    const skew = skewOf(json, this.host.now(), this.settings.timeZone)
    if (skew === undefined)
      throw new SisError('bad-data', 'the clock of the system was not understood', { connection: this.connection })
    return skew
  }

  /** From now on requests are signed with their time. */
  trustSkew(ms: number): void {
    this.#skew = { ms, until: this.host.now().getTime() + clockSeconds * 1000 }
  }

  async #ask<Answer>(
    method: string,
    caller: Caller,
    context: Waits,
    ask: (question: SystemQuestion) => Promise<Answer>,
    parameters: Arguments,
  ): Promise<Answer> {
    if (caller === 'anonymous') return ask(this.#plain(method, parameters))
    const token = caller === 'consumer' ? undefined : caller
    try {
      return await ask(await this.#signed(method, parameters, token, context))
    } catch (error) {
      if (token === undefined || !(error instanceof SisError) || error.info.status !== 401) throw error
      // One word for two things: whether it is us or the student, a call without the student tells.
      await this.proveConsumer(context)
      throw new SisError('expired', 'the leave that the student gave has run out', error.info)
    }
  }

  /** Whether this was noted about the installation, and not too long ago. */
  knows = (what: string): boolean => (this.#notes.get(what) ?? 0) > this.host.now().getTime()

  note(what: string, seconds: number): void {
    this.#notes.set(what, this.host.now().getTime() + seconds * 1000)
  }

  /** Shows that our own key is taken. @throws {SisError} `credential` where it is not */
  async proveConsumer(context: Waits): Promise<void> {
    const question = await this.#signed('services/apisrv/consumer', { fields: 'name' }, undefined, context)
    await askJson({ fetch: this.#fetch, connection: this.connection }, question, context)
  }

  #plain(method: string, parameters: Arguments): SystemQuestion {
    return {
      url: new URL(method, this.settings.baseUrl),
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(parameters).toString(),
      judge: judgeRefusal,
    }
  }

  async #signed(
    method: string,
    parameters: Arguments,
    token: Credential | undefined,
    context: Waits,
    more: Arguments = {},
  ): Promise<SystemQuestion> {
    const plain = this.#plain(method, parameters)
    const authorization = authorizationOf(
      { method: 'POST', url: String(plain.url), parameters },
      {
        consumer: { key: this.settings.consumerKey, secret: this.consumerSecret },
        token,
        nonce: this.host.randomId(),
        timestamp: Math.floor((this.host.now().getTime() + (await this.#skewNow(context))) / 1000),
        more,
      },
    )
    return { ...plain, headers: { ...plain.headers, authorization } }
  }

  /** Their clock, asked once an hour. Where it does not answer, ours has to do: the request itself will tell. */
  async #skewNow(context: Waits): Promise<number> {
    if (this.#skew !== undefined && this.#skew.until > this.host.now().getTime()) return this.#skew.ms
    try {
      this.trustSkew(await this.measureSkew(context))
      return this.#skew?.ms ?? 0
    } catch {
      return 0
    }
  }
}

/** The word of USOS for what it refused, which is a code and never a value. */
function judgeRefusal(status: number, body: string): ReturnType<NonNullable<SystemQuestion['judge']>> {
  if (status !== 400 && status !== 404) return undefined
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    if (typeof error === 'string' && /^[a-z_]{3,40}$/.test(error)) return { kind: 'bad-data', code: error }
  } catch {
    // Not theirs, then.
  }
  return undefined
}
