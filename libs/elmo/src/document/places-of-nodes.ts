import { nameNumber, rootRow, type Shape } from '../grammar/shape.js'
import { nodeKind, type XmlTape } from '../xml/xml-tape.js'

/**
 * The path of element names to each of some nodes, such as `/elmo/report[2]/issuer`: one way down to all of them, on
 * which each element is met once. `*` stands for what the table does not know.
 */
export function placesOfNodes(tape: XmlTape, nodes: readonly number[]): ReadonlyMap<number, string> {
  const wanted = [...new Set(nodes)].sort((a, b) => a - b)
  const paths = new Map<number, string>()
  let at = 0
  // Nested by hand, because an extension may be nested deep.
  const open: { end: number; path: string; shape?: Shape; counts: number[]; child: number }[] = []
  const enter = (node: number, path: string, shape?: Shape): void => {
    if (wanted[at] === node) {
      paths.set(node, path)
      at++
    }
    open.push({ end: tape.next(node), path, shape, counts: [], child: node + 1 })
  }
  enter(tape.root, '/elmo', rootRow.shape)
  for (let parent = open.at(-1); parent !== undefined && at < wanted.length; parent = open.at(-1)) {
    const node = parent.child
    const target = wanted[at] as number
    if (node >= parent.end || target >= parent.end) {
      open.pop()
      continue
    }
    const next = tape.kind(node) === nodeKind.element ? tape.next(node) : node + 1
    parent.child = next
    if (tape.kind(node) !== nodeKind.element) {
      if (target === node) {
        paths.set(node, parent.path)
        at++
      }
      continue
    }
    const row = parent.shape?.elements[parent.shape.elementAt[nameNumber(tape.name(node).localName)] ?? -1]
    const place = row === undefined ? 0 : (parent.shape?.order.get(row.name) ?? 0)
    if (row !== undefined) parent.counts[place] = (parent.counts[place] ?? 0) + 1
    if (target >= next) continue
    const index = row?.isList ? `[${parent.counts[place]}]` : ''
    enter(node, `${parent.path}/${row?.name ?? '*'}${index}`, row === undefined || row.rawKind ? undefined : row.shape)
  }
  return paths
}
