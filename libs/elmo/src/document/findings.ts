import type { ElmoProblem } from '../elmo-error.js'
import { allReleases, releasesOf, type ReleaseSet } from '../grammar/releases.js'
import type { XmlTape } from '../xml/xml-tape.js'
import type { Finding } from './check-value.js'
import { placesOfNodes } from './places-of-nodes.js'
import { maxProblems } from './problem-list.js'

/**
 * What a walk found. Most findings are about releases that nobody asks for: of those only the releases are kept. Places
 * are only looked up for what is told in the end.
 */
export class Findings {
  /** The releases that some finding breaks, wanted or not. */
  broken: ReleaseSet = 0
  /** The releases that findings may break just now: parts that only some releases look into narrow it. */
  scope: ReleaseSet = allReleases
  #hasNotices = false
  readonly #nodes: number[] = []
  readonly #scopes: number[] = []
  readonly #findings: Finding[] = []
  readonly #attributes = new Map<number, string>()

  constructor(
    /** The releases whose findings are kept; notices are always. */
    private readonly wanted: ReleaseSet = allReleases,
  ) {}

  /** Notes that releases are broken; whether somebody wants to know by what. */
  breaks(releases: ReleaseSet): boolean {
    const breaks = releases & this.scope
    this.broken |= breaks
    return (breaks & this.wanted) !== 0
  }

  add(node: number, finding: Finding, attribute?: string): void {
    if (finding.breaks === 0) this.#hasNotices = true
    else if (!this.breaks(finding.breaks)) return
    if (attribute !== undefined) this.#attributes.set(this.#nodes.length, attribute)
    this.#nodes.push(node)
    this.#scopes.push(this.scope)
    this.#findings.push(finding)
  }

  /** Every finding that was kept, with what it breaks in the scope it was found in. */
  all(): readonly Finding[] {
    return this.#findings.map((found, index) => ({ ...found, breaks: found.breaks & (this.#scopes[index] as number) }))
  }

  /** Of some wanted releases the one that fewest findings break; of equals the first. */
  nearest(candidates: readonly ReleaseSet[]): ReleaseSet {
    const counts = candidates.map(() => 0)
    this.#findings.forEach(({ breaks }, index) => {
      const inScope = breaks & (this.#scopes[index] as number)
      candidates.forEach((bit, place) => {
        if (inScope & bit) counts[place] = (counts[place] as number) + 1
      })
    })
    return candidates[counts.indexOf(Math.min(...counts))] as ReleaseSet
  }

  /** Notices, and what breaks one of some wanted releases, in the order of the document. */
  problems(told: ReleaseSet, tape: XmlTape): ElmoProblem[] {
    if ((this.broken & told) === 0 && !this.#hasNotices) return []
    const all: number[] = []
    this.#findings.forEach(({ breaks }, index) => {
      if (breaks === 0 || breaks & (this.#scopes[index] as number) & told) all.push(index)
    })
    all.sort((a, b) => (this.#nodes[a] as number) - (this.#nodes[b] as number))
    const first = all.slice(0, maxProblems)
    if (first.length === 0) return []
    const paths = placesOfNodes(
      tape,
      first.map((index) => this.#nodes[index] as number),
    )
    const problems = first.map((index): ElmoProblem => {
      const { rule, message, breaks } = this.#findings[index] as Finding
      const node = this.#nodes[index] as number
      const attribute = this.#attributes.get(index)
      const path = `${paths.get(node) ?? ''}${attribute === undefined ? '' : `/@${attribute}`}`
      const releases = releasesOf(breaks & (this.#scopes[index] as number))
      const { line, column } = tape.locate(tape.start(node))
      return { rule, message, path, line, column, ...(releases.length > 0 && { releases }) }
    })
    const further = all.length - first.length
    if (further > 0)
      problems.push({ rule: 'TOO-MANY-PROBLEMS', message: `there are ${further} more problems`, path: '/elmo' })
    return problems
  }
}
