import type { RegistryEntry } from '@emrex-gateway/core'

/** A remark about one entry of a list: its number, from 1, with its name where it has one, and what was found. */
export interface ListRemark {
  readonly position: string
  readonly reason: string
}

/** A country as a list names it; `singleFetch` as published, because its two descriptions contradict each other. */
export interface ListedCountry {
  readonly code: string
  readonly name?: string
  readonly singleFetch?: boolean
}

/** What one list says: the usable entries, the entries left out, and what was put right in the usable ones. */
export interface NcpList {
  readonly entries: readonly RegistryEntry[]
  readonly countries: readonly ListedCountry[]
  readonly skipped: readonly ListRemark[]
  readonly notices: readonly ListRemark[]
}

/** A list, or the reason why the whole of it cannot be read. */
export type ListOutcome =
  { readonly kind: 'list'; readonly list: NcpList } | { readonly kind: 'refused'; readonly reason: string }

export interface ListOptions {
  /** Takes `http:` addresses on loopback hosts too; for demonstrations. Default: https alone. */
  readonly allowLoopbackHttp?: boolean
}
