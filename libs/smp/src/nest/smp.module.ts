import 'reflect-metadata'
import { Module, type DynamicModule } from '@nestjs/common'
import { loadImportApi } from './load-import-api.js'
import { SmpEntries, type LimitCalls, type SmpParts } from './smp-entries.js'
import { SmpController } from './smp.controller.js'
import { StaffController } from './staff.controller.js'

/** The routes of the SMPs. The application brings `WebModule` of `@emrex-gateway/web`, which holds pages for everything thrown. */
@Module({})
export class SmpModule {
  static forRoot(options: {
    readonly entries: readonly SmpParts[]
    readonly decided?: (entry: string) => void
    readonly now?: () => Date
    /** How often a key of the import API may call; absent = as often as it likes. */
    readonly limitCalls?: LimitCalls
  }): DynamicModule {
    const { decided = () => {}, now = () => new Date(), limitCalls } = options
    const entries = new SmpEntries(options.entries, decided, now, limitCalls)
    return {
      module: SmpModule,
      imports: options.entries.some(({ api }) => api !== undefined) ? [loadImportApi(entries)] : [],
      controllers: [StaffController, SmpController],
      providers: [{ provide: SmpEntries, useValue: entries }],
    }
  }
}
