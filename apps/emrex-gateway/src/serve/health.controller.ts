import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import type { Response } from 'express'
import type { Gateway } from './build-gateway.js'
import { gatewayToken } from './gateway-token.js'

/** Alive: the process answers. Ready: the store answers too. The state of registries and certificates is told, but blocks nobody. */
@Controller('health')
export class HealthController {
  constructor(@Inject(gatewayToken) private readonly gateway: Gateway) {}

  @Get('live')
  live() {
    return { status: 'live' }
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response) {
    try {
      await this.gateway.store.ping()
    } catch {
      // Thrown, it would become the page of a problem, and its status that of a fault of ours.
      response.status(HttpStatus.SERVICE_UNAVAILABLE)
      return { status: 'not ready', store: 'does not answer' }
    }
    const { entries, skipped, stale } = await this.gateway.registry.current()
    const ending = (await this.gateway.certificates.ending()).length
    const registry = { ncps: entries.length, skipped: skipped.length, stale }
    const { loginWatch } = this.gateway
    return { status: 'ready', registry, certificates: { ending }, logins: { down: loginWatch.down.length } }
  }
}
