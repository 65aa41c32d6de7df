import type { Log } from './ports/log.js'

const silence = (): void => {}

/** A log that keeps nothing: what an embedder gets who brings none. */
export const silentLog: Log = { debug: silence, info: silence, warn: silence, error: silence }
