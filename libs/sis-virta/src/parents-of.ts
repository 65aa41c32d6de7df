import type { Notice } from '@emrex-gateway/core'

/** A result with the keys of those that it says are its parts. */
export interface Whole {
  readonly key: string
  readonly code?: string | undefined
  readonly parts: readonly string[]
}

/**
 * The whole of each part. VIRTA names parts from above, and a part may be named by several: then the nearest counts, which
 * is the one that stands in the others (a course in a module, both named by the degree). Where none stands in another, it
 * is the first, and a notice says so. A part that is not there is told too.
 */
export function parentsOf(wholes: readonly Whole[], notices: Notice[]): ReadonlyMap<string, string> {
  const byKey = new Map(wholes.map((whole) => [whole.key, whole]))
  const namedBy = new Map<string, Whole[]>()
  for (const whole of wholes)
    for (const part of new Set(whole.parts)) {
      if (!byKey.has(part))
        notices.push({ notice: 'part-missing', ...(whole.code === undefined ? {} : { detail: whole.code }) })
      else if (namedBy.has(part)) namedBy.get(part)!.push(whole)
      else namedBy.set(part, [whole])
    }
  const below = new Map<string, ReadonlySet<string>>()
  const contains = (whole: string, part: string): boolean => {
    const known = below.get(whole) ?? everythingBelow(whole, byKey)
    below.set(whole, known)
    return known.has(part)
  }
  const parents = new Map<string, string>()
  for (const [part, named] of namedBy) {
    const nearest =
      named.length === 1
        ? named
        : named.filter((one) => !named.some((other) => contains(one.key, other.key) && !contains(other.key, one.key)))
    parents.set(part, (nearest[0] ?? named[0]!).key)
    const code = byKey.get(part)?.code
    if (nearest.length !== 1) notices.push({ notice: 'part-shared', ...(code === undefined ? {} : { detail: code }) })
  }
  return parents
}

/** All that is reached from a whole; without end in a circle, so what was seen is not gone through again. */
function everythingBelow(key: string, byKey: ReadonlyMap<string, Whole>): ReadonlySet<string> {
  const seen = new Set<string>()
  const open = [key]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const part of byKey.get(next)?.parts ?? [])
      if (!seen.has(part)) {
        seen.add(part)
        open.push(part)
      }
  return seen
}
