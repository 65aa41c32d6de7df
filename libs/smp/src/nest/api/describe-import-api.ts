import 'reflect-metadata'
import { Module, type DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger'
import { webOptions } from '@emrex-gateway/web'
import type { SmpEntry } from '../../flow/smp-entry.js'
import { SmpEntries } from '../smp-entries.js'
import { ImportApiController } from './import-api.controller.js'

const prefix = '/smp/{entry}/api'
let shared: Promise<OpenAPIObject> | undefined

/** `importApiDocument`, with all that it takes. */
export async function describeImportApi({ title, publicUrl }: Pick<SmpEntry, 'title' | 'publicUrl'>): Promise<object> {
  shared ??= build()
  const { paths, info, ...rest } = await shared
  const own = Object.entries(paths).map(([path, item]) => [path.slice(prefix.length), withoutEntry(item)] as const)
  return {
    ...rest,
    info: { ...info, contact: { name: title, url: publicUrl } },
    servers: [{ url: `${publicUrl}/api` }],
    paths: Object.fromEntries(own),
  }
}

/** The entry stands in the address of the server. */
const withoutEntry = (item: OpenAPIObject['paths'][string]): object =>
  Object.fromEntries(
    (Object.entries(item) as [string, { readonly parameters?: readonly object[] }][]).map(([method, operation]) => [
      method,
      {
        ...operation,
        parameters: operation.parameters?.filter((one) => !('name' in one && one.name === 'entry')),
      },
    ]),
  )

@Module({})
class DocumentModule {}

/** Nest reads the routes of an application: one of nothing but these, which never listens. */
async function build(): Promise<OpenAPIObject> {
  // Made here and not beside: the controller imports this file.
  const module: DynamicModule = {
    module: DocumentModule,
    controllers: [ImportApiController],
    providers: [
      { provide: SmpEntries, useValue: {} },
      { provide: webOptions, useValue: {} },
    ],
  }
  const app = await NestFactory.create(module, new ExpressAdapter(), { logger: false, abortOnError: false })
  try {
    const config = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('EMREX import API')
      .setDescription(
        'Asks an applicant for study results that come signed from the institution, and gives you only what the purpose ' +
          'needs, with what was checked about it.',
      )
      .setVersion('1.0.0')
      .setLicense('EUPL-1.2', 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12')
      .addTag('purposes', 'What you may ask for.')
      .addTag('requests', 'Requests and their results.')
      .addTag('webhooks', 'What you are told.')
      // `addBearerAuth` would call a key a JSON Web Token.
      .addSecurity('key', {
        ...{ type: 'http', scheme: 'bearer', description: 'Your key, as `emrex api-key new` printed it.' },
      })
      .build()
    return SwaggerModule.createDocument(app, config, { autoTagControllers: false } as never)
  } finally {
    await app.close()
  }
}
