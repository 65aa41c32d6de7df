import { promisify } from 'node:util'
import { inflateRaw, inflateRawSync } from 'node:zlib'
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

/** Where less is announced, room is taken in pieces of this size: nobody makes us take many tiny ones. */
const leastRoom = 16 * 1024

/**
 * As much room as is announced, and a byte to see that nothing follows: then all comes out in one piece, at half the time of
 * several that are joined. What is announced is nobody's limit, and takes no more room than the limit allows.
 */
const roomFor = ({ likelyLength, maxOutputLength }: Inflation): number =>
  Math.max(leastRoom, Math.min(likelyLength, maxOutputLength) + 1)

const optionsOf = (inflation: Inflation) => ({
  info: true,
  // An empty document needs room for one byte too: the library takes no limit of zero.
  maxOutputLength: Math.max(1, inflation.maxOutputLength),
  chunkSize: roomFor(inflation),
})

function inflatedOf(answer: unknown, inflation: Inflation): Inflated {
  const { buffer, engine } = answer as Answer
  // Room that nothing came for is not held on to.
  const isRoomy = roomFor(inflation) - buffer.length > leastRoom
  return { buffer: isRoomy ? Buffer.from(buffer) : buffer, bytesWritten: engine.bytesWritten }
}

/** Inflates here and now, and goes on with the answer or with the refusal. */
export function inflateNow<T>(inflation: Inflation, steps: InflatingSteps<T>): ReturnType<InflatingSteps<T>['next']> {
  let inflated: Inflated
  try {
    inflated = inflatedOf(inflateRawSync(inflation.deflated, optionsOf(inflation)), inflation)
  } catch (error) {
    return steps.throw(refusal(error, inflation))
  }
  return steps.next(inflated)
}

/** Up to so many bytes, another thread costs more time than it saves. */
const inflatedAtOnce = 1024 * 1024
/** So few that nobody waits long, whatever they are: made to be slow, with nothing in them, a KB can take 0.3 ms. */
const deflatedAtOnce = 48 * 1024

/**
 * Inflates beside the main thread, or at once what is small, and goes on with the answer or with the refusal. What was
 * announced as small and is not goes to the other thread after all.
 */
export async function inflateInTurn<T>(
  inflation: Inflation,
  steps: InflatingSteps<T>,
): Promise<ReturnType<InflatingSteps<T>['next']>> {
  let inflated: Inflated
  try {
    inflated =
      inflateSmall(inflation) ?? inflatedOf(await inflateInThread(inflation.deflated, optionsOf(inflation)), inflation)
  } catch (error) {
    return steps.throw(refusal(error, inflation))
  }
  return steps.next(inflated)
}

const inflateInThread = promisify(inflateRaw)

function inflateSmall(inflation: Inflation): Inflated | undefined {
  const { deflated, likelyLength, maxOutputLength } = inflation
  if (deflated.length > deflatedAtOnce || likelyLength > inflatedAtOnce) return undefined
  const most = Math.min(maxOutputLength, inflatedAtOnce)
  try {
    return inflatedOf(inflateRawSync(deflated, optionsOf({ ...inflation, maxOutputLength: most })), inflation)
  } catch (error) {
    if (isTooLarge(error) && most < maxOutputLength) return undefined
    throw error
  }
}

const isTooLarge = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'

function refusal(error: unknown, { maxOutputLength }: Inflation): ElmoError {
  if (isTooLarge(error)) return tooLarge(maxOutputLength)
  return damaged('its data cannot be inflated')
}

export const damaged = (why: string): ElmoError => new ElmoError('ELMO_PACKING', `The gzip file is damaged: ${why}.`)

const tooLarge = (maxOutputLength: number): ElmoError =>
  new ElmoError('ELMO_TOO_LARGE', `The document inflates to more than ${maxOutputLength} bytes.`)
