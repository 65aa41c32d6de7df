import type { ShapeRow } from '../grammar/shape.js'
import {
  attributeColumn,
  attributeColumns,
  type nodeColumn,
  type nodeColumns,
  type nodeFlag,
  type ScannedXml,
} from '../xml/scanned-xml.js'
import type { nodeKind } from '../xml/xml-tape.js'
import { checkSimpleType, collapse } from './check-value.js'
import type { Findings } from './findings.js'
import { plainText } from './plain-text.js'

/** The texts of a document as the rows that stand for them have them, with what is wrong with them. */
export class RowTexts {
  constructor(
    private readonly tape: ScannedXml,
    private readonly findings: Findings,
  ) {}

  /** The value of an attribute, where it takes no more than `plainText`. */
  plainAttribute(row: ShapeRow, attribute: number): string | undefined {
    const { attributes, source } = this.tape
    const at = attribute * attributeColumns
    if (attributes[at + attributeColumn.flags] !== 0) return undefined
    return plainText(source, row, attributes[at + attributeColumn.start]!, attributes[at + attributeColumn.end]!, false)
  }

  /** The text of an element that holds nothing else, where it takes no more than `plainText`. */
  plainElement(row: ShapeRow, node: number): string | undefined {
    // Written out, because the engine looks up at each use what another module holds.
    const columns: typeof nodeColumns = 8
    const flagsAt: typeof nodeColumn.flags = 0
    const startAt: typeof nodeColumn.start = 1
    const endAt: typeof nodeColumn.end = 2
    const nextAt: typeof nodeColumn.next = 4
    const kindBits: typeof nodeFlag.kind = 3
    const encoded: typeof nodeFlag.encoded = 4
    const textKind: typeof nodeKind.text = 1
    const { nodes, source } = this.tape
    const at = (node + 1) * columns
    if (nodes[at - columns + nextAt] !== node + 2) return undefined
    const flags = nodes[at + flagsAt]!
    if ((flags & kindBits) !== textKind) return undefined
    return plainText(source, row, nodes[at + startAt]!, nodes[at + endAt]!, (flags & encoded) !== 0)
  }

  /** Any text, collapsed where its type says so, and checked. */
  value(row: ShapeRow, raw: string, node: number, attribute?: string): string {
    const type = row.simpleType
    if (type === undefined) return raw
    const value = type.whiteSpace === 'collapse' ? collapse(raw) : raw
    if (type.isValid !== undefined || type.values !== undefined) {
      const wrong = checkSimpleType(type, value)
      if (wrong !== undefined) this.findings.add(node, wrong, attribute)
    } else if (row.spellings !== undefined && !row.predefined?.includes(value)) {
      const meant = row.spellings.get(value.toLowerCase())
      if (meant !== undefined) {
        this.findings.add(node, { rule: 'P-CASE', message: `should be written "${meant}"`, breaks: 0 }, attribute)
      }
    }
    return value
  }
}
