import { checkReferences } from './check-references.js'
import { DocumentReading } from './document-reading.js'
import { ElmoError, type ElmoProblem } from '../elmo-error.js'
import { namespaces } from '../grammar/namespaces.js'
import type { ElmoLimits } from '../limits.js'
import type { Elmo } from '../model.js'
import { parseXml } from '../xml/parse-xml.js'
import { pathOf } from './place.js'
import { ProblemList } from './problem-list.js'
import type { ReadPlace } from './read-place.js'

/** A document as data, with everything that is wrong with it. */
export interface ReadElmo {
  /**
   * Always has the shape that its types promise: what was missing and required is empty text or an empty list, and
   * stands in `problems`.
   */
  readonly elmo: Elmo
  /** The namespace of the root; '' for none. */
  readonly namespace: string
  /**
   * Empty = valid ELMO 1.7.0, and every value that the format names spelt its way. No problem quotes a value. After 1000
   * a last one, `TOO-MANY-PROBLEMS`, says how many more there are.
   */
  readonly problems: readonly ElmoProblem[]
}

/**
 * Reads a document by local names, in any ELMO namespace or none. What breaks the table is kept where the model has a
 * place for it, and reported with rule, path, line and column.
 *
 * Only `/elmo/learner` and `/elmo/report` count; the signature of the document is passed over: verify first. White space
 * of tokens is collapsed, of strings kept. Attributes of an `extension` and comments are not kept.
 *
 * Spec: ELMO 1.7.0 schema.xsd; DOC-IGNORE-UNKNOWN.
 * @throws {ElmoError} ELMO_NOT_ELMO when the root is not `elmo`, and those of parseXml
 */
export function readElmo(xml: Uint8Array, limits?: Partial<ElmoLimits>): ReadElmo {
  const { root } = parseXml(xml, limits)
  const { line, column, namespace } = root
  if (root.localName !== 'elmo') {
    throw new ElmoError('ELMO_NOT_ELMO', 'the root element is not "elmo"', { line, column, path: '/' })
  }
  const problems = new ProblemList()
  const report = (at: ReadPlace, rule: string, message: string): void =>
    problems.add(rule, () => ({ message, path: pathOf(at), line: at.element.line, column: at.element.column }))
  const at = { name: 'elmo', depth: 1, element: root }
  if (namespace !== namespaces.elmo) report(at, 'P-NS-VARIANT', 'the document is not in the namespace of ELMO 1.x')
  const elmo = new DocumentReading(xml, namespace, report).complex('Elmo', at) as unknown as Elmo
  checkReferences(elmo, problems)
  return { elmo, namespace, problems: problems.toArray() }
}
