import { reasonOf, type GatewayStore, type Log, type SisConnection } from '@emrex-gateway/core'
import type { LoadedSettings } from '../settings/load-settings.js'
import { KeyRollover, type RollingPart } from './key-rollover.js'
import { Metrics } from './metrics.js'
import { NcpWatch } from './ncp-watch.js'
import type { StoreObservers } from './observed-store.js'
import type { QuestionWatch } from './observed-system.js'
import type { Operations } from './operations.js'
import type { TraceSettings } from './otlp-tracing.js'
import { RetentionLedger } from './retention-ledger.js'
import { StoreWatch } from './store-watch.js'
import { SystemWatch } from './system-watch.js'
import { noTracing, type Tracing } from './tracing.js'

interface Host {
  readonly log: Log
  readonly now: () => Date
  readonly store: () => GatewayStore
}

/** The watches of a gateway that is being built: some see the parts come, some need them all. */
interface BeginningOperations {
  readonly tracing: Tracing
  readonly questions: QuestionWatch
  readonly storeObservers: StoreObservers
  complete(systems: ReadonlyMap<string, SisConnection>, parts: readonly RollingPart[], isShared: boolean): Operations
}

export async function createOperations(
  { settings, readAt }: LoadedSettings,
  { log, now, store }: Host,
): Promise<BeginningOperations> {
  const { traces } = settings.operations
  const metrics = new Metrics()
  const tracing = traces === undefined ? noTracing : await openTracing(traces, metrics)
  const ledger = new RetentionLedger(metrics, log, now)
  const ncpWatch = new NcpWatch(metrics)
  const storeWatch = new StoreWatch(store)
  const heard: { by?: SystemWatch } = {}
  return {
    tracing,
    questions: { metrics, tracing, heard: (system, works) => heard.by?.heard(system, works) },
    storeObservers: { metrics, ledger, ncps: ncpWatch, health: storeWatch },
    complete(systems, parts, isShared) {
      const systemWatch = new SystemWatch(systems, metrics, log, now)
      heard.by = systemWatch
      const rollover = new KeyRollover(parts, readAt, metrics, log)
      const limitsSharedBy = isShared ? 'all instances' : 'one instance'
      return { metrics, tracing, storeWatch, systemWatch, ncpWatch, ledger, rollover, limitsSharedBy }
    },
  }
}

/** Loaded only where there is an endpoint: it is a tenth of all modules. */
async function openTracing(traces: TraceSettings, metrics: Metrics): Promise<Tracing> {
  const { startTracing } = await import('./otlp-tracing.js')
  return startTracing(traces, reasonOf, () => metrics.traceFailures.inc())
}
