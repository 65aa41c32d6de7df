import { namespaces } from '../grammar/namespaces.js'
import { allReleases } from '../grammar/releases.js'
import type { Shape, ShapeRow } from '../grammar/shape.js'
import type { RawAttribute } from '../model.js'
import { attributeColumn, attributeColumns, type ScannedXml } from '../xml/scanned-xml.js'
import type { ExpandedName } from '../xml/xml-tape.js'
import type { AnyContent, Walk } from './any-content.js'
import { checkCount, checkRelease } from './check-count.js'
import type { Finding } from './check-value.js'
import { emptyValue } from './empty-value.js'
import type { RowTexts } from './row-texts.js'
import { isSchemaHint, nilled, releasesOfTypeName, wrongType } from './schema-attributes.js'

type Values = Record<string, unknown>

/** The attributes of elements, for a walk. */
export class AttributeReading {
  constructor(
    private readonly walk: Walk & { readonly tape: ScannedXml },
    private readonly any: AnyContent,
    private readonly texts: RowTexts,
    /** Keys of names (`attributeKey`), by their ids in this document. */
    private readonly keys: readonly number[],
  ) {}

  /** Puts the attributes of an element into its values. */
  read(node: number, shape: Shape, values: Values): void {
    const { keys, texts } = this
    const { tape, findings } = this.walk
    const rows = shape.attributes
    const first = tape.firstAttribute(node)
    const end = first + tape.attributeCount(node)
    let given = 0
    for (let attribute = first; attribute < end; attribute++) {
      const key = keys[tape.attributes[attribute * attributeColumns + attributeColumn.name]!]!
      let index = 0
      while (index < rows.length && rows[index]!.key !== key) index++
      if (index === rows.length) {
        this.otherAttribute(node, attribute, tape.attributeName(attribute), shape, values)
        continue
      }
      const row = rows[index]!
      given |= 1 << index
      values[row.property] =
        texts.plainAttribute(row, attribute) ?? texts.value(row, tape.attributeValue(attribute), node, row.name)
      if (row.unknownIn !== 0 && findings.breaks(row.unknownIn)) this.note(node, checkRelease(row))
    }
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as ShapeRow
      if (row.requiredIn === 0 || given & (1 << index)) continue
      if (findings.breaks(row.requiredIn)) this.note(node, checkCount(row, 0))
      if (row.least > 0) Object.assign(values, emptyValue(row))
    }
  }

  /** An attribute that is not in the table: of XML Schema, allowed because anything is, or unknown. */
  private otherAttribute(node: number, attribute: number, name: ExpandedName, shape: Shape, values: Values): void {
    if (name.namespace === namespaces.xsi) return this.schemaAttribute(node, attribute, name, shape)
    this.any.unknown('attribute', node, name, allReleases & ~shape.anyIn)
    if (shape.anyIn === 0) return
    if (this.any.xmlAttribute(node, attribute) || name.namespace !== namespaces.xml) {
      const kept = (values['attributes'] ??= []) as RawAttribute[]
      kept.push(this.rawAttribute(attribute))
    }
  }

  private rawAttribute(attribute: number): RawAttribute {
    const { namespace, localName } = this.walk.tape.attributeName(attribute)
    return { name: localName, namespace, value: this.walk.tape.attributeValue(attribute) }
  }

  private schemaAttribute(node: number, attribute: number, name: ExpandedName, shape: Shape): void {
    if (isSchemaHint(name.localName)) return
    if (name.localName === 'nil') return this.walk.findings.add(node, nilled)
    const breaks = allReleases & ~shape.anyIn
    if (name.localName !== 'type') return this.any.unknown('attribute', node, name, breaks)
    this.walk.prefixes.enter(node)
    const { namespace = '', localName } = this.any.typeNamed(attribute)
    this.walk.prefixes.leave(node)
    const right = releasesOfTypeName(namespace, localName, shape.type, this.walk.namespace)
    if (right !== allReleases) this.walk.findings.add(node, wrongType(breaks & ~right))
    if (shape.anyIn === 0) return
    const { scope } = this.walk.findings
    this.walk.findings.scope &= shape.anyIn
    this.any.claimed(node, attribute)
    this.walk.findings.scope = scope
  }

  /** Attributes of an element that the model keeps as XML: any where anything goes, else those of XML itself. */
  keptAsXml(node: number, takesAny: boolean): RawAttribute[] {
    const { tape } = this.walk
    const kept: RawAttribute[] = []
    const first = tape.firstAttribute(node)
    for (let attribute = first; attribute < first + tape.attributeCount(node); attribute++) {
      const name = tape.attributeName(attribute)
      if (name.namespace === namespaces.xsi) {
        if (name.localName === 'nil') this.walk.findings.add(node, nilled)
        else if (!takesAny && !isSchemaHint(name.localName)) this.any.unknown('attribute', node, name)
        continue
      }
      // Where any may stand, they are checked with the content.
      if (!takesAny && !this.any.xmlAttribute(node, attribute)) this.any.unknown('attribute', node, name)
      kept.push(this.rawAttribute(attribute))
    }
    return kept
  }

  private note(node: number, found: Finding | undefined): void {
    if (found !== undefined) this.walk.findings.add(node, found)
  }
}
