import type { ElmoLimits } from './limits.js'
export interface XmlAttribute {
  readonly name: string
  readonly localName: string
  readonly namespace: string
  readonly value: string
}
export interface XmlElement {
  readonly name: string
  readonly localName: string
  /** '' when in no namespace. */
  readonly namespace: string
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[]
  /** Namespace declarations written on this element: prefix ('' = default) to URI. */
  readonly declarations: ReadonlyMap<string, string>
  /** Elements and text in order; adjacent text, CDATA and references are one string. Comments are left out. */
  readonly children: readonly (XmlElement | string)[]
  /** 1-based, of the start tag. */
  readonly line: number
  readonly column: number
  /** Byte offsets of the element in the source: from '<' of the start tag to behind '>' of the end tag. */
  readonly start: number
  readonly end: number
}
export interface XmlDocument {
  readonly root: XmlElement
  readonly nodes: number
  readonly comments: number
}
/** Strict, namespace-well-formed XML in UTF-8; DOCTYPE, processing instructions and other entities are refused. @throws {ElmoError} */
export function parseXml(bytes: Uint8Array, limits?: Partial<ElmoLimits>): XmlDocument {
  throw new Error('not built yet')
}
