import 'reflect-metadata'
import { Module, type DynamicModule } from '@nestjs/common'
import { SmpEntries } from '../smp-entries.js'
import { ApplicantController } from './applicant.controller.js'
import { ImportApiController } from './import-api.controller.js'

/** The routes of the import API, and those of the links that applicants get. */
@Module({})
export class ImportApiModule {
  static forEntries(entries: SmpEntries): DynamicModule {
    return {
      module: ImportApiModule,
      controllers: [ImportApiController, ApplicantController],
      providers: [{ provide: SmpEntries, useValue: entries }],
    }
  }
}
