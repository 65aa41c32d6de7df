import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { LogFields, PluginHost } from '@emrex-gateway/core'
import { memoryCaseDesk, type MemoryCaseDesk, type OpenedCase } from './memory-case-desk.js'

/** A host for a plugin under test. Log lines are kept, so that a test can look for what must not be in them. */
export interface RecordingHost extends PluginHost {
  readonly lines: readonly string[]
  readonly cases: MemoryCaseDesk
  /** The cases that the plugin opened for staff. */
  readonly opened: readonly OpenedCase[]
}

/** Makes a host with the real clock, the real `fetch` and the environment `test`, unless told otherwise. */
export function recordingHost(
  options: Partial<Pick<PluginHost, 'environment' | 'now' | 'fetch' | 'fetchAs'>> = {},
): RecordingHost {
  const lines: string[] = []
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      void lines.push(JSON.stringify({ level, event, ...fields }))
  const seen = new Map<string, number>()
  const now = options.now ?? (() => new Date())
  const cases = memoryCaseDesk()
  return {
    environment: options.environment ?? 'test',
    fetch: options.fetch ?? fetch,
    fetchAs: options.fetchAs ?? (() => options.fetch ?? fetch),
    once: async (scope, value, until) => {
      const key = JSON.stringify([scope, value])
      if ((seen.get(key) ?? 0) > now().getTime()) return false
      seen.set(key, until.getTime())
      return true
    },
    now,
    randomId: () => randomBytes(16).toString('base64url'),
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    resolvePath: (path) => resolve(path),
    lines,
    cases,
    opened: cases.opened,
  }
}
