/** How a system wants to be asked, where it says so; none publishes limits. */
export interface Pace {
  /** Between the beginnings of two requests. */
  readonly minIntervalMs: number
  readonly maxParallel: number
}

/** The same `fetch` at a pace: at most so many requests at a time, and so much time between two. Waiting ends with the signal. */
export function politeFetch(fetch: typeof globalThis.fetch, { minIntervalMs, maxParallel }: Pace): typeof fetch {
  const waiting: (() => void)[] = []
  let running = 0
  let nextStart = 0
  const release = (): void => {
    running -= 1
    waiting.shift()?.()
  }
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    while (running >= maxParallel) await called(waiting, signal)
    running += 1
    try {
      const wait = nextStart - Date.now()
      nextStart = Math.max(Date.now(), nextStart) + minIntervalMs
      if (wait > 0) await pause(wait, signal)
      return await fetch(input, init)
    } finally {
      release()
    }
  }
}

/** Waits to be called, or throws when the signal says so. */
function called(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = () => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    const stop = () => {
      waiting.splice(waiting.indexOf(call), 1)
      reject(signal!.reason as Error)
    }
    if (signal?.aborted) return reject(signal.reason as Error)
    signal?.addEventListener('abort', stop, { once: true })
    waiting.push(call)
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
