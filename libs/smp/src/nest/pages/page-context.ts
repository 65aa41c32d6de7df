import type { Translate } from '@emrex-gateway/web'

/** What every page of a transfer needs beside its own data. */
export interface PageContext {
  readonly t: Translate
  readonly language: string
  /** Path of the transfer: forms post to `${base}/ACTION`. */
  readonly base: string
  readonly token: string
  /** Who fetches the results. */
  readonly title: string
  /** Path of the entry, where a new transfer begins. */
  readonly home: string
  /** Another system is served: there is no record of the university, and a transfer begins with a link. */
  readonly isAsked?: boolean
  /** Nobody can write into the SIS: what arrives is a case, which staff keep for so many days at most. */
  readonly byHand?: { readonly days: number }
}

/** What whoever only writes text needs. */
export type Words = Pick<PageContext, 't' | 'language'>
