import { createHash, timingSafeEqual } from 'node:crypto'
import { EmrexError } from '@emrex-gateway/core'
import type { ApiClient, ApiKey, ApiScope } from './import-api.js'

const secretBytes = 32
const prefix = 'emrex'
/** The id has no underscore, base64url has: only the first two count. */
const shape = new RegExp(`^${prefix}_([a-z0-9-]{1,41})_[A-Za-z0-9_-]{43}$`)

/** `sha256:` and the digest. The key holds 256 random bits, so nothing slower is needed to keep it from being guessed. */
export const hashApiKey = (key: string): string => `sha256:${createHash('sha256').update(key).digest('base64url')}`

/** A new key, to be shown once, and its hash for the settings. */
export function newApiKey(id: string, randomBytes: (bytes: number) => Uint8Array): { key: string; hash: string } {
  const key = `${prefix}_${id}_${Buffer.from(randomBytes(secretBytes)).toString('base64url')}`
  if (!shape.test(key)) throw new Error('the id of a key has lower-case letters, digits and hyphens, at most 41')
  return { key, hash: hashApiKey(key) }
}

const noHash = hashApiKey('')

/**
 * The client whose key stands in the `Authorization` header (`Bearer KEY`), and the key. The comparison takes the same
 * time for a key that is nearly right; a key of another id is not compared.
 *
 * @throws {EmrexError} API_KEY_REFUSED
 */
export function findApiKey(
  clients: readonly ApiClient[],
  authorization: string | undefined,
): { readonly client: ApiClient; readonly key: ApiKey } {
  const written = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? ''
  const id = shape.exec(written)?.[1]
  const all = clients.flatMap((client) => client.keys.map((key) => ({ client, key })))
  const found = all.find(({ key }) => key.id === id)
  const isSame = timingSafeEqual(digestOf(hashApiKey(written)), digestOf(found?.key.hash ?? noHash))
  if (found === undefined || !isSame) throw new EmrexError('API_KEY_REFUSED', 'no key, or one that is not known')
  return found
}

/** @throws {EmrexError} API_SCOPE_MISSING */
export function demandScope({ scopes }: ApiKey, scope: ApiScope): void {
  if (!scopes.includes(scope)) throw new EmrexError('API_SCOPE_MISSING', `the key has no scope ${scope}`)
}

/** Of one length, whatever stands in the settings. */
const digestOf = (hash: string): Buffer => createHash('sha256').update(hash).digest()
