import { askJson, SisError, type SystemCaller } from '@emrex-gateway/core'
import { z } from 'zod'

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() })
/** A token that is nearly over is not used any more. */
const spareMs = 10_000
const usualMs = 300_000

export interface ClientCredentialsSettings {
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope?: string | undefined
}

/** Bearer tokens for ourselves, fetched when the first is needed and again when one is over or refused. Spec: RFC 6749 §4.4. */
export class ClientCredentials {
  #token: { readonly value: string; readonly until: number } | undefined
  #asking: Promise<string> | undefined

  constructor(
    private readonly settings: ClientCredentialsSettings,
    private readonly caller: SystemCaller,
    private readonly now: () => Date,
  ) {}

  /** The same `fetch` with a token. A token that is refused is replaced once: its end may have come early. */
  over(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init = {}) => {
      const signal = init.signal ?? new AbortController().signal
      const isFresh = this.#token === undefined || this.#token.until <= this.now().getTime()
      const token = await this.#get(signal)
      const first = await fetch(input, withToken(init, token))
      if (first.status !== 401 || isFresh) return first
      await first.body?.cancel()
      // Another call may have replaced it already.
      if (this.#token?.value === token) this.#token = undefined
      return fetch(input, withToken(init, await this.#get(signal)))
    }
  }

  /** One token for all who want it at the same time: at some servers a second ends the first. */
  async #get(signal: AbortSignal): Promise<string> {
    if (this.#token !== undefined && this.#token.until > this.now().getTime()) return this.#token.value
    this.#asking ??= this.#ask(signal).finally(() => (this.#asking = undefined))
    return this.#asking
  }

  async #ask(signal: AbortSignal): Promise<string> {
    const { tokenUrl, clientId, clientSecret, scope } = this.settings
    const basic = [clientId, clientSecret].map((part) => encodeURIComponent(part)).join(':')
    const { json } = await askJson(
      this.caller,
      {
        url: tokenUrl,
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(basic).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          ...(scope === undefined ? {} : { scope }),
        }).toString(),
        // RFC 6749 §5.2: a client that is not known, or not allowed, is told so with 400 as well.
        judge: (status) => (status === 400 || status === 401 ? { kind: 'credential' } : undefined),
      },
      { signal },
    )
    const { data } = answer.safeParse(json)
    if (data === undefined)
      throw new SisError('bad-data', 'the answer with the token was not understood', {
        connection: this.caller.connection,
      })
    const lastsMs = data.expires_in === undefined ? usualMs : Math.max(0, data.expires_in * 1000 - spareMs)
    this.#token = { value: data.access_token, until: this.now().getTime() + lastsMs }
    return data.access_token
  }
}

const withToken = (init: RequestInit, token: string): RequestInit => ({
  ...init,
  headers: { ...(init.headers as Readonly<Record<string, string>>), authorization: `Bearer ${token}` },
})
