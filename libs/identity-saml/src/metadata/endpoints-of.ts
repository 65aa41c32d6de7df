import type { Element } from '@xmldom/xmldom'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import type { Endpoint } from './identity-provider-metadata.js'

const bindings: ReadonlyMap<string, Endpoint['binding']> = new Map([
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'post'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', 'redirect'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact', 'artifact'],
  ['urn:oasis:names:tc:SAML:2.0:bindings:SOAP', 'soap'],
])

export interface AddressRules {
  readonly allowedHosts?: readonly string[]
  readonly allowLoopback: boolean
}

/**
 * The endpoints of one kind, those by other bindings left out.
 * @throws {SamlRefusal} `metadata-address`, when one of them is no https address of an allowed host
 */
export function endpointsOf(role: Element, name: string, rules: AddressRules): Endpoint[] {
  return childrenNamed(role, namespaces.metadata, name).flatMap((element) => {
    const binding = bindings.get(attributeOf(element, 'Binding') ?? '')
    if (binding === undefined) return []
    const response = attributeOf(element, 'ResponseLocation')
    return [
      {
        binding,
        url: addressOf(attributeOf(element, 'Location'), rules),
        ...(response === undefined ? {} : { responseUrl: addressOf(response, rules) }),
        index: Number(attributeOf(element, 'index') ?? 0),
      },
    ]
  })
}

function addressOf(text: string | undefined, { allowedHosts, allowLoopback }: AddressRules): string {
  demand(text !== undefined && URL.canParse(text), 'metadata-address')
  const url = new URL(text)
  const isLoopback = url.protocol === 'http:' && /^(127\.0\.0\.1|localhost|[a-z0-9-]+\.localhost)$/.test(url.hostname)
  demand(url.protocol === 'https:' || (allowLoopback && isLoopback), 'metadata-address')
  demand(url.username === '' && url.password === '' && url.hash === '', 'metadata-address')
  demand(allowedHosts === undefined || allowedHosts.includes(url.hostname), 'metadata-address')
  return text
}
