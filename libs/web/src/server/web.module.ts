import 'reflect-metadata'
import { Global, Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { AssetsController } from './assets.controller.js'
import { ProblemFilter } from './problem.filter.js'
import { webOptions, type WebOptions } from './web-options.js'

/** The assets, and a page for everything that is thrown. Import it once, in the application. */
@Global()
@Module({})
export class WebModule {
  static forRoot(options: WebOptions): DynamicModule {
    return {
      module: WebModule,
      controllers: [AssetsController],
      providers: [
        { provide: webOptions, useValue: options },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [webOptions],
    }
  }
}
