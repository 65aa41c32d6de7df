import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import type { Response } from 'express'
import type { HealthReport } from '../operations/health-report.js'
import type { Gateway } from './build-gateway.js'
import { gatewayToken, healthToken } from './gateway-token.js'

/**
 * Alive: the process answers. Ready: the database answers and can be written, and the gateway is not about to stop. The
 * state of registries and certificates is told, but blocks nobody. More is told to operators, at a door of their own.
 */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(gatewayToken) private readonly gateway: Gateway,
    @Inject(healthToken) private readonly health: HealthReport,
  ) {}

  @Get('live')
  live() {
    return { status: 'live' }
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response) {
    const { ready, draining, store } = await this.health.readiness()
    if (!ready) {
      // Thrown, it would become the page of a problem, and its status that of a fault of ours.
      response.status(HttpStatus.SERVICE_UNAVAILABLE)
      const why = store.answers ? 'cannot be written' : 'does not answer'
      return { status: 'not ready', ...(draining ? { draining } : {}), ...(store.writable ? {} : { store: why }) }
    }
    const { entries, skipped, stale } = await this.gateway.registry.current()
    const ending = (await this.gateway.certificates.ending()).length
    const registry = { ncps: entries.length, skipped: skipped.length, stale }
    const { loginWatch } = this.gateway
    return { status: 'ready', registry, certificates: { ending }, logins: { down: loginWatch.down.length } }
  }
}
