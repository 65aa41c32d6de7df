import { ElmoError } from '../../elmo-error.js'
import { defaultLimits } from '../../limits.js'

/** What a credential may cost. */
export interface ElmLimits {
  /** Characters, as text and in all texts together. */
  readonly maxBytes: number
  /** Objects and lists inside one another. */
  readonly maxDepth: number
  /** Objects, lists and plain values together. */
  readonly maxNodes: number
}

/** 64 Mi characters, 256 objects and lists inside one another, 500,000 parts. */
export const defaultElmLimits: ElmLimits = {
  maxBytes: defaultLimits.maxBytes,
  maxDepth: 256,
  maxNodes: defaultLimits.maxNodes,
}

/** Refuses what goes past a limit, before anything reads it; without recursion, so that depth costs nothing. */
export function checkElmLimits(root: unknown, { maxBytes, maxDepth, maxNodes }: ElmLimits): void {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }]
  let nodes = 0
  let bytes = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (++nodes > maxNodes) throw new ElmoError('ELMO_TOO_MANY_NODES', 'the credential has too many parts')
    if (typeof value === 'string') bytes += value.length
    if (bytes > maxBytes) throw new ElmoError('ELMO_TOO_LARGE', 'the credential is too large')
    if (typeof value !== 'object' || value === null) continue
    if (depth > maxDepth) throw new ElmoError('ELMO_TOO_DEEP', 'the credential is nested too deeply')
    const keys = Object.keys(value)
    if (open.length + keys.length > maxNodes) {
      throw new ElmoError('ELMO_TOO_MANY_NODES', 'the credential has too many parts')
    }
    for (const key of keys) {
      bytes += key.length
      open.push({ value: (value as Record<string, unknown>)[key], depth: depth + 1 })
    }
  }
}
