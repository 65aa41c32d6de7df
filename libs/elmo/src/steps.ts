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

/** Does the work in slices, so that a large document keeps nobody waiting. */
export async function runInSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await setImmediate()
  }
}
