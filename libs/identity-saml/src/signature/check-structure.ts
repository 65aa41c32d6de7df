import type { Element } from '@xmldom/xmldom'
import type { DigestAlgorithm, SignatureAlgorithm } from '../profile.js'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed, childrenOf, isNamed, onlyChild, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { digestOfUri, signatureOfUri } from './algorithms.js'

const ds = namespaces.signature
export const envelopedUri = `${ds}enveloped-signature`

/** What a signature may be like. */
export interface SignaturePolicy {
  readonly signatures: readonly SignatureAlgorithm[]
  readonly digests: readonly DigestAlgorithm[]
  /** Least length of RSA keys. */
  readonly minRsaBits: number
}

/** A signature whose form is the accepted one; nothing is verified yet. */
export interface SignatureFacts {
  readonly element: Element
  readonly signedInfo: Element
  readonly algorithm: SignatureAlgorithm
  readonly digest: DigestAlgorithm
}

/**
 * The one signature that is a direct child of `element`, when its form is the only one that is accepted: one SignedInfo
 * with one reference to the ID of `element`, the two transforms, algorithms of the policy, no Object. This is done before
 * any key is used.
 *
 * Spec: SAML 2.0 Core, 5.4; XML Signature 1.1, 4.
 * @throws {SamlRefusal} a detail of SignatureDetail
 */
export function checkStructure(element: Element, policy: SignaturePolicy): SignatureFacts {
  const [signature, ...more] = childrenNamed(element, ds, 'Signature')
  demand(signature !== undefined, 'unsigned')
  demand(more.length === 0, 'count-signature')
  demand(childrenNamed(signature, ds, 'Object').length === 0, 'ds-object')
  const signedInfo = onlyChild(signature, ds, 'SignedInfo', 'count-signed-info')
  const value = onlyChild(signature, ds, 'SignatureValue', 'signature-form')
  demand(/^[A-Za-z0-9+/\s]+[=\s]*$/.test(textOf(value, 'signature-form')), 'signature-form')
  demand(childrenOf(signature).every(isPartOfSignature), 'signature-form')

  const reference = onlyChild(signedInfo, ds, 'Reference', 'count-reference')
  const canonicalization = onlyChild(signedInfo, ds, 'CanonicalizationMethod', 'signature-form')
  const method = onlyChild(signedInfo, ds, 'SignatureMethod', 'signature-form')
  demand(childrenOf(signedInfo).length === 3, 'signature-form')

  checkExclusive(canonicalization)
  const algorithm = signatureOfUri(attributeOf(method, 'Algorithm'), policy.signatures)
  demand(algorithm !== undefined, 'sig-alg')
  demand(childrenOf(method).length === 0, 'sig-alg')
  return { element: signature, signedInfo, algorithm, digest: checkReference(element, reference, policy) }
}

const isPartOfSignature = (child: Element): boolean =>
  ['SignedInfo', 'SignatureValue', 'KeyInfo'].some((name) => isNamed(child, ds, name))

function checkReference(element: Element, reference: Element, policy: SignaturePolicy): DigestAlgorithm {
  const id = attributeOf(element, 'ID') ?? ''
  demand(/^[A-Za-z_][\w.-]*$/.test(id), 'ref-uri')
  demand(attributeOf(reference, 'URI') === `#${id}`, 'ref-uri')
  checkTransforms(onlyChild(reference, ds, 'Transforms', 'transforms'))
  const method = onlyChild(reference, ds, 'DigestMethod', 'digest-alg')
  const digest = digestOfUri(attributeOf(method, 'Algorithm'), policy.digests)
  demand(digest !== undefined, 'digest-alg')
  demand(childrenOf(method).length === 0, 'digest-alg')
  const value = onlyChild(reference, ds, 'DigestValue', 'signature-form')
  demand(/^[A-Za-z0-9+/\s]+[=\s]*$/.test(textOf(value, 'signature-form')), 'signature-form')
  demand(childrenOf(reference).length === 3, 'signature-form')
  return digest
}

/** Exactly the enveloped signature transform, then exclusive canonicalisation. */
function checkTransforms(transforms: Element): void {
  const children = childrenOf(transforms)
  demand(children.length === 2, 'transforms')
  const [enveloped, exclusive] = children as [Element, Element]
  demand(isNamed(enveloped, ds, 'Transform'), 'transforms')
  demand(isNamed(exclusive, ds, 'Transform'), 'transforms')
  demand(attributeOf(enveloped, 'Algorithm') === envelopedUri, 'transforms')
  demand(childrenOf(enveloped).length === 0, 'transforms')
  demand(attributeOf(exclusive, 'Algorithm') !== envelopedUri, 'transforms')
  checkExclusive(exclusive)
}

function checkExclusive(method: Element): void {
  demand(attributeOf(method, 'Algorithm') === namespaces.exclusive, 'c14n')
  const [list, ...more] = childrenOf(method)
  if (list === undefined) return
  demand(isNamed(list, namespaces.exclusive, 'InclusiveNamespaces'), 'c14n')
  demand(more.length === 0, 'c14n')
  // The library looks for parts of the signature at any depth.
  demand(childrenOf(list).length === 0, 'c14n')
}
