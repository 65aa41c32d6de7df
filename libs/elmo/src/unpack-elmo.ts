import type { ElmoLimits } from './limits.js'
/** A tolerance that was used to open an answer. */
export type PackingDeviation =
  | 'not-base64'
  | 'not-gzipped'
  | 'base64-white-space'
  | 'base64-url-alphabet'
  | 'base64-plus-as-blank'
  | 'base64-padding-missing'
  | 'trailing-bytes'
  | 'percent-encoded'
export interface UnpackedElmo {
  readonly xml: Uint8Array
  readonly deviations: readonly PackingDeviation[]
}
/** Opens any packing of an answer: base64 of gzip, base64, gzip or XML. Limits hold while inflating. @throws {ElmoError} ELMO_PACKING, ELMO_TOO_LARGE */
export function unpackElmo(value: string | Uint8Array, limits?: Partial<ElmoLimits>): UnpackedElmo {
  throw new Error('not built yet')
}
