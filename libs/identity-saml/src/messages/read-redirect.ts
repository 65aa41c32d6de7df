import type { KeyObject } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import type { SignatureAlgorithm } from '../profile.js'
import { SamlRefusal } from '../saml-refusal.js'
import { verifyDetached } from '../signature/sign-detached.js'
import { decodeBase64 } from '../xml/decode-base64.js'
import { messageLimits } from '../xml/xml-limits.js'

/** A message that came as the query of an address. */
export interface RedirectMessage {
  readonly field: 'SAMLRequest' | 'SAMLResponse'
  readonly xml: Uint8Array
  readonly relayState?: string
}

/**
 * Verifies and unpacks a message by the Redirect binding, in this order. Unpacking stops at `maxBytes`.
 *
 * Spec: SAML 2.0 Bindings, section 3.4.
 * @throws {SamlRefusal} `query`, `unsigned`, `sig-alg`, `sig-invalid`, `base64`, `inflate`, `too-big`
 */
export function readRedirect(
  rawQuery: string,
  keys: readonly KeyObject[],
  accepted: readonly SignatureAlgorithm[],
  maxBytes = messageLimits.maxBytes,
): RedirectMessage {
  const values = verifyDetached(rawQuery, keys, accepted)
  const field = values.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse'
  const relayState = values.get('RelayState')
  return {
    field,
    xml: inflate(decodeBase64(values.get(field) ?? '', maxBytes), maxBytes),
    ...(relayState === undefined ? {} : { relayState }),
  }
}

/** @throws {SamlRefusal} `inflate`, `too-big` */
export function inflate(packed: Uint8Array, maxBytes: number = messageLimits.maxBytes): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxBytes })
  } catch (error) {
    throw new SamlRefusal((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-big' : 'inflate')
  }
}
