import { ElmoError } from '../elmo-error.js'
import type { AttachmentContent } from '../model.js'

/** Where the content of an attachment comes from, when it is not in the model: a file, a database, another server. */
export interface AttachmentSource {
  /** Such as `application/pdf`; parameters may follow. */
  readonly mediaType: string
  /** Opened when its turn comes, once for each writing; read to its end, or closed early when writing stops. */
  open(): AsyncIterable<Uint8Array>
}

/** For each entry of an attachment's `content` whose `value` is '': where its text comes from. */
export type AttachmentSources = ReadonlyMap<AttachmentContent, AttachmentSource>

// Spec: RFC 2045, 5.1, without what XML would have to escape.
const mediaType = /^[\w!#$+.^-]+\/[\w!#$+.^-]+(;[\w!#$+.^-]+=[\w!#$+.^-]+)*$/

/** @throws {ElmoError} ELMO_INVALID when a source has no place in a `data:` URI */
export function checkSource(content: AttachmentContent, source: AttachmentSource): void {
  if (content.value !== '') throw new ElmoError('ELMO_INVALID', 'an attachment has both a content and a source')
  if (!mediaType.test(source.mediaType)) throw new ElmoError('ELMO_INVALID', 'a source names no media type')
}

/** The bytes of a source as the text of a `data:` URI, in ASCII; holds no more than it was given last. */
export async function* dataUri(source: AttachmentSource): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`data:${source.mediaType};base64,`)
  let rest = Buffer.alloc(0)
  for await (const chunk of source.open()) {
    const bytes =
      rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk])
    // Three bytes make four characters: what is left over waits for the next chunk.
    const whole = bytes.length - (bytes.length % 3)
    rest = Buffer.from(bytes.subarray(whole))
    if (whole > 0) yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1')
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1')
}
