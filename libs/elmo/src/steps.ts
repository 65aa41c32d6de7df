import { setImmediate } from 'node:timers/promises'

/** Work in slices: between two of them others may have the processor. */
export type Steps<T> = Generator<void, T, undefined>

/** Does the work at once. */
export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** How many milliseconds work goes on before it lets others have the processor. */
const sliceMs = 4

/** Something to await between steps: it pauses only where the last pause is long ago, so that little work is done at once. */
export function pauses(): () => Promise<void> | undefined {
  let since = performance.now()
  const pause = async (): Promise<void> => {
    await setImmediate()
    since = performance.now()
  }
  return () => (performance.now() - since < sliceMs ? undefined : pause())
}

/** Does the work in slices, so that a large document keeps nobody waiting. */
export async function runInSlices<T>(steps: Steps<T>): Promise<T> {
  const pause = pauses()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    const pausing = pause()
    if (pausing !== undefined) await pausing
  }
}
