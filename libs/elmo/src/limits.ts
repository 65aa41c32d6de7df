/** What a document may cost. Whoever passes some of them keeps the defaults of the others. */
export interface ElmoLimits {
  /** Bytes of the XML. A packed answer may be twice as long. */
  readonly maxBytes: number
  /** Elements inside one another. */
  readonly maxDepth: number
  /** Attributes of one element. */
  readonly maxAttributes: number
  /** Elements, text runs, comments together. */
  readonly maxNodes: number
  /** Past `ratioFreeBytes` an inflated document may be at most this many times its packed size. */
  readonly maxRatio: number
  /** Bytes. */
  readonly ratioFreeBytes: number
}

const MiB = 1024 * 1024

/** 64 MiB of XML, 64 elements deep, 128 attributes for an element, 500,000 nodes; from 1 MiB on 200 times the packed size. */
export const defaultLimits: ElmoLimits = {
  maxBytes: 64 * MiB,
  maxDepth: 64,
  maxAttributes: 128,
  maxNodes: 500_000,
  maxRatio: 200,
  ratioFreeBytes: 1 * MiB,
}
