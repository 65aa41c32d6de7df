import { constants, inflateRaw, inflateRawSync } from 'node:zlib'
import { ElmoError } from '../elmo-error.js'

/** Deflated bytes to be inflated, and how many bytes may come out. */
export interface Inflation {
  readonly deflated: Buffer
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

const optionsOf = ({ maxOutputLength }: Inflation) => ({
  info: true,
  // An empty document needs room for one byte too: the library takes no limit of zero.
  maxOutputLength: Math.max(1, maxOutputLength),
  chunkSize: 16 * constants.Z_DEFAULT_CHUNK,
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
export function inflateBeside<T>(
  inflation: Inflation,
  steps: InflatingSteps<T>,
): Promise<ReturnType<InflatingSteps<T>['next']>> {
  return new Promise<{ readonly error: Error | null; readonly answer: unknown }>((resolve) => {
    inflateRaw(inflation.deflated, optionsOf(inflation), (error, answer) => resolve({ error, answer }))
  }).then(({ error, answer }) =>
    error === null ? steps.next(inflatedOf(answer as Answer)) : steps.throw(refusal(error, inflation)),
  )
}

function refusal(error: unknown, { maxOutputLength }: Inflation): ElmoError {
  if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
    return new ElmoError('ELMO_TOO_LARGE', `The document inflates to more than ${maxOutputLength} bytes.`)
  }
  return damaged('its data cannot be inflated')
}

export const damaged = (why: string): ElmoError => new ElmoError('ELMO_PACKING', `The gzip file is damaged: ${why}.`)
