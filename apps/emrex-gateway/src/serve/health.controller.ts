import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common'
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
  async ready() {
    try {
      await this.gateway.store.ping()
    } catch {
      throw new ServiceUnavailableException({ status: 'not ready', store: 'does not answer' })
    }
    const { entries, skipped, stale } = await this.gateway.registry.current()
    const ending = (await this.gateway.certificates.ending()).length
    const registry = { ncps: entries.length, skipped: skipped.length, stale }
    return { status: 'ready', registry, certificates: { ending } }
  }
}
