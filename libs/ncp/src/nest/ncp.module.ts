import 'reflect-metadata'
import { Module, type DynamicModule } from '@nestjs/common'
import { silentLog, type Log } from '@emrex-gateway/core'
import { webOptions, type WebOptions } from '@emrex-gateway/web'
import { AssetsController } from '@emrex-gateway/web/nest'
import type { NcpFlow } from '../flow/ncp-flow.js'
import { NcpEntries } from '../http/ncp-entries.js'
import { NcpController } from './ncp.controller.js'

export interface NcpModuleOptions {
  readonly flows: readonly NcpFlow[]
  readonly now?: () => Date
  /** Default: none is kept. */
  readonly log?: Log
}

/**
 * The routes of the NCPs, complete: `/ncp/…` and the three files at `/assets/…` that their pages load. What these routes
 * throw becomes a page of theirs; the errors of the application's own routes stay its own.
 */
@Module({})
export class NcpModule {
  static forRoot({ flows, now = () => new Date(), log = silentLog }: NcpModuleOptions): DynamicModule {
    const entries = new NcpEntries(flows, now)
    const web: WebOptions = { log, site: { name: 'EMREX' }, siteOf: (path) => entries.siteOf(path) }
    return {
      module: NcpModule,
      controllers: [NcpController, AssetsController],
      providers: [
        { provide: NcpEntries, useValue: entries },
        { provide: webOptions, useValue: web },
      ],
    }
  }
}
