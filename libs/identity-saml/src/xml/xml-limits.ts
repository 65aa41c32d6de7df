/** Limits that hold before anything is parsed. */
export interface XmlLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxElements: number
  /** Of one element, declarations of namespaces included. */
  readonly maxAttributes: number
}

/**
 * Limits of a message of a login. A rich one has two hundred elements; what a signature costs to check grows faster than
 * their number.
 */
export const messageLimits: XmlLimits = { maxBytes: 200_000, maxDepth: 60, maxElements: 1_000, maxAttributes: 50 }
