import { ElmoError } from '../elmo-error.js'
import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { releases, type Release } from '../grammar/releases.js'
import { rootRow } from '../grammar/shape.js'
import type { Elmo } from '../model.js'
import type { Fields } from '../document/model-fields.js'
import { ModelCopy } from './model-copy.js'

/** What the JSON says about the document that it was made from. */
export interface ElmoJsonHead {
  /** The release, where it is known: a document does not say which one it is. */
  readonly elmo: Release | null
  /** The namespace of the root element; '' for none. */
  readonly namespace: string
}

/** A document as plain JSON: its head and the model. */
export type ElmoJson = ElmoJsonHead & Elmo

const isRelease = (value: unknown): boolean => value === null || releases.some((release) => release === value)

function refuse(copy: ModelCopy): void {
  const { problems } = copy
  if (problems.length === 0) return
  const message = `this is no ELMO document as JSON, in ${problems.length} places; the first: ${problems[0]?.message}`
  throw new ElmoError('ELMO_INVALID', message, { path: problems[0]?.path, problems })
}

/**
 * The document as plain JSON: names as in XML, wrappers left out, what may be repeated always a list, decimals and dates
 * as the text they were written as, extensions, introductions and signatures as XML text. Absent is absent, never null.
 * `JSON.stringify` may be given the result; the model is not changed, and shares no object with it.
 *
 * @throws {ElmoError} ELMO_INVALID when the model is not what its types say; `path` is a JSON pointer
 */
export function toJson(
  elmo: Elmo,
  head: { readonly release?: Release | null; readonly namespace?: string } = {},
): ElmoJson {
  const { release = null, namespace = release === null ? '' : elmoNamespace(release) } = head
  const copy = new ModelCopy()
  const model = copy.root(rootRow.shape, elmo)
  refuse(copy)
  return { elmo: release, namespace, ...(model as unknown as Elmo) }
}

/**
 * The model out of what `toJson` gave, or somebody else wrote: `fromJson(toJson(m))` equals `m`. What it gives has the
 * shape that its types promise; whether its values are valid in a release is for `validateElmo` to say.
 *
 * Nested at most 64 levels. Problems quote neither a value nor an unknown name.
 * @throws {ElmoError} ELMO_INVALID with every problem, and as its `path` a JSON pointer (RFC 6901): something required is
 * missing, a value has another type, a property is not known, the head is missing
 */
export function fromJson(json: unknown): Elmo {
  const copy = new ModelCopy()
  const model = copy.root(rootRow.shape, json, ['elmo', 'namespace'])
  const { elmo, namespace } = Object(json) as Fields
  if (!isRelease(elmo)) {
    copy.problems.push({
      rule: 'GRAMMAR-VALUE',
      message: `must be null or one of: ${releases.join(', ')}`,
      path: '/elmo',
    })
  }
  if (typeof namespace !== 'string') {
    copy.problems.push({ rule: 'GRAMMAR-SHAPE', message: 'must be text', path: '/namespace' })
  }
  refuse(copy)
  return model as unknown as Elmo
}
