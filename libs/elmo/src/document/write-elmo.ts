import { ElmoError } from '../elmo-error.js'
import { defaultRelease, type Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { DocumentWriting } from './document-writing.js'
import { encodePieces } from './encode-pieces.js'
import { validateElmo } from './validate-elmo.js'

export interface WriteOptions {
  /** Which release to write; 1.7.0 by default. */
  readonly release?: Release
}

/** Stands before the canonical form of every document that is written. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** @throws {ElmoError} ELMO_INVALID with every problem, when the model is not valid in the release */
export function refuseInvalid(elmo: Elmo, release: Release): void {
  const problems = validateElmo(elmo, release)
  if (problems.length === 0) return
  const message = `the document breaks ELMO ${release} in ${problems.length} places; the first: ${problems[0]?.message}`
  throw new ElmoError('ELMO_INVALID', message, { path: problems[0]?.path, problems })
}

/**
 * Writes the document in a release of ELMO, in UTF-8.
 *
 * What it gives is valid by the official schema of the release, the same for the same model, and reads back as the same
 * model; only white space in tokens is collapsed, as any reader would do, and comments inside raw XML go. What the
 * release cannot hold is refused, never left out: `convertElmo` makes a model fit.
 *
 * Behind the XML declaration and its line feed the bytes are the canonical form of the document already (no comments,
 * no empty-element tags, attributes, declarations and characters as Canonical XML has them, no white space behind the
 * root): whoever signs can hash them as they are.
 *
 * Spec: ELMO schema.xsd of the release; Canonical XML 1.0.
 * @throws {ElmoError} ELMO_INVALID with every problem, when the model is not valid in the release
 */
export function writeElmo(elmo: Elmo, { release = defaultRelease }: WriteOptions = {}): Uint8Array {
  refuseInvalid(elmo, release)
  return encodePieces([xmlDeclaration, ...new DocumentWriting(release, elmo).pieces])
}
