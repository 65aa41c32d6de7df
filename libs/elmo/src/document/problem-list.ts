import type { ElmoProblem } from '../elmo-error.js'

/** How many problems of one document are told one by one. */
export const maxProblems = 1000

/**
 * The problems of one document. A hostile one can hold hundreds of thousands, each with its path, so only the first are
 * kept; a last one says how many there were more.
 */
export class ProblemList {
  readonly #kept: ElmoProblem[] = []
  #count = 0

  /** `make` is only called for a problem that is kept. */
  add(rule: string, make: () => Omit<ElmoProblem, 'rule'>): void {
    if (++this.#count <= maxProblems) this.#kept.push({ rule, ...make() })
  }

  toArray(): ElmoProblem[] {
    const more = this.#count - maxProblems
    if (more <= 0) return this.#kept
    return [...this.#kept, { rule: 'TOO-MANY-PROBLEMS', message: `there are ${more} more problems`, path: '/elmo' }]
  }
}
