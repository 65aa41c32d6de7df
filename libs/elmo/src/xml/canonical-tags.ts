import type { ByteOutput } from './byte-output.js'
import { compareText } from './compare-text.js'
import { escapeAttribute } from './escape-xml.js'
import { nodeFlag, type ScannedXml } from './scanned-xml.js'
import { splitName, xmlNamespace } from './xml-names.js'
import { nodeKind } from './xml-tape.js'

interface Left {
  readonly node: number
  /** What the prefixes stood for outside the element. */
  readonly inScope: readonly (readonly [string, string | undefined])[]
  readonly rendered: readonly (readonly [string, string | undefined])[]
}

/**
 * Start tags in canonical form. It knows which namespaces are in force and which of them the output says already.
 * Spec: Canonical XML 1.0, 2.3; Exclusive XML Canonicalization 1.0, 3.
 */
export class CanonicalTags {
  readonly #inScope = new Map<string, string>([['', '']])
  readonly #rendered = new Map<string, string>([['', '']])
  readonly #left: Left[] = []
  readonly #inclusivePrefixes: ReadonlySet<string>
  readonly #isExclusive: boolean
  readonly #inherited: readonly (readonly [string, string])[]
  /** Whether the last element that was looked at changed what is in force or said, so that its end must be known. */
  mustLeave = false

  constructor(
    private readonly tape: ScannedXml,
    private readonly apex: number,
    private readonly out: ByteOutput,
    prefixes: readonly string[] | undefined,
  ) {
    this.#isExclusive = prefixes !== undefined
    this.#inclusivePrefixes = new Set(prefixes)
    const around = ancestorsOf(tape, apex)
    for (const ancestor of around) for (const [prefix, uri] of this.#declared(ancestor)) this.#inScope.set(prefix, uri)
    this.#inherited = this.#isExclusive ? [] : xmlAttributesOf(tape, around)
  }

  /** Whether the start tag is to be written; else it stands in the document as canonical form has it. */
  isToBeWritten(node: number, flags: number): boolean {
    const declares = this.tape.declarationCount(node) > 0
    this.mustLeave = false
    // Below the first element of inclusive form, all that is in force outside an element was said by those around it.
    if (!this.#isExclusive && node !== this.apex && !declares) return (flags & nodeFlag.uncanonical) !== 0
    return this.#enter(node, flags)
  }

  #toWrite: readonly (readonly [string, string])[] = []

  #enter(node: number, flags: number): boolean {
    const inScope: (readonly [string, string | undefined])[] = []
    for (const [prefix, uri] of this.#declared(node)) {
      inScope.push([prefix, this.#inScope.get(prefix)])
      this.#inScope.set(prefix, uri)
    }
    const rendered: (readonly [string, string | undefined])[] = []
    const toWrite: (readonly [string, string])[] = []
    for (const prefix of this.#prefixesToRender(node)) {
      const uri = this.#inScope.get(prefix) ?? ''
      const said = this.#rendered.get(prefix)
      if (prefix === 'xml' || uri === said || (uri === '' && (said ?? '') === '')) continue
      rendered.push([prefix, said])
      this.#rendered.set(prefix, uri)
      toWrite.push([prefix, uri])
    }
    this.#toWrite = toWrite.sort(([a], [b]) => compareText(a, b))
    this.mustLeave = inScope.length > 0 || rendered.length > 0
    if (this.mustLeave) this.#left.push({ node, inScope, rendered })
    // The root has nothing around it that it could take anything from.
    const isInside = node !== this.apex || node === this.tape.root
    const isAsWritten = !this.#isExclusive && isInside && (flags & nodeFlag.uncanonical) === 0
    return (
      !isAsWritten &&
      (flags !== nodeKind.element ||
        this.tape.declarationCount(node) > 0 ||
        toWrite.length > 0 ||
        this.#isInheriting(node))
    )
  }

  #isInheriting(node: number): boolean {
    return node === this.apex && this.#inherited.length > 0
  }

  /** Takes back what the element declared. */
  leave(node: number): void {
    if (this.#left.at(-1)?.node !== node) return
    const { inScope, rendered } = this.#left.pop()!
    restore(this.#inScope, inScope)
    restore(this.#rendered, rendered)
  }

  /** Writes the start tag that was asked about last. */
  write(node: number): void {
    const { tape, out } = this
    out.text(`<${tape.writtenName(node)}`)
    const entered = this.mustLeave || this.#isExclusive || node === this.apex
    for (const [prefix, uri] of entered ? this.#toWrite : []) {
      out.text(` xmlns${prefix && ':'}${prefix}="${escapeAttribute(uri)}"`)
    }
    for (const [name, value] of this.#attributes(node)) out.text(` ${name}="${escapeAttribute(value)}"`)
    out.text('>')
  }

  #attributes(node: number): (readonly [string, string])[] {
    const { tape } = this
    const first = tape.firstAttribute(node)
    const own = Array.from({ length: tape.attributeCount(node) }, (_, i) => {
      const { namespace, localName } = tape.attributeName(first + i)
      return { namespace, localName, name: tape.attributeWrittenName(first + i), value: tape.attributeValue(first + i) }
    })
    const names = new Set(own.map(({ name }) => name))
    const inherited = (node === this.apex ? this.#inherited : [])
      .filter(([name]) => !names.has(name))
      .map(([name, value]) => ({ namespace: xmlNamespace, localName: splitName(name).localName, name, value }))
    return [...own, ...inherited]
      .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.localName, b.localName))
      .map(({ name, value }) => [name, value] as const)
  }

  *#prefixesToRender(node: number): Iterable<string> {
    if (!this.#isExclusive) {
      if (node === this.apex) yield* this.#inScope.keys()
      else for (const [prefix] of this.#declared(node)) yield prefix
      return
    }
    const used = new Set([splitName(this.tape.writtenName(node)).prefix])
    const first = this.tape.firstAttribute(node)
    for (let i = 0; i < this.tape.attributeCount(node); i++) {
      const { prefix } = splitName(this.tape.attributeWrittenName(first + i))
      if (prefix !== '') used.add(prefix)
    }
    if (node === this.apex) for (const prefix of this.#inclusivePrefixes) used.add(prefix)
    else for (const [prefix] of this.#declared(node)) if (this.#inclusivePrefixes.has(prefix)) used.add(prefix)
    yield* used
  }

  *#declared(node: number): Iterable<readonly [string, string]> {
    const first = this.tape.firstDeclaration(node)
    for (let i = 0; i < this.tape.declarationCount(node); i++) {
      yield [this.tape.declarationPrefix(first + i), this.tape.declarationUri(first + i)]
    }
  }
}

function restore(map: Map<string, string>, before: readonly (readonly [string, string | undefined])[]): void {
  for (const [prefix, uri] of before) {
    if (uri === undefined) map.delete(prefix)
    else map.set(prefix, uri)
  }
}

/** The elements around a node, outermost first. */
function ancestorsOf(tape: ScannedXml, node: number): number[] {
  const found: number[] = []
  for (let at = tape.root; at < node;) {
    if (tape.kind(at) === nodeKind.element && tape.next(at) > node) {
      found.push(at)
      at++
    } else at = tape.next(at)
  }
  return found
}

/** The nearest of each `xml:` attribute around an element. */
function xmlAttributesOf(tape: ScannedXml, around: readonly number[]): (readonly [string, string])[] {
  const nearest = new Map<string, string>()
  for (const node of around) {
    const first = tape.firstAttribute(node)
    for (let i = first; i < first + tape.attributeCount(node); i++) {
      if (tape.attributeName(i).namespace === xmlNamespace) {
        nearest.set(tape.attributeWrittenName(i), tape.attributeValue(i))
      }
    }
  }
  return [...nearest]
}
