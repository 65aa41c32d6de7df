import { ElmoError } from '../elmo-error.js'
import { signatureName } from '../xml/name-dictionary.js'
import { nodeColumn, nodeColumns, nodeFlag, type ScannedXml } from '../xml/scanned-xml.js'
import { nodeKind, type ExpandedName } from '../xml/xml-tape.js'
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
export function findRootSignature(tape: ScannedXml): number {
  const { root, nodes } = tape
  const rootName = tape.name(root)
  if (isSignature(rootName)) throw refused('The root is a signature.', tape, root)
  if (tape.signatures.length === 0) throw missing()
  const only = tape.signatures.length === 1 ? tape.signatures[0]! : -1
  if (only >= 0 && isChildOf(tape, root, only)) return only
  const opaqueNames = tape.names.expanded
    .filter(({ localName, namespace }) => opaque.has(localName) && namespace === rootName.namespace)
    .map(({ id }) => id)
  const atRoot: number[] = []
  /** The next child of the root. */
  let child = root + 1
  const end = tape.next(root)
  for (let node = root + 1; node < end; node++) {
    const at = node * nodeColumns
    const isChild = node === child
    if (isChild) child = nodes[at + nodeColumn.next]!
    if ((nodes[at + nodeColumn.flags]! & nodeFlag.kind) !== nodeKind.element) continue
    const name = nodes[at + nodeColumn.name]!
    if (name === signatureName) {
      if (!isChild) throw refused('A signature stands where none may stand.', tape, node)
      atRoot.push(node)
    } else if (opaqueNames.includes(name)) node = nodes[at + nodeColumn.next]! - 1
  }
  const [signature, second] = atRoot
  if (signature === undefined) throw missing()
  if (second !== undefined) throw refused('The document has more than one signature.', tape, second)
  return signature
}

const missing = (): ElmoError => new ElmoError('ELMO_SIGNATURE_MISSING', 'The document is not signed.')

function isChildOf(tape: ScannedXml, parent: number, node: number): boolean {
  let child = parent + 1
  while (child < node) child = tape.next(child)
  return child === node
}

function refused(message: string, tape: ScannedXml, node: number): ElmoError {
  return new ElmoError('ELMO_SIGNATURE_STRUCTURE', message, tape.locate(tape.start(node)))
}
