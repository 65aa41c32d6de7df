import type { ReleaseRange } from './releases.js'
import type { SimpleTypeName } from './simple-types.js'

/**
 * How often: exactly once, at most once, at least once, any number, or at most four times.
 */
export type Occurs = '1' | '?' | '+' | '*' | '0..4'

/**
 * Subtrees that the model keeps as XML text: the children of an element (a list), its content, or the element itself.
 * Attributes of an element whose children or content is kept stand beside it, in a property with the suffix `Attributes`.
 */
export type RawKind = 'rawChildren' | 'rawContent' | 'rawElement'

/** One line of the table: an attribute, the text or a child element of a type. Child elements stand in their order. */
export interface Row {
  /** The name in XML; with `at: 'text'` only a name for the model. */
  readonly name: string
  /** The name in the model where it is another one. */
  readonly property?: string
  readonly at?: 'attribute' | 'text'
  readonly occurs: Occurs
  /** A simple type, a type of the table or a raw kind. */
  readonly type: SimpleTypeName | RawKind | (string & {})
  readonly namespace?: 'address' | 'ds' | 'xml'
  /** The element has no place of its own in the model: its children are properties of its parent. */
  readonly inline?: true
  /** The element has no place of its own in the model: its only child stands for it. */
  readonly unwrap?: true
  /** Rows with different alternatives exclude one another. */
  readonly alternative?: string
  /** Values of a free text that the format itself names; a reader reports other spellings of them. */
  readonly predefined?: readonly string[]
  /** A `data:` URI is expected; a reader reports base64 without one. */
  readonly dataUri?: true
  /** Where only one may stand: a reader takes a second one for this text of the parent, when that is missing. */
  readonly secondIs?: string
  /** The releases that have this row, where not all do. */
  readonly in?: ReleaseRange
  /** Where a release counts differently; `occurs` is the widest of all, and the model's. */
  readonly occursIn?: Readonly<Record<ReleaseRange, Occurs>>
  /** For users of the model; a sentence. */
  readonly doc?: string
}

/** A type of the table. */
export interface ComplexType {
  /** Its name in the model; absent when it has no place of its own there. */
  readonly model?: string
  readonly doc?: string
  readonly rows: readonly Row[]
  /** Releases in which it is `xs:anyType`: elements, text and attributes of any kind; the model then keeps them as XML. */
  readonly anyIn?: ReleaseRange
}
