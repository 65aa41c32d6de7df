import { deflateRawSync } from 'node:zlib'
import type { HandOff } from '@emrex-gateway/core'
import { signDetached } from '../signature/sign-detached.js'
import { signEnveloped, type Signer } from '../signature/sign-enveloped.js'

export interface OutboundMessage {
  readonly field: 'SAMLRequest' | 'SAMLResponse'
  /** Unsigned; Issuer is its first child. */
  readonly xml: string
  readonly id: string
  readonly url: string
  readonly relayState?: string
}

/**
 * Signs a message and says how the browser carries it: as a form with a signature in the document, or as an address with
 * a signature over its query.
 *
 * Spec: SAML 2.0 Bindings, sections 3.4 and 3.5.
 */
export function sendMessage(message: OutboundMessage, binding: 'post' | 'redirect', signer: Signer): HandOff {
  const { field, xml, id, url, relayState } = message
  if (binding === 'post') {
    const signed = signEnveloped(xml, { ...signer, id, place: 'after-issuer' })
    return {
      kind: 'post',
      url,
      fields: {
        [field]: Buffer.from(signed).toString('base64'),
        ...(relayState === undefined ? {} : { RelayState: relayState }),
      },
    }
  }
  const packed = encodeURIComponent(deflateRawSync(xml).toString('base64'))
  const relay = relayState === undefined ? '' : `&RelayState=${encodeURIComponent(relayState)}`
  const query = signDetached(`${field}=${packed}${relay}`, signer.signature, signer.key)
  return { kind: 'redirect', url: `${url}${url.includes('?') ? '&' : '?'}${query}` }
}
