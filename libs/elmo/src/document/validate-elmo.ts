import type { ElmoProblem } from '../elmo-error.js'
import { defaultRelease, type Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { isWrittenWithoutDoubt } from './document-writing.js'
import { findProblems } from './find-problems.js'

/**
 * Every way in which the model breaks a release of ELMO: what that release does not know, occurrence, values,
 * enumerations, text that XML cannot carry, raw XML that does not stand alone, properties that the format does not know.
 * Empty = what is written from it is valid by the official schema of the release, once it is signed where the release
 * demands a signature (1.0.0 to 1.4.0).
 *
 * Each problem has a path of element names; none quotes a value. After 1,000 a last one, `TOO-MANY-PROBLEMS`, says how many
 * more there are. References between parts of the document are no matter
 * of the schema: lint looks after them.
 *
 * Spec: schema.xsd of the release.
 */
export const validateElmo = (elmo: Elmo, release: Release = defaultRelease): ElmoProblem[] =>
  // Mostly there are none, and to write a model costs less than to look for them.
  isWrittenWithoutDoubt(elmo, release) ? [] : findProblems(elmo, release)
