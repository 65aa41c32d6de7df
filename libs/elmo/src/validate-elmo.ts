import type { ElmoProblem } from './elmo-error.js'
import type { Elmo } from './model.js'
/** Every way in which the model breaks the table of ELMO 1.7.0; empty = valid. */
export function validateElmo(elmo: Elmo): ElmoProblem[] {
  throw new Error('not built yet')
}
