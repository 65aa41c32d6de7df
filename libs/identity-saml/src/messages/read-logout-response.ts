import type { InboundMessage } from '@emrex-gateway/core'
import { demand } from '../saml-refusal.js'
import { responseStatus } from '../validate/response-status.js'
import { decodeBase64 } from '../xml/decode-base64.js'
import { isNamed } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict } from '../xml/parse-strict.js'
import { inflate } from './read-redirect.js'

/**
 * Whether the answer to our request for logout, by form or by address, says that the session has ended. Undefined: this is no
 * such answer. No signature is looked at: it changes the words of a page and nothing else.
 *
 * Spec: SAML 2.0 Core, section 3.7.2.
 * @throws {SamlRefusal}
 */
export function readLogoutResponse({ method, form, url }: InboundMessage): boolean | undefined {
  const packed = method === 'POST' ? form.get('SAMLResponse') : new URL(url).searchParams.get('SAMLResponse')
  if (packed === undefined || packed === null) return undefined
  const bytes = decodeBase64(packed)
  const { root } = parseStrict(method === 'POST' ? bytes : inflate(bytes))
  demand(isNamed(root, namespaces.protocol, 'LogoutResponse'), 'root')
  return responseStatus(root) === undefined
}
