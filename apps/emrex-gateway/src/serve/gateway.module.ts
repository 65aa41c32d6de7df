import { Module, type DynamicModule } from '@nestjs/common'
import { NcpModule } from '@emrex-gateway/ncp/nest'
import { SmpModule, type LimitCalls } from '@emrex-gateway/smp/nest'
import type { Site } from '@emrex-gateway/web'
import { WebModule } from '@emrex-gateway/web/nest'
import type { Background } from './background.js'
import type { Gateway } from './build-gateway.js'
import type { HealthReport } from '../operations/health-report.js'
import { gatewayToken, healthToken } from './gateway-token.js'
import { HealthController } from './health.controller.js'

/** The whole wiring on one page. */
@Module({})
export class GatewayModule {
  static forRoot(
    gateway: Gateway,
    background: Background,
    health: HealthReport,
    limitCalls: LimitCalls,
    now: () => Date,
  ): DynamicModule {
    const { log, ncps, smps } = gateway
    return {
      module: GatewayModule,
      imports: [
        WebModule.forRoot({ log, site: { name: 'EMREX' }, siteOf: siteFinder(gateway) }),
        NcpModule.forRoot({ flows: ncps, now, log }),
        SmpModule.forRoot({
          entries: smps.map(({ flow, staff, api }) => ({ flow, staff, api })),
          now,
          decided: (entry) => background.deliverNow(entry),
          limitCalls,
        }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: gatewayToken, useValue: gateway },
        { provide: healthToken, useValue: health },
      ],
    }
  }
}

/** The entry that a path belongs to. Only at home is there a start to go back to: abroad begins with a request. */
function siteFinder({ ncps, smps }: Gateway): (path: string) => Site | undefined {
  const sites = new Map<string, Site>([
    ...ncps.map(({ entry }) => [`ncp/${entry.id}`, { name: entry.title }] as const),
    ...smps.map(
      ({ flow: { entry }, api }) =>
        [
          `smp/${entry.id}`,
          // With an import API a transfer begins with a link.
          { name: entry.title, ...(api === undefined ? { home: new URL(entry.publicUrl).pathname } : {}) },
        ] as const,
    ),
  ])
  return (path) => sites.get(path.split('/').slice(1, 3).join('/'))
}
