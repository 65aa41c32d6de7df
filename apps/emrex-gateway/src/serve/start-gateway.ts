import 'reflect-metadata'
import type { AddressInfo } from 'node:net'
import { defaults, type Log } from '@emrex-gateway/core'
import { hardenServer } from '@emrex-gateway/web'
import { WatchfulAdapter } from '@emrex-gateway/web/nest'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { startAdminServer } from '../operations/admin-server.js'
import { HealthReport } from '../operations/health-report.js'
import { LoadGate } from '../operations/load-gate.js'
import { observeHttp } from '../operations/observe-http.js'
import { callLimit, requestLimits } from '../operations/request-limits.js'
import type { LoadedSettings } from '../settings/load-settings.js'
import { Background } from './background.js'
import type { GatewayLog } from './create-log.js'
import { buildGateway, type Gateway, type GatewayOverrides } from './build-gateway.js'
import { GatewayModule } from './gateway.module.js'

export interface RunningGateway {
  readonly gateway: Gateway
  readonly background: Background
  readonly port: number
  /** Of the door for operators, where the settings have one. */
  readonly adminPort: number | undefined
  /** Says that we are about to stop: not ready, and nothing new is begun; what was begun goes on. */
  drain(): void
  /** Takes no new connection, lets requests and jobs under way end, but not for ever; closes the store. */
  stop(): Promise<void>
}

/** Starts the gateway that the settings describe. @throws {SettingsError} */
export async function startGateway(
  loaded: LoadedSettings,
  log: Log,
  overrides: GatewayOverrides = {},
): Promise<RunningGateway> {
  const gateway = await buildGateway(loaded, log, overrides)
  const now = overrides.now ?? (() => new Date())
  const background = new Background(gateway, now)
  const { listen, trustProxy, operations: rules } = loaded.settings
  const { metrics, tracing, storeWatch } = gateway.operations
  const entries = new Set([
    ...gateway.ncps.map(({ entry }) => `ncp/${entry.id}`),
    ...gateway.smps.map(({ flow }) => `smp/${flow.entry.id}`),
  ])
  ;(log as Partial<GatewayLog>).onFailure?.(() => metrics.logFailures.inc())
  const gate = new LoadGate(entries, metrics, rules.busy)
  const health = new HealthReport(gateway, gateway.operations, gate, now)
  let app: NestExpressApplication | undefined
  try {
    const limits = { entries, shared: gateway.sharedCounts, key: gateway.sealKey, metrics, log }
    const root = GatewayModule.forRoot(gateway, background, health, callLimit(rules.limits, limits), now)
    // Named here: when Nest looks for its adapter by itself and cannot load it, it ends the process.
    app = await NestFactory.create<NestExpressApplication>(root, new WatchfulAdapter(), {
      logger: false,
      bodyParser: false,
      abortOnError: false,
    })
    hardenServer(app, { trustProxy, slowBodyEnded: () => metrics.slowBodies.inc() })
    app.use(observeHttp(metrics, tracing))
    app.use(gate.handler())
    app.use(requestLimits(rules.limits, limits))
    await storeWatch.look()
    await app.listen(listen.port, listen.host)
    const server = app.getHttpServer()
    const admin = rules.admin && (await startAdminServer(rules.admin, metrics, health))
    background.start()
    const { port } = server.address() as AddressInfo
    log.info('gateway.started', {
      port,
      ncps: gateway.ncps.length,
      smps: gateway.smps.length,
      environment: loaded.settings.environment,
    })
    const drain = () => {
      if (!gate.draining) log.info('gateway.draining')
      gate.drain()
    }
    const stop = async () => {
      drain()
      log.info('gateway.stopping')
      const closed = app?.close()
      server.closeIdleConnections()
      // A server that was closed no longer looks at its time limits: a request that never ends would hold it for ever.
      const patience = setTimeout(
        () => server.closeAllConnections(),
        (overrides.drainSeconds ?? defaults.drainSeconds) * 1000,
      )
      await closed
      clearTimeout(patience)
      await background.stop()
      await admin?.close()
      gate.stop()
      await gateway.auditWatch.close()
      await gateway.close()
      log.info('gateway.stopped')
    }
    return { gateway, background, port, adminPort: admin?.port, drain, stop }
  } catch (error) {
    // It may listen already: then it would answer for a gateway that has no database any more.
    await app?.close()
    gate.stop()
    await gateway.close()
    throw error
  }
}
