import { createHash } from 'node:crypto'
import type { LoginOrder } from '@emrex-gateway/core'
import type { IDToken } from 'openid-client'
import { LoginRefused } from './login-refused.js'
import { toleranceSeconds } from './open-configuration.js'

/**
 * What is to be demanded of an ID token beyond signature, issuer, audience, nonce and end, which openid-client has checked.
 * Spec: OpenID Connect Core 3.1.3.7 (azp, iat), 3.1.3.6 (at_hash), 3.1.2.1 (auth_time after max_age).
 * @throws {LoginRefused}
 */
export function checkIdToken(
  idToken: string,
  claims: IDToken,
  accessToken: string,
  {
    clientId,
    begunAt,
    now,
    freshLogin,
  }: { clientId: string; begunAt: Date; now: Date } & Pick<LoginOrder, 'freshLogin'>,
): void {
  const refuse = (what: string) => new LoginRefused('invalid-message', `id-token-${what}`)
  const seconds = now.getTime() / 1000
  if (claims.azp !== undefined && claims.azp !== clientId) throw refuse('azp')
  if (claims.iat > seconds + toleranceSeconds) throw refuse('iat')
  if (claims['at_hash'] !== undefined && claims['at_hash'] !== hashFor(idToken, accessToken)) throw refuse('at-hash')
  const authTime = claims.auth_time
  if (authTime !== undefined && authTime > seconds + toleranceSeconds) throw refuse('auth-time')
  if (!freshLogin) return
  if (authTime === undefined) throw refuse('auth-time-missing')
  if (authTime < begunAt.getTime() / 1000 - toleranceSeconds) throw new LoginRefused('expired', 'id-token-auth-time')
}

/** The left half of the hash that belongs to the signature algorithm of the ID token. */
function hashFor(idToken: string, accessToken: string): string {
  const { alg } = JSON.parse(Buffer.from(idToken.split('.')[0]!, 'base64url').toString()) as { alg: string }
  const digest = createHash(alg.endsWith('384') ? 'sha384' : alg.endsWith('256') ? 'sha256' : 'sha512')
    .update(accessToken)
    .digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
