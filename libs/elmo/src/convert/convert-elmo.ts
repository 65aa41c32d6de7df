import type { Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { checkModel } from './check-model.js'
import type { ConversionLoss } from './conversion-loss.js'
import { ElmoConversion, type ConversionOptions } from './elmo-conversion.js'
import { LossReport } from './loss-report.js'

/** A document for another release, with everything in which it departs from its source. */
export interface ConvertedElmo {
  readonly elmo: Elmo
  /** Empty = nothing was lost, moved, changed or added. No entry quotes a value. */
  readonly losses: readonly ConversionLoss[]
}

/**
 * The same document for another release. The source may be of any release; it is not changed, and long texts are shared
 * with it, not copied.
 *
 * A source that is valid in some release gives a result that is valid in the target, but for what `losses` calls
 * `missing`: the signature that ELMO up to 1.4.0 demands. Every property of the source either stands in the result as it
 * was or is named in `losses`; so is everything that the result has and its source had not. `docs/elmo-conversion.md`
 * has the tables.
 *
 * Spec: ELMO schema.xsd of each release; LRN-BDAY-BOTH, LRN-ALTNAME, LOS-ID-REQUIRED, RPT-ONLY-PASSED.
 * @throws {ElmoError} ELMO_INVALID when the source has not the shape of its types, ELMO_TOO_DEEP when it has no end
 */
export function convertElmo(elmo: Elmo, release: Release, options: ConversionOptions = {}): ConvertedElmo {
  checkModel(elmo)
  const report = new LossReport()
  const converted = new ElmoConversion(release, options, report).document(elmo)
  return { elmo: converted, losses: report.losses }
}
