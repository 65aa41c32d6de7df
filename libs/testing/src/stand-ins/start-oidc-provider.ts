import { fork } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { runFromSource } from '../run-from-source.js'
import type { ThrowawaySigner } from '../throwaway-signer.js'
import type { LoopbackOptions } from './loopback-server.js'
import type { OidcPerson } from './oidc-people.js'
import type { OidcProviderOrder } from './oidc-provider-process.js'

export interface OidcProviderOptions extends LoopbackOptions {
  /** Registrations by the names of RFC 7591, as `metadata` of our login writes them; `register` takes more later. */
  readonly clients?: readonly OidcClient[]
  /** Default: `oidcPeople`. */
  readonly people?: readonly OidcPerson[]
  /** Levels that it offers. */
  readonly levels?: readonly string[]
  readonly requirePushedRequests?: boolean
  /** Speaks TLS with this key, to those alone who show a certificate that `clientAuthorities` vouch for. */
  readonly tls?: ThrowawaySigner & { readonly clientAuthorities: readonly string[] }
}

export type OidcClient = Readonly<Record<string, unknown>> & { readonly client_id: string }

export interface OidcProviderStandIn {
  readonly issuer: string
  /** Method and path of what was asked, in order, without queries. */
  asked(): Promise<readonly string[]>
  register(client: OidcClient): Promise<void>
  /** Signs with new keys from now on, and forgets the old ones. */
  rotateKeys(): Promise<void>
  close(): Promise<void>
}

/** What somebody registers who proves themselves by private_key_jwt with this key (PEM), named by its thumbprint. */
export async function registrationOf(
  clientId: string,
  privateKey: string,
  redirectUris: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<OidcClient> {
  const key = createPublicKey(privateKey).export({ format: 'jwk' }) as JWK
  return {
    client_id: clientId,
    redirect_uris: redirectUris,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ ...key, kid: await calculateJwkThumbprint(key) }] },
    ...more,
  }
}

/**
 * `oidc-provider`, a certified implementation that shares no line with ours, on loopback and in a process of its own: pages
 * to pick an invented person or to cancel, no consent page, PKCE demanded, pushed requests offered.
 */
export async function startOidcProvider(options: OidcProviderOptions = {}): Promise<OidcProviderStandIn> {
  const isSource = import.meta.url.endsWith('.ts')
  const file = new URL(`./oidc-provider-process.${isSource ? 'ts' : 'js'}`, import.meta.url)
  // It says on its console that it is not in production: nobody needs to read that.
  const child = fork(fileURLToPath(file), {
    execArgv: isSource ? ['--import', runFromSource] : [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  child.on('message', ({ id, answer, failed }: { id: number; answer?: unknown; failed?: string }) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (failed === undefined) one?.resolve(answer)
    else one?.reject(new Error(`the stand-in failed: ${failed}`))
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { reject } of waiting.values()) reject(new Error('the stand-in has ended'))
      resolve()
    })
  })
  let orders = 0
  const tell = (order: Untold<OidcProviderOrder>) =>
    new Promise<unknown>((resolve, reject) => {
      const id = orders++
      waiting.set(id, { resolve, reject })
      child.send({ ...order, id })
    })
  const close = async () => {
    if (child.connected) child.disconnect()
    await ended
  }
  try {
    const issuer = (await tell({ kind: 'start', options })) as string
    return {
      issuer,
      asked: async () => (await tell({ kind: 'asked' })) as readonly string[],
      register: async (client) => void (await tell({ kind: 'register', client })),
      rotateKeys: async () => void (await tell({ kind: 'rotate-keys' })),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

type Untold<Order> = Order extends unknown ? Omit<Order, 'id'> : never
