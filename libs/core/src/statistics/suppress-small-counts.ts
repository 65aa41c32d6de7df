import { cheapestFlow, type Arc } from './cheapest-flow.js'

/** A cell of what is to be published, as an arc of the network of its sums. */
export interface PublishedCell {
  readonly from: number
  readonly to: number
  readonly value: number
  /** How much is lost with it: sums are dearer than single counts. */
  readonly cost: number
  /** Must not be told, whatever its value is. */
  readonly secret: boolean
}

/**
 * Which cells to leave out, so that nobody can have them back by subtraction. Gives their positions.
 *
 * Guaranteed, for whoever knows every other cell, all sums and this rule of small counts: each cell that is left out can
 * still have at least `smallest` values; one that is smaller than `smallest` can still be each of 1 to `smallest`.
 *
 * @throws {Error} when the sums leave a count no room: nothing may be published then.
 */
export function suppressSmallCounts(cells: readonly PublishedCell[], smallest: number): ReadonlySet<number> {
  const left = new Set<number>()
  cells.forEach(({ secret, value }, index) => {
    if (secret || (value > 0 && value < smallest)) left.add(index)
  })
  for (let before = -1; before !== left.size;) {
    before = left.size
    for (const cell of [...left]) protect(cells, cell, left, smallest)
  }
  return left
}

function protect(cells: readonly PublishedCell[], cell: number, left: Set<number>, smallest: number): void {
  const { value } = cells[cell]!
  const arcs: Arc[] = cells.map((each, index) => ({ ...each, cost: left.has(index) ? 0 : each.cost }))
  const need = (grow: boolean, by: number) => {
    const { flow, changed } = cheapestFlow(arcs, cell, { grow, need: by, usable: () => true })
    if (flow < by) throw new Error('a small count cannot be kept secret in these tables')
    changed.forEach((one) => left.add(one))
  }
  if (value < smallest) {
    need(true, smallest - value)
    need(false, value - 1)
    return
  }
  const now = (grow: boolean) =>
    cheapestFlow(arcs, cell, { grow, need: smallest - 1, usable: (arc) => left.has(arc) }).flow
  if (now(true) + now(false) < smallest - 1) need(true, smallest - 1)
}
