import type { ElmoProblem } from '../elmo-error.js'
import { allReleases, releasesOf, type ReleaseSet } from '../grammar/releases.js'
import type { XmlTape } from '../xml/xml-tape.js'
import type { Finding } from './check-value.js'
import { placesOfNodes } from './places-of-nodes.js'

/** How many problems are told at most: who has more of them reads no more of them. */
const most = 1000

/**
 * What a walk found. Findings are noted as they come, cheaply, because most are about releases that nobody asks for;
 * places are only looked up for those that are told in the end.
 */
export class Findings {
  /** The releases that some finding breaks. */
  broken: ReleaseSet = 0
  /** The releases that findings may break just now: parts that only some releases look into narrow it. */
  scope: ReleaseSet = allReleases
  readonly #nodes: number[] = []
  readonly #scopes: number[] = []
  readonly #findings: Finding[] = []
  readonly #attributes = new Map<number, string>()

  add(node: number, finding: Finding, attribute?: string): void {
    const breaks = finding.breaks & this.scope
    if (finding.breaks !== 0 && breaks === 0) return
    this.broken |= breaks
    if (attribute !== undefined) this.#attributes.set(this.#nodes.length, attribute)
    this.#nodes.push(node)
    this.#scopes.push(this.scope)
    this.#findings.push(finding)
  }

  /** Of some releases the one that fewest findings break; of equals the first. */
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

  /** Notices, and what breaks one of the wanted releases, in the order of the document. */
  problems(wanted: ReleaseSet, tape: XmlTape): ElmoProblem[] {
    const all: number[] = []
    this.#findings.forEach(({ breaks }, index) => {
      if (breaks === 0 || breaks & (this.#scopes[index] as number) & wanted) all.push(index)
    })
    all.sort((a, b) => (this.#nodes[a] as number) - (this.#nodes[b] as number))
    const told = all.slice(0, most)
    if (told.length === 0) return []
    const paths = placesOfNodes(
      tape,
      told.map((index) => this.#nodes[index] as number),
    )
    const problems = told.map((index): ElmoProblem => {
      const { rule, message, breaks } = this.#findings[index] as Finding
      const node = this.#nodes[index] as number
      const attribute = this.#attributes.get(index)
      const path = `${paths.get(node) ?? ''}${attribute === undefined ? '' : `/@${attribute}`}`
      const releases = releasesOf(breaks & (this.#scopes[index] as number))
      const { line, column } = tape.locate(tape.start(node))
      return { rule, message, path, line, column, ...(releases.length > 0 && { releases }) }
    })
    const further = all.length - told.length
    if (further > 0)
      problems.push({ rule: 'MORE', message: `${further} further problems are not listed`, path: '/elmo' })
    return problems
  }
}
