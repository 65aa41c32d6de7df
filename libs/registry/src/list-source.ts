import { isRecent } from '@emrex-gateway/core'
import type { ListOutcome, NcpList } from './ncp-list.js'
import { fetchList } from './fetch-list.js'
import { parseEmregJson } from './parse-emreg-json.js'
import { parseEwpCatalogue } from './parse-ewp-catalogue.js'
import { parseStaticList } from './parse-static-list.js'
import type { CompleteRegistryOptions, RegistrySource } from './registry-options.js'

/** One list in use: what it says, when it was last known to be so, and why it could not be renewed. */
export interface ListSource {
  readonly id: string
  readonly list: NcpList | undefined
  /** Epoch milliseconds; undefined for a list of the settings and for one that was never read. */
  readonly fetchedAt: number | undefined
  readonly problem: string | undefined
  /** Takes the last good copy into use. */
  load(): Promise<void>
  /** Asks the source now, unless it was asked a moment ago. The list in use changes as a whole or not at all. */
  refresh(): Promise<void>
}

/** A source of either kind; a list of the settings is read at once and never changes. */
export function createListSource(
  source: RegistrySource,
  options: CompleteRegistryOptions,
  signal: AbortSignal,
): ListSource {
  return source.kind === 'static' ? staticSource(source, options) : new FetchedSource(source, options, signal)
}

function staticSource(
  source: Extract<RegistrySource, { kind: 'static' }>,
  options: CompleteRegistryOptions,
): ListSource {
  const outcome = parseStaticList(source.entries, options)
  return {
    id: source.id,
    list: outcome.kind === 'list' ? outcome.list : undefined,
    fetchedAt: undefined,
    problem: outcome.kind === 'refused' ? outcome.reason : undefined,
    load: async () => undefined,
    refresh: async () => undefined,
  }
}

class FetchedSource implements ListSource {
  readonly id: string
  list: NcpList | undefined
  fetchedAt: number | undefined
  problem: string | undefined
  private copy: { readonly body: Uint8Array; readonly etag?: string } | undefined
  private askedAt = Number.NEGATIVE_INFINITY
  private readonly copyKey: string

  constructor(
    private readonly source: Extract<RegistrySource, { url: string }>,
    private readonly options: CompleteRegistryOptions,
    private readonly signal: AbortSignal,
  ) {
    this.id = source.id
    // The address stands in the key: a copy from another address must not come back after the settings changed.
    this.copyKey = `registry:${source.kind}:${source.url}`
  }

  async load(): Promise<void> {
    const copy = await this.options.copies.get(this.copyKey).catch(() => {
      this.options.log.warn('registry.copy-unreadable', { source: this.id })
      return undefined
    })
    if (copy === undefined || this.list !== undefined) return
    const outcome = this.parse(copy.body)
    if (outcome.kind === 'refused') return
    this.list = outcome.list
    this.fetchedAt = copy.fetchedAt
    this.copy = copy
  }

  async refresh(): Promise<void> {
    const now = this.options.now().getTime()
    if (isRecent(this.askedAt, now, this.options.minRefreshSeconds * 1000)) return
    this.askedAt = now
    const { url } = this.source
    const etag = this.copy?.etag
    const fetched = await fetchList({ ...this.options, url, signal: this.signal, ...(etag ? { etag } : {}) })
    if (fetched.kind === 'failed') return this.keepOld(fetched.reason)
    if (fetched.kind === 'unchanged') return this.confirm(now)

    const outcome = this.parse(fetched.body)
    if (outcome.kind === 'refused') return this.keepOld(outcome.reason)
    if (outcome.list.entries.length === 0) {
      // With nothing better at hand, at least the reasons of its skipped entries can be shown.
      this.list ??= outcome.list
      return this.keepOld('it names no NCP that can be used')
    }
    this.list = outcome.list
    this.copy = fetched
    await this.confirm(now)
  }

  private parse(body: Uint8Array): ListOutcome {
    return this.source.kind === 'ewp' ? parseEwpCatalogue(body, this.options) : parseEmregJson(body, this.options)
  }

  private async confirm(now: number): Promise<void> {
    this.fetchedAt = now
    this.problem = undefined
    const { log, copies } = this.options
    const entries = this.list?.entries.length ?? 0
    log.info('registry.refreshed', { source: this.id, entries, skipped: this.list?.skipped.length ?? 0 })
    for (const notice of this.list?.notices ?? [])
      log.warn('registry.entry-adjusted', { source: this.id, entry: notice.position, reason: notice.reason })
    try {
      if (this.copy !== undefined) await copies.put(this.copyKey, { ...this.copy, fetchedAt: now })
    } catch {
      log.warn('registry.copy-unwritten', { source: this.id })
    }
  }

  private keepOld(reason: string): void {
    this.problem =
      this.fetchedAt === undefined
        ? reason
        : `${reason}; the copy of ${new Date(this.fetchedAt).toISOString()} is used instead`
    this.options.log.warn('registry.refresh-failed', { source: this.id, reason })
  }
}
