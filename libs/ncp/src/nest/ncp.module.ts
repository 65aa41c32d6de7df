import 'reflect-metadata'
import { Module, type DynamicModule } from '@nestjs/common'
import type { NcpFlow } from '../flow/ncp-flow.js'
import { NcpEntries } from './ncp-entries.js'
import { NcpController } from './ncp.controller.js'

/** The routes of the NCPs. The application brings `WebModule` of `@emrex-gateway/web`, which holds pages for everything thrown. */
@Module({})
export class NcpModule {
  static forRoot(options: { readonly flows: readonly NcpFlow[]; readonly now?: () => Date }): DynamicModule {
    const entries = new NcpEntries(options.flows, options.now ?? (() => new Date()))
    return { module: NcpModule, controllers: [NcpController], providers: [{ provide: NcpEntries, useValue: entries }] }
  }
}
