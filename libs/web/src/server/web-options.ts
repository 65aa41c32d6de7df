import type { Log } from '@emrex-gateway/core'
import type { Site } from './site.js'

/** What the web layer must be told; inject it with `@Inject(webOptions)`. */
export interface WebOptions {
  /** Whose pages these are where no entry of a role answers for them. */
  readonly site: Site
  /** Whose page this path belongs to, so that a problem page looks like its neighbours and leads back to their start. */
  readonly siteOf?: (path: string) => Site | undefined
  readonly log: Log
}

export const webOptions = Symbol('@emrex-gateway/web options')
