import { Module, type DynamicModule } from '@nestjs/common'
import { NcpModule } from '@emrex-gateway/ncp/nest'
import { SmpModule } from '@emrex-gateway/smp/nest'
import { WebModule } from '@emrex-gateway/web'
import type { Background } from './background.js'
import type { Gateway } from './build-gateway.js'
import { gatewayToken } from './gateway-token.js'
import { HealthController } from './health.controller.js'

/** The whole wiring on one page. */
@Module({})
export class GatewayModule {
  static forRoot(gateway: Gateway, background: Background, now: () => Date): DynamicModule {
    const { log, ncps, smps } = gateway
    return {
      module: GatewayModule,
      imports: [
        WebModule.forRoot({ log, site: { name: 'EMREX' } }),
        NcpModule.forRoot({ flows: ncps, now }),
        SmpModule.forRoot({
          entries: smps.map(({ flow, staff }) => ({ flow, staff })),
          now,
          decided: () => background.deliverNow(),
        }),
      ],
      controllers: [HealthController],
      providers: [{ provide: gatewayToken, useValue: gateway }],
    }
  }
}
