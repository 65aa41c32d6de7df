import { SignedXml } from 'xml-crypto'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { parseTree } from '../xml/parse-xml.js'
import { canonicalizations, type ContextElement } from './canonicalizations.js'
import type { KeyFileSigner } from './elmo-signer.js'
import { plainMarkup } from './plain-markup.js'
import { dsigNamespace, sha256Uri, transformUri } from './signature-algorithms.js'

const noNames = { attributes: [], declarations: new Map<string, string>() }
const signedInfo: ContextElement = { name: 'SignedInfo', ...noNames }
const signature: ContextElement = { ...noNames, name: 'Signature', declarations: new Map([['', dsigNamespace]]) }

/**
 * The signature of a document as xml-crypto makes it: digest, canonical form and markup are the library's, the value is
 * the signer's. `keyInfo` is the content of KeyInfo.
 *
 * Spec: XML Signature 1.1, 3.1.
 */
export function signByXmlCrypto(tape: ScannedXml, signer: KeyFileSigner, keyInfo: string): string {
  class GivenSigner {
    getAlgorithmName = (): string => signer.algorithm
    getSignature = (material: string): string => Buffer.from(signer.signNow(Buffer.from(material))).toString('base64')
    verifySignature = (): never => {
      throw new Error('This algorithm only signs.')
    }
  }
  const { root, sections } = parseTree(tape)
  const library = new SignedXml({
    // The library asks for a key; the signer has its own.
    privateKey: 'held by the signer',
    signatureAlgorithm: signer.algorithm,
    canonicalizationAlgorithm: transformUri.inclusive,
    getKeyInfoContent: () => keyInfo,
  })
  library.SignatureAlgorithms = { [signer.algorithm]: GivenSigner as never }
  Object.assign(library.CanonicalizationAlgorithms, canonicalizations([root, signature], signedInfo))
  library.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [transformUri.enveloped],
    digestAlgorithm: sha256Uri,
  })
  library.computeSignature(plainMarkup(tape.bytes, sections, root))
  return library.getSignatureXml()
}
