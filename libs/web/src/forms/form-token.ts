import { createHmac, timingSafeEqual } from 'node:crypto'

/** The field of our own forms that carries the token. */
export const formTokenField = 'form-token'

/**
 * The token of our own forms of one transfer: only somebody who holds the browser's secret can make it, and it does not
 * give the secret away.
 */
export const formToken = (secret: string, transferId: string): string =>
  createHmac('sha256', secret).update(`form:${transferId}`).digest('base64url')

/** Is it the token of that browser and transfer? Takes the same time either way. */
export function isFormToken(candidate: string | undefined, secret: string, transferId: string): boolean {
  const [given, right] = [Buffer.from(candidate ?? ''), Buffer.from(formToken(secret, transferId))]
  return given.length === right.length && timingSafeEqual(given, right)
}
