import type { RawXml } from '../model.js'
import { escapeAttribute, escapeText } from './escape-xml.js'
import { nodeKind, type XmlTape } from './xml-tape.js'

/** The namespace of a prefix ('' = default) outside an element. */
export type Scope = (prefix: string) => string | undefined

function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(0, colon)
}

/** Prefixes that a subtree uses without declaring them itself; values that may be qualified names count too. */
function prefixesFromOutside(tape: XmlTape, root: number, scope: Scope): string[] {
  const found = new Set<string>()
  const declared = new Map<string, number>()
  const open: { readonly end: number; readonly prefixes: readonly string[] }[] = []
  const use = (prefix: string): void => {
    if (prefix !== 'xml' && (declared.get(prefix) ?? 0) === 0) found.add(prefix)
  }
  const end = tape.next(root)
  for (let node = root; node < end; node++) {
    if (tape.kind(node) !== nodeKind.element) continue
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= node) {
      for (const prefix of open.pop()?.prefixes ?? []) declared.set(prefix, (declared.get(prefix) ?? 1) - 1)
    }
    const prefixes: string[] = []
    const firstDeclaration = tape.firstDeclaration(node)
    for (let each = firstDeclaration; each < firstDeclaration + tape.declarationCount(node); each++) {
      const prefix = tape.declarationPrefix(each)
      prefixes.push(prefix)
      declared.set(prefix, (declared.get(prefix) ?? 0) + 1)
    }
    if (prefixes.length > 0) open.push({ end: tape.next(node), prefixes })
    use(prefixOf(tape.writtenName(node)))
    const firstAttribute = tape.firstAttribute(node)
    for (let each = firstAttribute; each < firstAttribute + tape.attributeCount(node); each++) {
      const name = tape.attributeWrittenName(each)
      if (name.includes(':')) use(prefixOf(name))
      const prefix = prefixOf(tape.attributeValue(each))
      if (prefix !== '' && scope(prefix) !== undefined) use(prefix)
    }
  }
  return [...found].sort()
}

/** The element as it was written, byte for byte, with every namespace declaration that it takes from outside added. */
export function rawElementOf(tape: XmlTape, node: number, scope: Scope): RawXml {
  const declarations = prefixesFromOutside(tape, node, scope).map(
    (prefix) => ` xmlns${prefix && ':'}${prefix}="${escapeAttribute(scope(prefix) ?? '')}"`,
  )
  const text = tape.bytes.toString('utf8', tape.start(node), tape.end(node))
  const behindName = 1 + tape.writtenName(node).length
  return text.slice(0, behindName) + declarations.join('') + text.slice(behindName)
}

/** The content of an element as XML text: character data escaped, elements as `rawElementOf` gives them, no comments. */
export function rawContentOf(tape: XmlTape, node: number, scope: Scope): RawXml {
  const end = tape.next(node)
  let raw = ''
  for (let child = node + 1; child < end;) {
    const kind = tape.kind(child)
    if (kind === nodeKind.element) {
      raw += rawElementOf(tape, child, scope)
      child = tape.next(child)
    } else {
      if (kind !== nodeKind.comment) raw += escapeText(tape.text(child))
      child++
    }
  }
  return raw
}
