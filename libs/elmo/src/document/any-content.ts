import { ElmoError } from '../elmo-error.js'
import { dsElements, type DsElement } from '../grammar/ds-grammar.js'
import { namespaces } from '../grammar/namespaces.js'
import { allReleases, releaseSet, type ReleaseSet } from '../grammar/releases.js'
import { releasesOfNamespace, rootRow, shapeOf, type Shape } from '../grammar/shape.js'
import { simpleTypes, type SimpleTypeName } from '../grammar/simple-types.js'
import { nodeKind, type ExpandedName, type XmlTape } from '../xml/xml-tape.js'
import { checkSimpleType, collapse, type Finding } from './check-value.js'
import type { Findings } from './findings.js'
import type { Prefixes } from './prefixes.js'
import { claimedType, isSchemaHint, nilled, wrongType } from './schema-attributes.js'

/** How deep elements may be nested at most, whatever the limits of a caller allow: what is known is read by recursion. */
export const deepest = 256

export const tooDeep = (tape: XmlTape, node: number): ElmoError =>
  new ElmoError('ELMO_TOO_DEEP', `Elements are nested deeper than ${deepest}.`, tape.locate(tape.start(node)))

const finding = (rule: string, message: string): Finding => ({ rule, message, breaks: allReleases })

const text = finding('GRAMMAR-TEXT', 'text where none may stand')
const hereUnknown = (kind: string, name: ExpandedName): Finding =>
  finding(`GRAMMAR-UNKNOWN-${kind.toUpperCase()}`, `the ${kind} "${name.localName.slice(0, 64)}" is not known here`)

const xmlAttributes: Readonly<Record<string, SimpleTypeName>> = { lang: 'language', space: 'xmlSpace', base: 'anyURI' }
const addressNames = new Set(['street-address', 'mailing-address'])
const withAddress = releaseSet('1.5.0-')

const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** What a walk lends: the document, the place to tell findings, and the way back into the table. */
export interface Walk {
  readonly tape: XmlTape
  readonly namespace: string
  readonly findings: Findings
  /** Checks an element against a type of the table, for its findings alone. */
  check(node: number, shape: Shape): void
  /** What prefixes stand for where the walk is. */
  readonly prefixes: Prefixes
}

/**
 * Content that the table does not describe: what extensions, introductions and signatures hold. A schema looks at it all
 * the same, wherever it knows an element: `lax` lets pass what it does not know, `strict` does not.
 *
 * Spec: XML Schema 1.0 part 1, 3.10 (wildcards), 3.4.7 (anyType).
 */
export class AnyContent {
  /** Findings of names that are not known: one for each name, however often it is met. */
  private readonly unknownNames = {
    attribute: new Map<ExpandedName, Finding>(),
    element: new Map<ExpandedName, Finding>(),
    leftOut: new Map<ExpandedName, Finding>(),
  }
  /** How deep signatures are nested just now. */
  private depth = 0

  constructor(private readonly walk: Walk) {}

  /** A finding for an attribute or element that is not known here. */
  unknown(kind: 'attribute' | 'element', node: number, name: ExpandedName, breaks: ReleaseSet = allReleases): void {
    const known = this.unknownNames[kind]
    let found = known.get(name)
    if (found === undefined) known.set(name, (found = hereUnknown(kind, name)))
    this.walk.findings.add(node, breaks === allReleases ? found : { ...found, breaks })
  }

  /** A finding for an element that is not known here, and that no model holds. */
  leftOut(node: number, name: ExpandedName): void {
    let found = this.unknownNames.leftOut.get(name)
    if (found === undefined) {
      const { rule, message } = hereUnknown('element', name)
      this.unknownNames.leftOut.set(name, (found = finding(rule, `${message}; it is left out`)))
    }
    this.walk.findings.add(node, found)
  }

  /** An element that is declared, but may hold anything. */
  inside(node: number): void {
    const { tape } = this.walk
    if (!this.attributes(node)) this.nodes(node + 1, tape.next(node))
  }

  /** An element that may be anything, with all that is inside it. */
  lax(node: number): void {
    this.nodes(node, this.walk.tape.next(node))
  }

  /** An element that must be known by the schema. */
  strict(node: number, breaks: ReleaseSet = allReleases): void {
    if (this.known(node)) return
    const message = 'holds an element that no schema describes'
    this.walk.findings.add(node, { rule: 'GRAMMAR-EXTENSION', message, breaks })
    this.lax(node)
  }

  private nodes(from: number, end: number): void {
    const { tape } = this.walk
    for (let node = from; node < end;) {
      if (tape.kind(node) !== nodeKind.element) node++
      else if (this.known(node)) node = tape.next(node)
      else {
        node = tape.attributeCount(node) > 0 && this.attributes(node) ? tape.next(node) : node + 1
      }
    }
  }

  /** Checks an element that is known wherever it stands; false for any other. */
  private known(node: number): boolean {
    const { tape, namespace: ofElmo, findings } = this.walk
    const { namespace, localName } = tape.name(node)
    if (namespace === namespaces.ds) {
      const element = own(dsElements, localName)
      if (element === undefined || element.local) return false
      this.signature(node, element)
      return true
    }
    const { scope } = findings
    if (namespace === ofElmo && localName === 'elmo') {
      findings.scope &= releasesOfNamespace(ofElmo)
      this.walk.check(node, rootRow.shape)
    } else if (namespace === namespaces.address && addressNames.has(localName)) {
      findings.scope &= withAddress
      this.walk.check(node, shapeOf('FlexibleAddress'))
    } else return false
    findings.scope = scope
    return true
  }

  /**
   * Attributes of an element that may have any: those that the schema knows must be right. True when one of them says
   * which type the element is of; then it was checked by that type, with all that is inside.
   */
  attributes(node: number): boolean {
    const { tape } = this.walk
    const first = tape.firstAttribute(node)
    let isTyped = false
    for (let attribute = first; attribute < first + tape.attributeCount(node); attribute++) {
      const { namespace, localName } = tape.attributeName(attribute)
      if (namespace === namespaces.xml) this.xmlAttribute(node, attribute)
      if (namespace === namespaces.xsi && localName === 'type') isTyped = this.claimed(node, attribute)
    }
    return isTyped
  }

  /** `xml:lang`, `xml:space` or `xml:base`, checked; false for any other attribute. */
  xmlAttribute(node: number, attribute: number): boolean {
    const { tape, findings } = this.walk
    const { namespace, localName } = tape.attributeName(attribute)
    const type = namespace === namespaces.xml ? own(xmlAttributes, localName) : undefined
    if (type === undefined) return false
    const wrong = checkSimpleType(simpleTypes[type], collapse(tape.attributeValue(attribute)))
    if (wrong !== undefined) findings.add(node, wrong, localName)
    return true
  }

  /** Checks an element that may be of any type by the one that it claims; false when that type is not known here. */
  claimed(node: number, attribute: number): boolean {
    const { findings, namespace: ofElmo, prefixes } = this.walk
    prefixes.enter(node)
    const { namespace = '', localName } = this.typeNamed(attribute)
    prefixes.leave(node)
    const { type, known } = claimedType(namespace, localName, ofElmo)
    if (known !== allReleases) findings.add(node, wrongType(allReleases & ~known))
    if (type === undefined) return false
    const { scope } = findings
    findings.scope &= known
    this.walk.check(node, shapeOf(type))
    findings.scope = scope
    return true
  }

  /** What `xsi:type` names, by the prefixes in force. */
  typeNamed(attribute: number): { readonly namespace?: string; readonly localName: string } {
    const name = collapse(this.walk.tape.attributeValue(attribute))
    const colon = name.indexOf(':')
    const prefix = colon < 0 ? '' : name.slice(0, colon)
    const namespace = this.walk.prefixes.uriOf(prefix) ?? (prefix === '' ? '' : undefined)
    return { namespace, localName: name.slice(colon + 1) }
  }

  /** An element of XML Signature, by its own grammar. */
  signature(node: number, element: DsElement): void {
    if (++this.depth > deepest) throw tooDeep(this.walk.tape, node)
    this.walk.prefixes.enter(node)
    this.signatureAttributes(node, element)
    if (element.text !== undefined) this.signatureText(node, element.text)
    else this.signatureChildren(node, element)
    this.walk.prefixes.leave(node)
    this.depth--
  }

  private signatureAttributes(node: number, { attributes = {}, required }: DsElement): void {
    const { tape, findings } = this.walk
    const first = tape.firstAttribute(node)
    let isMissing = required !== undefined
    for (let attribute = first; attribute < first + tape.attributeCount(node); attribute++) {
      const name = tape.attributeName(attribute)
      const type = name.namespace === '' ? own(attributes, name.localName) : undefined
      if (type !== undefined) {
        const wrong = checkSimpleType(simpleTypes[type], collapse(tape.attributeValue(attribute)))
        if (wrong !== undefined) findings.add(node, wrong, name.localName)
        if (name.localName === required) isMissing = false
      } else if (name.namespace !== namespaces.xsi) this.unknown('attribute', node, name)
      else if (name.localName === 'nil') findings.add(node, nilled)
      else if (!isSchemaHint(name.localName)) this.unknown('attribute', node, name)
    }
    if (isMissing) findings.add(node, finding('GRAMMAR-MISSING', `the attribute "${required}" is missing`))
  }

  private signatureText(node: number, type: SimpleTypeName): void {
    const { tape, findings } = this.walk
    let value = ''
    for (let child = node + 1; child < tape.next(node);) {
      if (tape.kind(child) === nodeKind.element) {
        this.unknown('element', child, tape.name(child))
        child = tape.next(child)
        continue
      }
      if (tape.kind(child) !== nodeKind.comment) value += tape.text(child)
      child++
    }
    const wrong = checkSimpleType(simpleTypes[type], type === 'string' ? value : collapse(value))
    if (wrong !== undefined) findings.add(node, wrong)
  }

  private signatureChildren(node: number, element: DsElement): void {
    const { tape, findings } = this.walk
    const takesAny = element.content?.source === '^'
    let names = ''
    for (let child = node + 1; child < tape.next(node);) {
      const kind = tape.kind(child)
      if (kind !== nodeKind.element) {
        if (!element.mixed && kind !== nodeKind.comment && !tape.isSpace(child)) findings.add(node, text)
        child++
        continue
      }
      const name = tape.name(child)
      const known = name.namespace === namespaces.ds ? own(dsElements, name.localName) : undefined
      if (!takesAny)
        names += `${name.namespace === namespaces.ds ? name.localName : name.namespace === '' ? '?' : '#'} `
      if (known !== undefined && !takesAny) this.signature(child, known)
      else if (element.strict) this.strict(child)
      else this.lax(child)
      child = tape.next(child)
    }
    if (element.content?.test(names) !== true) {
      const message = `the elements inside "${tape.name(node).localName}" are not those of XML Signature, or not in its order`
      findings.add(node, finding('GRAMMAR-SIGNATURE', message))
    }
  }
}
