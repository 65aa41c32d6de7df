import { ElmoError } from '../elmo-error.js'
import { nodeKind, type ExpandedName, type XmlTape } from '../xml/xml-tape.js'
import { dsigNamespace } from './signature-algorithms.js'

const isSignature = ({ localName, namespace }: ExpandedName): boolean =>
  localName === 'Signature' && namespace === dsigNamespace

/** Places of the format whose content is data of others: a signature in there is never taken for the document's. */
const opaque = new Set(['extension', 'diplomaSupplement'])

/**
 * The node of the one signature that is a child of the root. Signatures inside an extension or a diploma supplement are
 * data; a signature anywhere else refuses the document.
 * @throws {ElmoError} ELMO_SIGNATURE_MISSING, ELMO_SIGNATURE_STRUCTURE
 */
export function findRootSignature(tape: XmlTape): number {
  const { root } = tape
  const rootName = tape.name(root)
  if (isSignature(rootName)) throw refused('The root is a signature.', tape, root)
  const atRoot: number[] = []
  /** The next child of the root. */
  let child = root + 1
  for (let node = root + 1; node < tape.next(root);) {
    const isChild = node === child
    if (isChild) child = tape.next(node)
    if (tape.kind(node) !== nodeKind.element) {
      node++
      continue
    }
    const name = tape.name(node)
    if (opaque.has(name.localName) && name.namespace === rootName.namespace) {
      node = tape.next(node)
      continue
    }
    if (isSignature(name)) {
      if (!isChild) throw refused('A signature stands where none may stand.', tape, node)
      atRoot.push(node)
    }
    node++
  }
  const [signature, second] = atRoot
  if (signature === undefined) throw new ElmoError('ELMO_SIGNATURE_MISSING', 'The document is not signed.')
  if (second !== undefined) throw refused('The document has more than one signature.', tape, second)
  return signature
}

function refused(message: string, tape: XmlTape, node: number): ElmoError {
  return new ElmoError('ELMO_SIGNATURE_STRUCTURE', message, tape.locate(tape.start(node)))
}
