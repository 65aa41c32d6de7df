import { checkSource, dataUri, type AttachmentSource, type AttachmentSources } from './attachment-source.js'
import { ElmoError } from '../elmo-error.js'
import { joinPieces } from './join-pieces.js'
import { defaultRelease } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { writing, type WriteOptions } from './write-elmo.js'

export interface WriteChunksOptions extends WriteOptions {
  readonly attachmentSources?: AttachmentSources
}

/** Characters of a text that are encoded at a time. */
const sliceLength = 65_536

function* slices(text: string): Generator<Uint8Array> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + sliceLength, text.length)
    // Not through the middle of a character that takes two places.
    if (to < text.length && (text.codePointAt(to - 1) as number) > 0xffff) to++
    yield joinPieces([text.slice(from, to)]).bytes
    from = to
  }
}

async function* chunksOf(pieces: readonly (Uint8Array | string | AttachmentSource)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield* slices(piece)
    // A copy, which is the caller's.
    else if (ArrayBuffer.isView(piece)) yield new Uint8Array(piece)
    else yield* dataUri(piece)
  }
}

/**
 * Writes the document as `writeElmo` does, in chunks, with attachments read from their sources while they are written:
 * memory holds the model, the texts of its structure and one chunk, however large the attachments are.
 *
 * The model is checked before this returns. Each iteration opens the sources anew; an error of a source comes out of
 * the iteration as it is. How large the document becomes is for the caller to know: a reader takes 64 MiB by default.
 *
 * Spec: ELMO schema.xsd of the release; RFC 2397.
 * @throws {ElmoError} ELMO_INVALID as `writeElmo`; also when a source belongs to no attachment of the document, when an
 * attachment has content and a source, or when a source names no media type
 */
export function writeElmoChunks(elmo: Elmo, options: WriteChunksOptions = {}): AsyncIterable<Uint8Array> {
  const { release = defaultRelease, attachmentSources: sources = new Map() as AttachmentSources } = options
  const { pieces } = writing<AttachmentSource>(elmo, release, (content) => sources.get(content))
  for (const [content, source] of sources) checkSource(content, source)
  const used = new Set<unknown>(pieces)
  if ([...sources.values()].some((source) => !used.has(source))) {
    throw new ElmoError('ELMO_INVALID', 'a source belongs to no attachment of the document')
  }
  return { [Symbol.asyncIterator]: () => chunksOf(pieces) }
}
