import { createInflateRaw, inflateRawSync } from 'node:zlib'
import { ElmoError } from '../elmo-error.js'

/** Deflated bytes to be inflated, and how many bytes will probably come out, and may. */
export interface Inflation {
  readonly deflated: Buffer
  readonly likelyLength: number
  readonly maxOutputLength: number
}

export interface Inflated {
  readonly buffer: Buffer
  /** How many of the deflated bytes were taken. */
  readonly bytesWritten: number
}

/**
 * Work that pauses, to let others have the processor or to have something inflated: it yields what it wants inflated, or
 * nothing, and is given the answer.
 */
export type InflatingSteps<T> = Generator<Inflation | undefined, T, Inflated | undefined>

/** With `info` the library answers an object, which its types do not say. */
interface Answer {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

const chunkBytes = 256 * 1024

const optionsOf = ({ maxOutputLength }: Inflation) => ({
  info: true,
  // An empty document needs room for one byte too: the library takes no limit of zero.
  maxOutputLength: Math.max(1, maxOutputLength),
  chunkSize: chunkBytes,
})

const inflatedOf = (answer: Answer): Inflated => ({
  buffer: answer.buffer,
  bytesWritten: answer.engine.bytesWritten,
})

/** Inflates here and now, and goes on with the answer or with the refusal. */
export function inflateNow<T>(inflation: Inflation, steps: InflatingSteps<T>): ReturnType<InflatingSteps<T>['next']> {
  let answer: Answer
  try {
    answer = inflateRawSync(inflation.deflated, optionsOf(inflation)) as unknown as Answer
  } catch (error) {
    return steps.throw(refusal(error, inflation))
  }
  return steps.next(inflatedOf(answer))
}

/** Inflates beside the main thread, and goes on with the answer or with the refusal. */
export async function inflateBeside<T>(
  inflation: Inflation,
  steps: InflatingSteps<T>,
): Promise<ReturnType<InflatingSteps<T>['next']>> {
  let inflated: Inflated
  try {
    inflated = await inflatePieceByPiece(inflation)
  } catch (error) {
    return steps.throw(refusal(error, inflation))
  }
  return steps.next(inflated)
}

/** Each piece is put where it belongs as it comes: joining them in the end would take as much memory again, and its time. */
async function inflatePieceByPiece({ deflated, likelyLength, maxOutputLength }: Inflation): Promise<Inflated> {
  let buffer: Buffer = Buffer.allocUnsafe(Math.min(likelyLength, maxOutputLength))
  let length = 0
  const stream = createInflateRaw({ chunkSize: chunkBytes })
  stream.end(deflated)
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (length + piece.length > maxOutputLength) throw tooLarge(maxOutputLength)
    if (length + piece.length > buffer.length) buffer = withRoom(buffer, length + piece.length, maxOutputLength)
    length += piece.copy(buffer, length)
  }
  // Room that nothing came for is not held on to.
  if (length < buffer.length) buffer = Buffer.from(buffer.subarray(0, length))
  return { buffer, bytesWritten: stream.bytesWritten }
}

function withRoom(buffer: Buffer, length: number, most: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(most, 2 * length))
  buffer.copy(larger)
  return larger
}

function refusal(error: unknown, { maxOutputLength }: Inflation): ElmoError {
  if (error instanceof ElmoError) return error
  if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(maxOutputLength)
  return damaged('its data cannot be inflated')
}

export const damaged = (why: string): ElmoError => new ElmoError('ELMO_PACKING', `The gzip file is damaged: ${why}.`)

const tooLarge = (maxOutputLength: number): ElmoError =>
  new ElmoError('ELMO_TOO_LARGE', `The document inflates to more than ${maxOutputLength} bytes.`)
