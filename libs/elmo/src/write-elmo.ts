import type { Elmo } from './model.js'
/** Writes the document as ELMO 1.7.0, UTF-8. @throws {ElmoError} ELMO_INVALID with every problem, when it breaks the table */
export function writeElmo(elmo: Elmo): Uint8Array {
  throw new Error('not built yet')
}
