import type { ElmoProblem } from '../elmo-error.js'
import type { Release } from '../grammar/releases.js'
import type { ElmoLimits } from '../limits.js'
import { scanXml } from '../xml/scan-xml.js'
import { readTape } from './read-tape.js'

/** What the official schemas say of a document. */
export interface ElmoVerdict {
  /** Valid in the release that was asked for; without one, in any. */
  readonly valid: boolean
  /** Every release that it is valid in, oldest first. */
  readonly releases: readonly Release[]
  /** The release that `problems` are about: the one asked for, else the one that comes nearest. */
  readonly release: Release
  /** What breaks that release, in plain words with path, line and column; at most 1,000. Empty when it is valid there. */
  readonly problems: readonly ElmoProblem[]
}

export interface ValidateOptions {
  /** Strict for this release; without one the question is which releases. */
  readonly release?: Release
  readonly limits?: Partial<ElmoLimits>
}

/**
 * The verdict that the official schema of a release gives on a document, or which releases it is valid in.
 *
 * Signatures are checked for their form alone, extensions as far as the schema knows what stands in them. A document with
 * a DOCTYPE, a processing instruction or entities of its own gets no verdict but is refused, as everywhere here.
 *
 * Spec: schema.xsd of each release; XML Schema 1.0.
 * @throws {ElmoError} ELMO_NOT_ELMO when the root is no ELMO document, and those of parseXml
 */
export function validateElmoXml(xml: Uint8Array, options: ValidateOptions = {}): ElmoVerdict {
  const { releases, release, problems } = readTape(scanXml(xml, options.limits), { release: options.release })
  const breaking = problems.filter((problem) => problem.releases !== undefined)
  return {
    valid: options.release === undefined ? releases.length > 0 : releases.includes(release),
    releases,
    release,
    problems: breaking,
  }
}
