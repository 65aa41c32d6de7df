import type { Release } from '../grammar/releases.js'
import type { ElmoLimits } from '../limits.js'
import { scanXml } from '../xml/scan-xml.js'
import { readTape, type ReadElmo } from './read-tape.js'

export interface ReadOptions {
  readonly limits?: Partial<ElmoLimits>
  /** The release that `problems` shall be about. */
  readonly release?: Release
  /** Whether the signature of the document becomes part of the model; else it is passed over. */
  readonly keepSignature?: boolean
}

/**
 * Reads a document of any release, leniently, and says which releases it is valid in.
 *
 * - What departs from the format is repaired where its meaning is plain and reported with rule, path, line and column:
 *   another ELMO namespace or none, wrong order, wrong case, base64 without `data:`, several results in one `hasPart`.
 *   What is unknown, or stands where only one may, is reported as left out. Values stay as they were written; white space of tokens is collapsed, of strings kept.
 * - Extensions and introductions are kept without loss, as XML text and attributes; comments are not kept.
 * - Only `/elmo/learner` and `/elmo/report` count. The signature vouches for bytes, not for a model that somebody may
 *   change: verify first.
 * - A text over 64 KiB is only decoded when somebody reads its property; until then the model holds on to the bytes.
 *
 * Spec: schema.xsd of each release; DOC-IGNORE-UNKNOWN.
 * @throws {ElmoError} ELMO_NOT_ELMO when the root is no ELMO document, and those of parseXml
 */
export function readElmo(xml: Uint8Array, options: ReadOptions = {}): ReadElmo {
  const { holdsXml: _, ...read } = readTape(scanXml(xml, options.limits), options)
  return read
}
