import { setTimeout as delay } from 'node:timers/promises'
import type { Registry, RegistrySnapshot } from '@emrex-gateway/core'
import { createListSource } from './list-source.js'
import { mergeLists } from './merge-lists.js'
import { completed, type RegistryOptions } from './registry-options.js'

/** A registry whose lists renew themselves between `start` and `stop`. */
export interface RunningRegistry extends Registry {
  /**
   * Begins to fetch, now and then in the rhythm of the settings; each `minRefreshSeconds` while a list was never read.
   * Returns at once and does not keep the process alive.
   */
  start(): void
  /** Ends the rhythm and any request under way, for good. */
  stop(): void
}

/**
 * The registry over all configured lists.
 *
 * Guaranteed: nothing here throws because a source is down, slow or talks nonsense; the last good list stays in use,
 * with the reason in `skipped` and its age in `fetchedAt` and `stale`. `current` answers from memory or from the kept
 * copy and waits only while there is nothing at all yet, and then for `firstWaitSeconds` at most.
 */
export function createRegistry(given: RegistryOptions): RunningRegistry {
  const options = completed(given)
  const stopping = new AbortController()
  const sources = options.sources.map((source) => createListSource(source, options, stopping.signal))
  let merged = mergeLists(sources)
  let loading: Promise<unknown> | undefined
  let refreshing: Promise<unknown> | undefined
  let first: Promise<unknown> | undefined
  let hasBegun = false
  let isRunning = false
  let timer: NodeJS.Timeout | undefined

  const forEachSource = (step: 'load' | 'refresh'): Promise<unknown> =>
    Promise.all(
      sources.map(async (source) => {
        try {
          await source[step]()
        } catch (error) {
          // Nobody waits for the background: a fault of our own must show in the log, and must not end the process.
          options.log.error('registry.refresh-broken', {
            source: source.id,
            error: error instanceof Error ? error.name : '',
          })
        }
        merged = mergeLists(sources)
      }),
    )
  const loaded = (): Promise<unknown> => (loading ??= forEachSource('load'))
  const renewed = (): Promise<unknown> =>
    (refreshing ??= loaded()
      .then(() => forEachSource('refresh'))
      .finally(() => (refreshing = undefined)))
  const begun = (): Promise<unknown> => (first ??= renewed().finally(() => (hasBegun = true)))

  function snapshot(): RegistrySnapshot {
    const times = sources.flatMap(({ fetchedAt }) => fetchedAt ?? [])
    const oldest = times.length === 0 ? undefined : Math.min(...times)
    const staleAfterMs = options.staleAfterMinutes * 60_000
    return {
      ...merged,
      ...(oldest === undefined ? {} : { fetchedAt: oldest }),
      stale: oldest !== undefined && options.now().getTime() - oldest > staleAfterMs,
    }
  }

  async function current(): Promise<RegistrySnapshot> {
    if (hasBegun) return snapshot()
    const wait = delay(options.firstWaitSeconds * 1000, undefined, { ref: false })
    await Promise.race([loaded(), wait])
    const firstFetch = begun()
    if (merged.entries.length === 0) await Promise.race([firstFetch, wait])
    return snapshot()
  }

  /** Soon, while a list was never read: who starts before the network does must not be without it for long. */
  const pauseMs = (): number => {
    const isMissing = sources.some((source, index) => {
      return source.fetchedAt === undefined && options.sources[index]!.kind !== 'static'
    })
    const usual = options.refreshMinutes * 60_000
    return isMissing ? Math.min(options.minRefreshSeconds * 1000, usual) : usual
  }
  const goOn = (): void => {
    if (!stopping.signal.aborted) timer = setTimeout(() => void renewed().then(goOn), pauseMs()).unref()
  }

  return {
    current,
    async find(id) {
      return (await current()).entries.find((entry) => entry.id === id)
    },
    async refresh() {
      await renewed()
      return snapshot()
    },
    start() {
      if (isRunning) return
      isRunning = true
      void begun().then(goOn)
    },
    stop() {
      stopping.abort()
      clearTimeout(timer)
    },
  }
}
