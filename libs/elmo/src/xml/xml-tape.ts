/** What a node of a tape is. Text between two pieces of markup is one node; CDATA is a node of its own. */
export const nodeKind = { element: 0, text: 1, cdata: 2, comment: 3 } as const
export type NodeKind = (typeof nodeKind)[keyof typeof nodeKind]

/** A name with its namespace; one object, and one `id`, for each in a document. */
export interface ExpandedName {
  /** 0, 1, 2, … in the order in which they were met. */
  readonly id: number
  readonly localName: string
  /** '' for none. */
  readonly namespace: string
}

/**
 * A document that was found to be strict, namespace-well-formed XML, as a list of nodes in document order. A node is a
 * number; its facts stand in columns, and offsets point into the bytes, so that a document costs a few integers for each
 * node and its texts are not copied. Whoever reads, validates or canonicalises walks this list.
 *
 * The children of element `n` are `n + 1`, then `next(child)`, as long as the child is below `next(n)`.
 */
export interface XmlTape {
  readonly bytes: Buffer
  /** How many nodes there are; node 0 is the root element, or a comment before it. */
  readonly length: number
  readonly root: number
  readonly comments: number

  kind(node: number): NodeKind
  /** Of an element. */
  name(node: number): ExpandedName
  /** The name as written, with its prefix. */
  writtenName(node: number): string
  /** The node behind this one and all that is in it. */
  next(node: number): number
  /** Byte offset where the node begins: '<' of an element, comment or CDATA section; first byte of a text. */
  start(node: number): number
  /** Byte offset behind the node, the end tag of an element included. */
  end(node: number): number
  /** Byte offset behind '>' of an element's start tag. */
  contentStart(node: number): number
  /** Whether the element was written as `<name/>`. */
  isSelfClosing(node: number): boolean
  /** Text or CDATA: what it stands for, references and line ends resolved. */
  text(node: number): string
  /** Text or CDATA: whether it is white space alone. */
  isSpace(node: number): boolean
  /** Bytes of a text or CDATA section as written, markup excluded: tells long texts without making a string of them. */
  textBytes(node: number): number

  /** Attributes of an element, namespace declarations left out: numbers from `firstAttribute` on. */
  firstAttribute(node: number): number
  attributeCount(node: number): number
  attributeName(attribute: number): ExpandedName
  attributeWrittenName(attribute: number): string
  /** References resolved, written white space as blanks. */
  attributeValue(attribute: number): string

  /** Namespace declarations written on an element: numbers from `firstDeclaration` on. */
  firstDeclaration(node: number): number
  declarationCount(node: number): number
  /** '' for the default namespace. */
  declarationPrefix(declaration: number): string
  declarationUri(declaration: number): string

  /** 1-based line, and column in bytes, of an offset. */
  locate(offset: number): { readonly line: number; readonly column: number }
}
