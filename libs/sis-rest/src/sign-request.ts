import { createHash, createHmac } from 'node:crypto'

export interface RequestToSign {
  readonly method: string
  /** Path and query as they are sent. */
  readonly target: string
  /** ISO 8601 instant, UTC. */
  readonly date: string
  /** Empty where there is none. */
  readonly body: string | Uint8Array
}

export const signatureScheme = 'EMREX-HMAC-SHA256'

/**
 * The headers of a signed request: `Emrex-Date`, and `Authorization` with the base64 HMAC-SHA256 of scheme, method, target,
 * date and the hexadecimal SHA-256 of the body, a line feed between each.
 *
 * Spec: openapi.yaml of this package, `hmac`; README.md, "Signed requests", has an example with all its steps.
 */
export function signRequest(
  { method, target, date, body }: RequestToSign,
  { keyId, secret }: { readonly keyId: string; readonly secret: Uint8Array },
): Readonly<Record<string, string>> {
  const digest = createHash('sha256').update(body).digest('hex')
  const signature = createHmac('sha256', secret)
    .update([signatureScheme, method, target, date, digest].join('\n'))
    .digest('base64')
  return { 'emrex-date': date, authorization: `${signatureScheme} keyId="${keyId}", signature="${signature}"` }
}
