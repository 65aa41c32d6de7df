import { ByteOutput } from './byte-output.js'
import { writeCanonicalCdata, writeCanonicalText } from './canonical-text.js'
import { CanonicalTags } from './canonical-tags.js'
import { nodeColumn, nodeColumns, nodeFlag, type ScannedXml } from './scanned-xml.js'
import { nodeKind } from './xml-tape.js'

export interface Canonicalization {
  /** Exclusive canonical form, with the prefixes that it treats like the inclusive one ('' = default). */
  readonly exclusive?: { readonly prefixes: readonly string[] }
  /** An element left out with everything in it: the signature, by the enveloped-signature transform. */
  readonly without?: number
}

/**
 * The canonical form, without comments, of an element and everything in it, in chunks. What is written canonically
 * already is handed on as it stands in the document; nothing is made a string of, and nothing recurses.
 *
 * Inclusive form renders on the first element what it takes from its surroundings: namespaces in force and `xml:`
 * attributes.
 *
 * Spec: Canonical XML 1.0; Exclusive XML Canonicalization 1.0; XML Signature 1.1, 6.6.4.
 */
export function* canonicalChunks(
  tape: ScannedXml,
  apex: number,
  { exclusive, without = -1 }: Canonicalization = {},
): Generator<Uint8Array, void, undefined> {
  const { bytes, nodes } = tape
  const out = new ByteOutput()
  const tags = new CanonicalTags(tape, apex, out, exclusive?.prefixes)
  const stop = tape.next(apex)
  /** Where the source goes on that is not handed on yet. */
  let pending = tape.start(apex)
  let behindOmitted = -1
  /** Open elements whose end tags are not canonical, or whose declarations end with them. */
  const open: number[] = []

  const close = (node: number): void => {
    tags.leave(node)
    if ((nodes[node * nodeColumns + nodeColumn.flags]! & nodeFlag.spacedEnd) === 0) return
    const end = tape.end(node)
    out.bytes(bytes, pending, bytes.lastIndexOf('<', end - 1))
    out.text(`</${tape.writtenName(node)}>`)
    pending = end
  }

  const visited = exclusive === undefined ? specialNodes(tape, apex, without) : allNodes(apex, stop)
  for (const node of visited) {
    if (node < behindOmitted) continue
    while (open.length > 0 && node >= tape.next(open.at(-1)!)) close(open.pop()!)
    const at = node * nodeColumns
    const flags = nodes[at + nodeColumn.flags]!
    if (node === without) {
      out.bytes(bytes, pending, nodes[at + nodeColumn.start]!)
      pending = nodes[at + nodeColumn.end]!
      behindOmitted = nodes[at + nodeColumn.next]!
      continue
    }
    const kind = flags & nodeFlag.kind
    if (kind === nodeKind.element) {
      if (tags.isToBeWritten(node, flags)) {
        out.bytes(bytes, pending, nodes[at + nodeColumn.start]!)
        tags.write(node)
        pending = nodes[at + nodeColumn.content]!
        if (flags & nodeFlag.selfClosing) out.text(`</${tape.writtenName(node)}>`)
      } else if (flags & nodeFlag.selfClosing) {
        const content = nodes[at + nodeColumn.content]!
        out.bytes(bytes, pending, content - '/>'.length)
        out.text('></')
        out.bytes(bytes, nodes[at + nodeColumn.start]! + 1, tape.nameEnd(node))
        out.text('>')
        pending = content
      }
      const isSimple = (flags & (nodeFlag.spacedEnd | nodeFlag.selfClosing)) === 0 && !tags.mustLeave
      if (flags & nodeFlag.selfClosing) tags.leave(node)
      else if (!isSimple) open.push(node)
    } else if (flags & nodeFlag.uncanonical) {
      const end = nodes[at + nodeColumn.end]!
      out.bytes(bytes, pending, nodes[at + nodeColumn.start]!)
      if (kind === nodeKind.text) writeCanonicalText(tape.source, nodes[at + nodeColumn.start]!, end, out)
      if (kind === nodeKind.cdata) writeCanonicalCdata(tape.source, nodes[at + nodeColumn.start]!, end, out)
      pending = end
    }
    if (out.isReady) yield* out.take()
  }
  while (open.length > 0) close(open.pop()!)
  out.bytes(bytes, pending, tape.end(apex))
  out.flush()
  yield* out.take()
}

/** The first element, the one left out, and whatever inclusive form does not have as it stands; ascending. */
function* specialNodes(tape: ScannedXml, apex: number, without: number): Iterable<number> {
  const { special } = tape
  const stop = tape.next(apex)
  yield apex
  let omitted = without > apex && without < stop ? without : stop
  for (let i = firstAbove(special, apex); i < special.length && special[i]! < stop; i++) {
    const node = special[i]!
    if (omitted <= node) {
      yield omitted
      if (omitted === node) {
        omitted = stop
        continue
      }
      omitted = stop
    }
    yield node
  }
  if (omitted < stop) yield omitted
}

/** The index of the first number above another, in an ascending list. */
function firstAbove(numbers: readonly number[], bound: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! > bound) high = middle
    else low = middle + 1
  }
  return low
}

function* allNodes(from: number, until: number): Iterable<number> {
  for (let node = from; node < until; node++) yield node
}

/** The canonical form in one piece. Spec: see `canonicalChunks`. */
export const canonicalBytes = (tape: ScannedXml, apex: number, how?: Canonicalization): Buffer =>
  Buffer.concat([...canonicalChunks(tape, apex, how)])
