import 'reflect-metadata'
import type { AddressInfo } from 'node:net'
import { defaults, type Log } from '@emrex-gateway/core'
import { hardenServer } from '@emrex-gateway/web'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express'
import type { LoadedSettings } from '../settings/load-settings.js'
import { Background } from './background.js'
import { buildGateway, type Gateway, type GatewayOverrides } from './build-gateway.js'
import { GatewayModule } from './gateway.module.js'

export interface RunningGateway {
  readonly gateway: Gateway
  readonly background: Background
  readonly port: number
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
  const { listen, trustProxy } = loaded.settings
  try {
    const root = GatewayModule.forRoot(gateway, background, now)
    // Named here: when Nest looks for its adapter by itself and cannot load it, it ends the process.
    const app = await NestFactory.create<NestExpressApplication>(root, new ExpressAdapter(), {
      logger: false,
      bodyParser: false,
      abortOnError: false,
    })
    hardenServer(app, { trustProxy })
    await app.listen(listen.port, listen.host)
    const server = app.getHttpServer()
    background.start()
    const { port } = server.address() as AddressInfo
    log.info('gateway.started', {
      port,
      ncps: gateway.ncps.length,
      smps: gateway.smps.length,
      environment: loaded.settings.environment,
    })
    const stop = async () => {
      log.info('gateway.stopping')
      const closed = app.close()
      server.closeIdleConnections()
      // A server that was closed no longer looks at its time limits: a request that never ends would hold it for ever.
      const patience = setTimeout(
        () => server.closeAllConnections(),
        (overrides.drainSeconds ?? defaults.drainSeconds) * 1000,
      )
      await closed
      clearTimeout(patience)
      await background.stop()
      await gateway.auditWatch.close()
      await gateway.close()
      log.info('gateway.stopped')
    }
    return { gateway, background, port, stop }
  } catch (error) {
    await gateway.close()
    throw error
  }
}
