import type { KeyObject } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import type { DigestAlgorithm, SignatureAlgorithm } from '../profile.js'
import { demand } from '../saml-refusal.js'
import { verifySignature } from '../signature/verify-signature.js'
import { attributeOf, childrenNamed, elementsOf, isNamed, onlyChild, textOf } from '../xml/elements.js'
import { decodeUtf8 } from '../xml/decode-utf8.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict } from '../xml/parse-strict.js'
import { endpointsOf } from './endpoints-of.js'
import type { IdentityProviderMetadata } from './identity-provider-metadata.js'
import { signingKeysOf } from './signing-keys-of.js'

const md = namespaces.metadata
const dayMs = 86_400_000

export const metadataLimits = { maxBytes: 2_000_000, maxElements: 20_000, maxDepth: 60 }

export interface MetadataRules {
  readonly entityId: string
  /** Keys of the operator, one of which must have signed the whole; absent for a file that was pinned by hand. */
  readonly signers?: readonly KeyObject[]
  readonly signatures: readonly SignatureAlgorithm[]
  readonly digests: readonly DigestAlgorithm[]
  readonly minRsaBits: number
  readonly now: Date
  /** For signed metadata: it must say until when it holds, and no longer ahead than this. */
  readonly maxValidDays: number
  /** Hosts of all addresses in it; absent: any. */
  readonly allowedHosts?: readonly string[]
  /** Addresses by http on the loopback interface, for tests and demonstrations. */
  readonly allowLoopback: boolean
}

/**
 * The one identity provider with that name in a document of metadata. Where signers are given, only the signed bytes are
 * read.
 *
 * Spec: SAML 2.0 Metadata; Metadata Interoperability Profile 1.0 (keys count, not certificates around them).
 * @throws {SamlRefusal} those of parseStrict and verifySignature, `metadata`, `metadata-entity`, `metadata-expired`,
 *   `metadata-validity`, `metadata-keys`, `metadata-address`
 */
export function parseMetadata(bytes: Uint8Array, rules: MetadataRules): IdentityProviderMetadata {
  demand(bytes.length <= metadataLimits.maxBytes, 'too-big')
  const seen = parseStrict(withoutComments(decodeUtf8(bytes)), metadataLimits)
  const root =
    rules.signers === undefined
      ? seen.root
      : verifySignature(seen, seen.root, rules.signers, rules, metadataLimits).root
  const validUntil = validUntilOf(root, rules)
  const entity = entityOf(root, rules.entityId)
  const entityUntil = entity === root ? undefined : validUntilOf(entity, { ...rules, signers: undefined })
  const role = roleOf(entity)
  const { keys, findings } = signingKeysOf(role, rules)
  const until = [validUntil, entityUntil].filter((date) => date !== undefined).sort((a, b) => +a - +b)[0]
  return {
    entityId: rules.entityId,
    singleSignOn: required(endpointsOf(role, 'SingleSignOnService', rules)),
    singleLogout: endpointsOf(role, 'SingleLogoutService', rules),
    artifactResolution: endpointsOf(role, 'ArtifactResolutionService', rules),
    signingKeys: keys,
    scopes: scopesOf(entity, role),
    ...(until === undefined ? {} : { validUntil: until }),
    findings,
  }
}

/**
 * Published metadata has comments, and canonical form has none: they are left out before anything is looked at, so that
 * what is verified and what is read is the same text without them.
 */
const withoutComments = (text: string): string => text.replace(/<!--(?:[^-]|-(?!-))*-->/g, '')

function validUntilOf(
  element: Element,
  { signers, now, maxValidDays }: Pick<MetadataRules, 'now' | 'maxValidDays'> & { signers?: unknown },
): Date | undefined {
  const text = attributeOf(element, 'validUntil')
  demand(text !== undefined || signers === undefined, 'metadata-validity')
  if (text === undefined) return undefined
  demand(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text), 'metadata-validity')
  const until = new Date(text)
  demand(!Number.isNaN(until.getTime()), 'metadata-validity')
  demand(until > now, 'metadata-expired')
  demand(signers === undefined || until.getTime() <= now.getTime() + maxValidDays * dayMs, 'metadata-validity')
  return until
}

function entityOf(root: Element, entityId: string): Element {
  if (isNamed(root, md, 'EntityDescriptor')) {
    demand(attributeOf(root, 'entityID') === entityId, 'metadata-entity')
    return root
  }
  demand(isNamed(root, md, 'EntitiesDescriptor'), 'metadata')
  const found = elementsOf(root).filter(
    (element) => isNamed(element, md, 'EntityDescriptor') && attributeOf(element, 'entityID') === entityId,
  )
  demand(found.length === 1, 'metadata-entity')
  return found[0]!
}

function roleOf(entity: Element): Element {
  const role = onlyChild(entity, md, 'IDPSSODescriptor', 'metadata')
  const protocols = (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/)
  demand(protocols.includes(namespaces.protocol), 'metadata')
  return role
}

function required<T>(list: readonly T[]): readonly T[] {
  demand(list.length > 0, 'metadata-address')
  return list
}

/** Scopes that are patterns are left out: a pattern of somebody else is not run here. */
function scopesOf(...elements: readonly Element[]): string[] {
  const shibmd = 'urn:mace:shibboleth:metadata:1.0'
  return elements
    .flatMap((element) => childrenNamed(element, md, 'Extensions'))
    .flatMap((extensions) => childrenNamed(extensions, shibmd, 'Scope'))
    .filter((scope) => !['true', '1'].includes(attributeOf(scope, 'regexp') ?? 'false'))
    .map((scope) => textOf(scope).trim().toLowerCase())
}
