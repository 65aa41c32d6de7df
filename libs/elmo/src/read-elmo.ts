import type { ElmoProblem } from './elmo-error.js'
import type { ElmoLimits } from './limits.js'
import type { Elmo } from './model.js'
export interface ReadElmo {
  readonly elmo: Elmo
  readonly namespace: string
  readonly problems: readonly ElmoProblem[]
}
/** Reads a document by local names; what breaks the table is kept where possible and reported. @throws {ElmoError} ELMO_NOT_ELMO and those of parseXml */
export function readElmo(xml: Uint8Array, limits?: Partial<ElmoLimits>): ReadElmo {
  throw new Error('not built yet')
}
