/** One NCP as a registry publishes it. */
export interface RegistryEntry {
  /** Stable for the same address: derived from `url`. */
  readonly id: string
  readonly name: string
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countryCode: string
  /** Where the browser posts the request to, verbatim. */
  readonly url: string
  /** Plain names; the formats know no identifiers of institutions here. */
  readonly institutions: readonly string[]
  /** PEM, one or more: several during a roll-over. */
  readonly certificates: readonly string[]
}

export interface SkippedEntry {
  readonly source: string
  /** Where in the list: its number, from 1, and its name where it has one. */
  readonly position: string
  readonly reason: string
}

export interface RegistrySnapshot {
  readonly entries: readonly RegistryEntry[]
  readonly countries: readonly { readonly code: string; readonly name: string; readonly singleFetch?: boolean }[]
  readonly skipped: readonly SkippedEntry[]
  /** Epoch milliseconds of the oldest list in use; undefined when nothing was ever read. */
  readonly fetchedAt?: number
  /** True when a list in use is older than its time and could not be renewed. */
  readonly stale: boolean
}

/** Who is out there. Never blocks the start: a snapshot may be empty or stale, and says so. */
export interface Registry {
  current(): Promise<RegistrySnapshot>
  find(id: string): Promise<RegistryEntry | undefined>
  /** Asks the sources now; failures are kept in the snapshot, never thrown. */
  refresh(): Promise<RegistrySnapshot>
}

/** Last good copies of fetched lists, kept across restarts. */
export interface CopyCache {
  get(
    key: string,
  ): Promise<{ readonly body: Uint8Array; readonly etag?: string; readonly fetchedAt: number } | undefined>
  put(
    key: string,
    copy: { readonly body: Uint8Array; readonly etag?: string; readonly fetchedAt: number },
  ): Promise<void>
}
