import { toPem } from './to-pem.js'

const armour = /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]*)-----END/

/**
 * A private key wrapped as PEM should be, from what vaults and environment variables hold: without line breaks, with `\n`
 * written out, with CRLF. Any other text comes back as it is.
 *
 * Spec: RFC 7468.
 */
export function normalisePrivateKey(text: string): string {
  const [, label, body] = armour.exec(text.replace(/\\[rn]/g, '\n')) ?? []
  const base64 = body?.replace(/\s+/g, '') ?? ''
  if (label === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return text
  return toPem(label, Buffer.from(base64, 'base64'))
}
