import type { XmlDocument, XmlElement } from '../xml/parse-xml.js'
import { ElmoError } from '../elmo-error.js'
import { dsigNamespace } from './signature-algorithms.js'

const isSignature = (element: XmlElement): boolean =>
  element.localName === 'Signature' && element.namespace === dsigNamespace

/** Places of the format whose content is data of others: a signature in there is never taken for the document's. */
const opaque = new Set(['extension', 'diplomaSupplement'])

/**
 * The one signature that is a child of the root. Signatures inside an extension or a diploma supplement are data; a
 * signature anywhere else refuses the document.
 * @throws {ElmoError} ELMO_SIGNATURE_MISSING, ELMO_SIGNATURE_STRUCTURE
 */
export function findRootSignature({ root }: XmlDocument): XmlElement {
  const atRoot: XmlElement[] = []
  const toVisit: XmlElement[] = [root]
  for (let parent = toVisit.pop(); parent !== undefined; parent = toVisit.pop()) {
    for (const child of parent.children) {
      if (typeof child === 'string') continue
      if (opaque.has(child.localName) && child.namespace === root.namespace) continue
      if (isSignature(child)) {
        if (parent !== root) throw refused('A signature stands where none may stand.', child)
        atRoot.push(child)
      }
      toVisit.push(child)
    }
  }
  const [signature, second] = atRoot
  if (isSignature(root)) throw refused('The root is a signature.', root)
  if (signature === undefined) throw new ElmoError('ELMO_SIGNATURE_MISSING', 'The document is not signed.')
  if (second !== undefined) throw refused('The document has more than one signature.', second)
  return signature
}

function refused(message: string, { line, column }: XmlElement): ElmoError {
  return new ElmoError('ELMO_SIGNATURE_STRUCTURE', message, { line, column })
}
