import type { Confidence } from '@emrex-gateway/core'

/** Known: read in this source. */
export const source = (text: string): Confidence => ({ source: text })

/** Not known for sure: this must be confirmed, and with whom. */
export const confirm = (text: string): Confidence => ({ confirm: text })
