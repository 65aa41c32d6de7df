import type { Log } from '@emrex-gateway/core'
import type { Site } from './site.js'

/** What the web layer must be told; inject it with `@Inject(webOptions)`. */
export interface WebOptions {
  readonly site: Site
  readonly log: Log
}

export const webOptions = Symbol('@emrex-gateway/web options')
