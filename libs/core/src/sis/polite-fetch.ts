import { Places } from './places.js'

/** How a system wants to be asked, where it says so; none publishes limits. */
export interface Pace {
  /** Between the beginnings of two requests. */
  readonly minIntervalMs: number
  readonly maxParallel: number
}

/** The same `fetch` at a pace: at most so many requests at a time, and so much time between two. Waiting ends with the signal. */
export function politeFetch(fetch: typeof globalThis.fetch, { minIntervalMs, maxParallel }: Pace): typeof fetch {
  const places = new Places(maxParallel)
  let nextStart = 0
  return (input, init) =>
    places.with(init?.signal ?? undefined, async () => {
      const wait = nextStart - Date.now()
      nextStart = Math.max(Date.now(), nextStart) + minIntervalMs
      if (wait > 0) await pause(wait, init?.signal ?? undefined)
      return fetch(input, init)
    })
}

/** @throws the reason of the signal */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error)
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    const stop = () => {
      clearTimeout(timer)
      reject(signal!.reason as Error)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
