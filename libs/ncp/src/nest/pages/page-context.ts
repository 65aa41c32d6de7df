import type { Translate } from '@emrex-gateway/web'

/** What every page of a transfer needs beside its own data. */
export interface PageContext {
  readonly t: Translate
  readonly language: string
  /** Path of the transfer: forms post to `${base}/ACTION`. */
  readonly base: string
  readonly token: string
  /** Whose results these are. */
  readonly title: string
}
