/** A cell of a table as an arc of a network: at every node, what comes in goes out again. Those are the sums of the table. */
export interface Arc {
  readonly from: number
  readonly to: number
  readonly value: number
  /** What it costs to use it; 0 for cells that are suppressed already. */
  readonly cost: number
}

/**
 * By how much a cell could be larger (or smaller) with every sum still holding and no cell below zero, when only arcs of
 * `usable` may change: at most `need` of it, by the cheapest changes. Gives also which arcs changed.
 *
 * Cells and sums form a network, so that this is exact, in whole numbers too.
 *
 * Spec: successive shortest paths; a cell changes by a flow around a circle through it.
 */
export function cheapestFlow(
  arcs: readonly Arc[],
  cell: number,
  { grow, need, usable }: { readonly grow: boolean; readonly need: number; readonly usable: (arc: number) => boolean },
): { readonly flow: number; readonly changed: readonly number[] } {
  const { from, to, value } = arcs[cell]!
  const [source, sink] = grow ? [to, from] : [from, to]
  const wanted = grow ? need : Math.min(need, value)
  const change = new Map<number, number>()
  let flow = 0
  while (flow < wanted) {
    const path = cheapestPath(arcs, change, { source, sink, usable: (arc) => arc !== cell && usable(arc) })
    if (path === undefined) break
    const room = path.map(({ arc, forward }) => {
      const by = change.get(arc) ?? 0
      if (forward) return by < 0 ? -by : Infinity
      return by > 0 ? by : arcs[arc]!.value + by
    })
    const push = Math.min(wanted - flow, ...room)
    for (const { arc, forward } of path) change.set(arc, (change.get(arc) ?? 0) + (forward ? push : -push))
    flow += push
  }
  return { flow, changed: [...change].filter(([, by]) => by !== 0).map(([arc]) => arc) }
}

interface Step {
  readonly arc: number
  readonly forward: boolean
}

/** Bellman and Ford: going back on a change that was made gives back what it cost. */
function cheapestPath(
  arcs: readonly Arc[],
  change: ReadonlyMap<number, number>,
  {
    source,
    sink,
    usable,
  }: { readonly source: number; readonly sink: number; readonly usable: (arc: number) => boolean },
): Step[] | undefined {
  const costs = new Map([[source, 0]])
  const cameBy = new Map<number, Step>()
  for (let changed = true; changed;) {
    changed = false
    const relax = (at: number, next: number, cost: number, step: Step) => {
      const known = costs.get(at)
      if (known === undefined || known + cost >= (costs.get(next) ?? Infinity) - 1e-9) return
      costs.set(next, known + cost)
      cameBy.set(next, step)
      changed = true
    }
    arcs.forEach(({ from, to, value, cost }, arc) => {
      if (!usable(arc)) return
      const by = change.get(arc) ?? 0
      relax(from, to, by < 0 ? -cost : cost, { arc, forward: true })
      if (value + by > 0) relax(to, from, by > 0 ? -cost : cost, { arc, forward: false })
    })
  }
  if (!costs.has(sink)) return undefined
  const path: Step[] = []
  for (let at = sink; at !== source;) {
    const step = cameBy.get(at)!
    path.unshift(step)
    const { from, to } = arcs[step.arc]!
    at = step.forward ? from : to
  }
  return path
}
