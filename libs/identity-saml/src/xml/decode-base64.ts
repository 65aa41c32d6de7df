import { demand } from '../saml-refusal.js'
import { messageLimits } from './xml-limits.js'

/**
 * The bytes of a base64 text as a form carries it; line breaks are borne, nothing else is. The length is looked at before
 * anything is decoded. `maxBytes` counts what is decoded.
 * @throws {SamlRefusal} `too-big`, `base64`
 */
export function decodeBase64(text: string, maxBytes: number = messageLimits.maxBytes): Uint8Array {
  demand(text.length <= maxBytes * 1.4 + 8, 'too-big')
  const packed = text.replace(/[\r\n]+/g, '')
  demand(packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed), 'base64')
  return Buffer.from(packed, 'base64')
}
