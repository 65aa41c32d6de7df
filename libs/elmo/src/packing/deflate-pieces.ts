import { constants, deflateRawSync, type ZlibOptions } from 'node:zlib'

/** A part of a document that is deflated by itself, and how. */
export interface DeflatePiece {
  readonly start: number
  readonly end: number
  /** `search` looks for repetitions; `alphabet` only gives frequent characters shorter codes. */
  readonly method: 'search' | 'alphabet'
}

// Measured on transcripts: a fifth larger than at level 6, in less than a third of its time.
const search: ZlibOptions = { level: 3 }
const alphabet: ZlibOptions = { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 }

const KiB = 1024
/** A text from this length on is looked at by itself. */
const longText = 32 * KiB
/** Pieces are deflated in threads; none takes long. */
const longestPiece = 4096 * KiB
const sampleBytes = 4 * KiB
/** How much smaller a search for repetitions must make the samples of a long text to be worth its time. */
const worthwhile = 0.95

/**
 * Cuts a document where its nature changes. A long text without markup, as an attachment is, gets the method `alphabet`
 * when samples of it hardly shrink by a search for repetitions: that is so for base64 of what is compressed already, such
 * as a PDF, and the search takes three times as long for the same result. All else gets the method `search`.
 */
export function deflatePieces(bytes: Buffer): DeflatePiece[] {
  const pieces: DeflatePiece[] = []
  let done = 0
  for (let probe = longText / 2; probe < bytes.length; probe += longText / 2) {
    const markup = bytes.indexOf(0x3c, probe)
    const end = markup < 0 ? bytes.length : markup
    // Every long text has a place where half of it is still to come.
    if (end - probe < longText / 2) continue
    const start = done + bytes.subarray(done, probe).lastIndexOf(0x3e) + 1
    if (end - start >= longText && !shrinks(bytes.subarray(start, end))) {
      pieces.push(...cut(done, start, 'search'), ...cut(start, end, 'alphabet'))
      done = end
    }
    probe = end
  }
  pieces.push(...cut(done, bytes.length, 'search'))
  return pieces.length > 0 ? pieces : [{ start: 0, end: 0, method: 'search' }]
}

/** The options for zlib; all pieces but the last end on a whole byte, so that their results can be joined. */
export function deflateOptions({ start, end, method }: DeflatePiece, isLast: boolean): ZlibOptions {
  return {
    ...(method === 'search' ? search : alphabet),
    finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    chunkSize: end - start < 64 * KiB ? constants.Z_DEFAULT_CHUNK : 256 * KiB,
  }
}

function cut(start: number, end: number, method: DeflatePiece['method']): DeflatePiece[] {
  return Array.from({ length: Math.ceil((end - start) / longestPiece) }, (_, index) => {
    const from = start + index * longestPiece
    return { start: from, end: Math.min(from + longestPiece, end), method }
  })
}

function shrinks(text: Buffer): boolean {
  const samples = Buffer.concat(
    [0.25, 0.5, 0.75].map((part) => {
      const at = Math.floor(text.length * part) - sampleBytes / 2
      return text.subarray(at, at + sampleBytes)
    }),
  )
  return deflateRawSync(samples, search).length < worthwhile * deflateRawSync(samples, alphabet).length
}
