import { ElmoError } from '../elmo-error.js'
import { defaultRelease, type Release } from '../grammar/releases.js'
import type { AttachmentContent, Elmo } from '../model.js'
import { DocumentWriting } from './document-writing.js'
import { joinPieces } from './join-pieces.js'
import { findProblems } from './find-problems.js'

export interface WriteOptions {
  /** Which release to write; 1.7.0 by default. */
  readonly release?: Release
}

/** @throws {ElmoError} ELMO_INVALID with every problem, when the model is not valid in the release */
function refuseInvalid(elmo: Elmo, release: Release): void {
  const problems = findProblems(elmo, release)
  if (problems.length === 0) return
  const message = `the document breaks ELMO ${release} in ${problems.length} places; the first: ${problems[0]?.message}`
  throw new ElmoError('ELMO_INVALID', message, { path: problems[0]?.path, problems })
}

/**
 * A document written in pieces, with sources in the place of what `sourceOf` has one for.
 * @throws {ElmoError} ELMO_INVALID with every problem, when the model is not valid in the release
 */
export function writing<Source = never>(
  elmo: Elmo,
  release: Release,
  sourceOf?: (content: AttachmentContent) => Source | undefined,
): DocumentWriting<Source> {
  let document: DocumentWriting<Source>
  try {
    document = new DocumentWriting(release, elmo, sourceOf)
  } catch (error) {
    // Mostly a model that is not even one.
    refuseInvalid(elmo, release)
    throw error
  }
  if (document.isDoubtful) refuseInvalid(elmo, release)
  return document
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
  return joinPieces(writing(elmo, release).pieces).bytes
}
