import { createHash, X509Certificate, type KeyObject } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import type { DigestAlgorithm, SignatureAlgorithm } from '../profile.js'
import { namespaces } from '../xml/namespaces.js'
import { digestUris, signatureUris, signValue } from './algorithms.js'
import { envelopedUri } from './check-structure.js'
import { exclusiveCanonicalization } from './exclusive-canonicalization.js'

/** Whom a signature is by, and with what. */
export interface Signer {
  readonly key: KeyObject
  /** PEM; written into KeyInfo. */
  readonly certificate: string
  readonly signature: SignatureAlgorithm
  readonly digest: DigestAlgorithm
}

export interface EnvelopedSignature extends Signer {
  /** The ID attribute of the element that is signed: the root, or an element within it. */
  readonly id: string
  /** Behind the Issuer that is the first child of the signed element, as messages have it; or as its first child. */
  readonly place: 'after-issuer' | 'first'
}

/**
 * The document with a signature in it: exclusive canonical form, one reference to the element's ID, the certificate in
 * KeyInfo.
 *
 * Spec: SAML 2.0 Core, 5.4; XML Signature 1.1, 3.1.
 * @throws {TypeError} when the key is of another kind than the algorithm needs
 */
export function signEnveloped(xml: string, signature: EnvelopedSignature): string {
  class Value {
    getAlgorithmName = () => signatureUris[signature.signature]
    getSignature = (material: string) =>
      signValue(signature.signature, signature.key, Buffer.from(material)).toString('base64')
    verifySignature = (): never => {
      throw new Error('This algorithm only signs.')
    }
  }
  class Digest {
    getAlgorithmName = () => digestUris[signature.digest]
    getHash = (text: string) => createHash(signature.digest).update(text, 'utf8').digest('base64')
  }
  if (!/^[A-Za-z_][\w.-]*$/.test(signature.id)) throw new TypeError('an ID that no reference can name')
  const element = `//*[@ID='${signature.id}']`
  const certificate = new X509Certificate(signature.certificate).raw.toString('base64')
  const library = new SignedXml({
    // The library asks for a key; the algorithm above has its own.
    privateKey: 'held by the algorithm',
    signatureAlgorithm: signatureUris[signature.signature],
    canonicalizationAlgorithm: namespaces.exclusive,
    getKeyInfoContent: () => `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
  })
  library.SignatureAlgorithms = { [signatureUris[signature.signature]]: Value as never }
  library.HashAlgorithms = { [digestUris[signature.digest]]: Digest }
  library.CanonicalizationAlgorithms = {
    [envelopedUri]: library.CanonicalizationAlgorithms[envelopedUri]!,
    [namespaces.exclusive]: exclusiveCanonicalization([]),
  }
  library.addReference({
    xpath: element,
    transforms: [envelopedUri, namespaces.exclusive],
    digestAlgorithm: digestUris[signature.digest],
  })
  library.computeSignature(xml, {
    prefix: 'ds',
    location:
      signature.place === 'first'
        ? { reference: element, action: 'prepend' }
        : { reference: `${element}/*[local-name(.)='Issuer'][1]`, action: 'after' },
  })
  return library.getSignedXml()
}
