import 'reflect-metadata'
import { Controller, Get, Module, Param, VersioningType } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { NcpModule } from './ncp.module.js'

/** The files of the application itself, where build tools put them. */
@Controller('assets')
class OwnAssets {
  @Get(':name')
  send(@Param('name') name: string): string {
    return `own ${name}`
  }
}

@Module({ controllers: [OwnAssets] })
class OwnModule {}

@Module({ imports: [NcpModule.forRoot({ flows: [] }), OwnModule] })
class App {}

async function withApp(
  prepare: (app: NestExpressApplication) => void,
  look: (get: (path: string) => Promise<Response>) => Promise<void>,
): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(App, { logger: false })
  try {
    prepare(app)
    await app.listen(0, '127.0.0.1')
    const origin = await app.getUrl()
    await look((path) => fetch(origin + path))
  } finally {
    await app.close()
  }
}

describe('NcpModule', () => {
  it('leaves every file but its own three to the application', () =>
    withApp(
      () => {},
      async (get) => {
        expect(await (await get('/assets/index-abc.js')).text()).toBe('own index-abc.js')
        expect((await get('/assets/site.css')).headers.get('content-type')).toBe('text/css; charset=utf-8')
      },
    ))

  it('is where the registry says, though the application numbers its own versions', () =>
    withApp(
      (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
      async (get) => {
        expect(await (await get('/ncp/nobody')).text()).toContain('There is no such page')
        expect((await get('/assets/site.css')).status).toBe(200)
      },
    ))

  it('is where the registry says beside a prefix of the application, as docs/embedding.md has it', () =>
    withApp(
      (app) => app.setGlobalPrefix('api', { exclude: ['ncp/*path', 'assets/*path'] }),
      async (get) => {
        expect(await (await get('/ncp/nobody/transfers/1')).text()).toContain('There is no such page')
        expect((await get('/assets/site.css')).status).toBe(200)
      },
    ))
})
