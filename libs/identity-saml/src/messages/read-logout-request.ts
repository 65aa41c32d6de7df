import type { InboundMessage } from '@emrex-gateway/core'
import type { IdentityProviderMetadata } from '../metadata/identity-provider-metadata.js'
import type { SamlProfile } from '../profile.js'
import { demand } from '../saml-refusal.js'
import { verifySignature } from '../signature/verify-signature.js'
import { instant } from '../validate/instant.js'
import { decodeBase64 } from '../xml/decode-base64.js'
import { attributeOf, childrenNamed, isNamed, onlyChild, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict, type StrictDocument } from '../xml/parse-strict.js'
import { readRedirect } from './read-redirect.js'

/** A request that the login signed; whether it is in time and for us is not judged yet. */
export interface LogoutRequest {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly notOnOrAfter?: number
  readonly destination?: string
  /** It says whose session ends. */
  readonly isNamed: boolean
  readonly relayState?: string
}

/**
 * Verifies and reads a LogoutRequest, by form or by address.
 *
 * Spec: SAML 2.0 Core, section 3.7.1; SAML 2.0 Profiles, section 4.4.4.1 (it is always signed).
 * @throws {SamlRefusal}
 */
export function readLogoutRequest(
  message: InboundMessage,
  profile: SamlProfile,
  metadata: IdentityProviderMetadata,
): LogoutRequest {
  const { document, relayState } = message.method === 'POST' ? byForm(message) : byAddress(message)
  const { root } = document
  demand(isNamed(root, namespaces.protocol, 'LogoutRequest'), 'root')
  demand(attributeOf(root, 'Version') === '2.0', 'version')
  demand(textOf(onlyChild(root, namespaces.assertion, 'Issuer', 'count-issuer')) === metadata.entityId, 'issuer')
  const id = attributeOf(root, 'ID')
  demand(id !== undefined && id !== '', 'logout')
  const destination = attributeOf(root, 'Destination')
  const end = attributeOf(root, 'NotOnOrAfter')
  return {
    id,
    issuedAt: instant(attributeOf(root, 'IssueInstant')),
    isNamed: ['NameID', 'EncryptedID'].some((name) => childrenNamed(root, namespaces.assertion, name).length === 1),
    ...(destination === undefined ? {} : { destination }),
    ...(end === undefined ? {} : { notOnOrAfter: instant(end) }),
    ...(relayState === undefined ? {} : { relayState }),
  }

  function byForm({ form }: InboundMessage): { document: StrictDocument; relayState: string | undefined } {
    const seen = parseStrict(decodeBase64(form.get('SAMLRequest') ?? ''))
    const { signatures, digests } = profile.response
    const policy = { signatures, digests, minRsaBits: profile.minRsaBits }
    const document = verifySignature(seen, seen.root, metadata.signingKeys, policy)
    return { document, relayState: form.get('RelayState') }
  }

  function byAddress({ url }: InboundMessage): { document: StrictDocument; relayState: string | undefined } {
    const at = url.indexOf('?')
    const read = readRedirect(at < 0 ? '' : url.slice(at + 1), metadata.signingKeys, profile.response.signatures)
    demand(read.field === 'SAMLRequest', 'query')
    return { document: parseStrict(read.xml), relayState: read.relayState }
  }
}
