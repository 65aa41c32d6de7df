import type { Grant } from '@emrex-gateway/core'
import type { Credential } from '../oauth/sign-request.js'

/** A token with its secret as opaque text. */
export const grantOf = (connection: string, { key, secret }: Credential): Grant => ({
  connection,
  secret: Buffer.from(JSON.stringify([key, secret])).toString('base64url'),
})

/** The token of a grant that this connection gave; undefined for any other. */
export function tokenOf(grant: Grant | undefined, connection: string): Credential | undefined {
  if (grant?.connection !== connection) return undefined
  try {
    const read: unknown = JSON.parse(Buffer.from(grant.secret, 'base64url').toString('utf8'))
    if (!Array.isArray(read)) return undefined
    const [key, secret] = read as unknown[]
    return typeof key === 'string' && typeof secret === 'string' ? { key, secret } : undefined
  } catch {
    return undefined
  }
}
