/** What a document may cost. Callers pass their own; these are the library's defaults. */
export interface ElmoLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxAttributes: number
  /** Elements, text runs, comments together. */
  readonly maxNodes: number
  /** Past `ratioFreeBytes` an inflated document may be at most this many times its packed size. */
  readonly maxRatio: number
  readonly ratioFreeBytes: number
}

const MiB = 1024 * 1024

export const defaultLimits: ElmoLimits = {
  maxBytes: 64 * MiB,
  maxDepth: 64,
  maxAttributes: 128,
  maxNodes: 500_000,
  maxRatio: 200,
  ratioFreeBytes: 1 * MiB,
}
