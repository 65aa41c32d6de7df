import { ExclusiveCanonicalization, type NamespacePrefix } from 'xml-crypto'

interface Named {
  readonly prefix: string
}

interface NamedAttribute {
  readonly namespaceURI?: string | null
  readonly localName: string
}

const compare = (a: string, b: string): 1 | 0 | -1 => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Exclusive canonicalisation without comments, corrected where xml-crypto orders prefixes by the language of the machine,
 * and where it takes the context of the first SignedInfo of the document for that of another. `around` are the namespaces
 * in scope where SignedInfo stands; they count only for a prefix list.
 *
 * Spec: Exclusive XML Canonicalization 1.0.
 */
export function exclusiveCanonicalization(around: readonly NamespacePrefix[]): new () => ExclusiveCanonicalization {
  return class extends ExclusiveCanonicalization {
    override nsCompare = (a: Named, b: Named) => compare(a.prefix, b.prefix)
    override attrCompare = (a: NamedAttribute, b: NamedAttribute) =>
      compare(a.namespaceURI ?? '', b.namespaceURI ?? '') || compare(a.localName, b.localName)
    override process(...[node, options]: Parameters<ExclusiveCanonicalization['process']>): string {
      const isSignedInfo = (node as unknown as NamedAttribute).localName === 'SignedInfo'
      return super.process(node, isSignedInfo ? { ...options, ancestorNamespaces: [...around] } : options)
    }
  }
}
