import type { KeyRollover } from './key-rollover.js'
import type { Metrics } from './metrics.js'
import type { NcpWatch } from './ncp-watch.js'
import type { RetentionLedger } from './retention-ledger.js'
import type { StoreWatch } from './store-watch.js'
import type { SystemWatch } from './system-watch.js'
import type { Tracing } from './tracing.js'

/** What watches a running gateway, and what an operator sees it by. */
export interface Operations {
  readonly metrics: Metrics
  readonly tracing: Tracing
  readonly storeWatch: StoreWatch
  readonly systemWatch: SystemWatch
  readonly ncpWatch: NcpWatch
  readonly ledger: RetentionLedger
  readonly rollover: KeyRollover
  readonly limitsSharedBy: 'one instance' | 'all instances'
}
