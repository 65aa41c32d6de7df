import { X509Certificate, type KeyObject } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import { demand, SamlRefusal } from '../saml-refusal.js'
import { acceptKey } from '../signature/accept-key.js'
import { attributeOf, childrenNamed, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'

/**
 * The keys that a role signs with: those that say so and those that say nothing. A key that is too weak spoils the
 * whole. That the certificate around a key has ended is a finding and no more.
 * @throws {SamlRefusal} `metadata-keys`, `weak-key`
 */
export function signingKeysOf(
  role: Element,
  { minRsaBits, now }: { readonly minRsaBits: number; readonly now: Date },
): { keys: KeyObject[]; findings: string[] } {
  const ds = namespaces.signature
  const certificates = childrenNamed(role, namespaces.metadata, 'KeyDescriptor')
    .filter((descriptor) => (attributeOf(descriptor, 'use') ?? 'signing') === 'signing')
    .flatMap((descriptor) => childrenNamed(descriptor, ds, 'KeyInfo'))
    .flatMap((info) => childrenNamed(info, ds, 'X509Data'))
    .flatMap((data) => childrenNamed(data, ds, 'X509Certificate'))
    .map((element) => certificateOf(textOf(element)))
  demand(certificates.length > 0, 'metadata-keys')
  const ended = certificates.filter(({ validTo }) => new Date(validTo) < now).length
  return {
    keys: certificates.map(({ publicKey }) => acceptKey(publicKey, minRsaBits)),
    findings: ended === 0 ? [] : [`${ended} of its certificates have ended; their keys are still taken`],
  }
}

function certificateOf(text: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(text.replace(/\s+/g, ''), 'base64'))
  } catch {
    throw new SamlRefusal('metadata-keys')
  }
}
