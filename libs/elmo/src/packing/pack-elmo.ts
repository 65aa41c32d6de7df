import { promisify } from 'node:util'
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib'
import { Base64Writer } from './base64-writer.js'
import { deflateOptions, deflatePieces } from './deflate-pieces.js'

const deflateRawInThread = promisify(deflateRaw)

/**
 * The value of the form field `elmo`: base64, on one line and with padding, of gzip of the document. Strict decoders
 * among the peers open nothing else.
 *
 * The file is one member without name and time, so the same document gives the same value (with one release of zlib).
 * What will not shrink further, such as attachments, is not searched for repetitions. Takes the calling thread for about
 * 1 ms for each MB of a transcript and 6 ms for each MB of attachments; from 10 MB on `packElmoAsync` lets others work.
 *
 * Spec: EMREX implementation guide, "The EMREX response"; RFC 1952; RFC 4648, 4.
 */
export function packElmo(xml: Uint8Array): string {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const pieces = deflatePieces(bytes)
  const text = new Base64Writer()
  text.add(header)
  pieces.forEach((piece, index) => {
    const options = deflateOptions(piece, index === pieces.length - 1)
    text.add(deflateRawSync(bytes.subarray(piece.start, piece.end), options))
  })
  text.add(trailerOf(bytes))
  return text.end()
}

/**
 * As `packElmo`, with the same result; the work is done in the threads of zlib, several at a time, and other work of the
 * process goes on. The bytes must not change until it is done.
 *
 * Spec: as packElmo.
 */
export async function packElmoAsync(xml: Uint8Array): Promise<string> {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const pieces = deflatePieces(bytes)
  const deflated = pieces.map((piece, index) =>
    deflateRawInThread(bytes.subarray(piece.start, piece.end), deflateOptions(piece, index === pieces.length - 1)),
  )
  const text = new Base64Writer()
  text.add(header)
  for (const piece of await Promise.all(deflated)) text.add(piece)
  text.add(trailerOf(bytes))
  return text.end()
}

/** Spec: RFC 1952, 2.3: deflate, no flags, no time, no hints, unknown system. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])

/** Checksum and length. */
function trailerOf(bytes: Buffer): Buffer {
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(bytes), 0)
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4)
  return trailer
}
