import 'reflect-metadata'
import type { LogFields } from '@emrex-gateway/core'
import { EmrexError, SisError, defaults } from '@emrex-gateway/core'
import { ElmoError } from '@emrex-gateway/elmo'
import { Controller, Get, HttpException, Module, Param, Post, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { Request, Response } from 'express'
import { postBig } from '@emrex-gateway/testing'
import { readForm } from '../forms/read-form.js'
import { hardenServer } from './harden-server.js'
import { WebModule } from './web.module.js'

const canary = 'Aino Esimerkki 131052-308T'
const thrown: Record<string, unknown> = {
  emrex: new EmrexError('OTHER_BROWSER'),
  elmo: new ElmoError('ELMO_SIGNATURE_INVALID', 'the digest differs'),
  sis: new SisError('timeout', 'no answer in 10 s', { connection: 'town' }),
  stranger: new TypeError(canary),
  text: canary,
  busy: new EmrexError('BUSY'),
  throttled: new HttpException('ThrottlerException: Too Many Requests', 429),
}

@Controller('boom')
class BoomController {
  @Get('half')
  half(@Res() response: Response): void {
    response.write('half an ans')
    throw new Error(canary)
  }

  @Get(':what')
  boom(@Param('what') what: string): void {
    throw thrown[what]
  }

  @Post('upload')
  async upload(@Req() request: Request): Promise<void> {
    await readForm(request, { maxBytes: defaults.returnFormMaxBytes })
  }

  @Post('form')
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.end(JSON.stringify([...(await readForm(request, { maxBytes: 20 }))]))
  }
}

const lines: { level: string; event: string; fields?: LogFields | undefined }[] = []
const write =
  (level: string) =>
  (event: string, fields?: LogFields): void =>
    void lines.push({ level, event, fields })
const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }

@Module({
  imports: [WebModule.forRoot({ site: { name: 'Example University' }, log })],
  controllers: [BoomController],
})
class TestModule {}

let app: NestExpressApplication
let origin: string
beforeAll(async () => {
  app = await NestFactory.create<NestExpressApplication>(TestModule, { bodyParser: false, logger: false })
  hardenServer(app, { trustProxy: false, headersTimeoutSeconds: 7, requestTimeoutSeconds: 8 })
  await app.listen(0, '127.0.0.1')
  origin = await app.getUrl()
})
afterAll(() => app.close())
beforeEach(() => void lines.splice(0))

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('ProblemFilter', () => {
  it.each([
    ['/boom/emrex', 403, 'OTHER_BROWSER', 'This was started in another browser'],
    ['/boom/elmo', 422, 'SIGNATURE_BAD', 'The signature of the results does not fit'],
    ['/boom/sis', 503, 'SIS_DOWN', 'The student records are not available'],
    ['/boom/stranger', 500, 'INTERNAL', 'Something went wrong on our side'],
    ['/boom/text', 500, 'INTERNAL', 'Something went wrong on our side'],
    ['/boom/throttled', 429, 'TOO_MANY_REQUESTS', 'Too many requests came from where you are'],
    ['/nowhere', 404, 'PAGE_UNKNOWN', 'There is no such page'],
    ['/boom/%zz', 400, 'REQUEST_MALFORMED', 'We did not understand the request'],
  ])('shows %s as a page with status %i and logs %s', async (path, status, code, title) => {
    const response = await fetch(origin + path, { headers: html })
    const page = await response.text()
    expect(response.status).toBe(status)
    expect(page).toContain(`<h1 tabindex="-1">${title}</h1>`)
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'")
    const reference = /<code>([0-9a-f]{12})<\/code>/.exec(page)?.[1]
    const level = status >= 500 ? 'error' : 'info'
    expect(lines).toEqual([
      { level, event: 'problem.shown', fields: expect.objectContaining({ code, status, reference }) },
    ])
  })

  it('shows and logs nothing of the message of an error that is not ours, but the place where it came from', async () => {
    for (const path of ['/boom/stranger', '/boom/text'])
      for (const accept of ['text/html', 'application/json'])
        expect(await (await fetch(origin + path, { headers: { accept } })).text()).not.toMatch(/Aino|131052/)
    expect(JSON.stringify(lines)).not.toMatch(/Aino|131052/)
    expect(lines[0]?.fields).toMatchObject({ error: 'TypeError', stack: expect.stringContaining('web.module.spec') })
  })

  it('says when to come again to whom we are too busy for', async () => {
    const { status, headers } = await fetch(`${origin}/boom/busy`)
    expect([status, headers.get('retry-after')]).toEqual([503, String(defaults.busyRetrySeconds)])
  })

  it('logs the message of our own errors, which holds no personal data', async () => {
    await fetch(`${origin}/boom/elmo`)
    expect(lines[0]?.fields).toMatchObject({ error: 'ElmoError', detail: 'the digest differs' })
  })

  it('answers with JSON who asks for JSON alone', async () => {
    const response = await fetch(`${origin}/boom/emrex`, { headers: { accept: 'application/json, */*' } })
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'This was started in another browser',
      status: 403,
      detail: expect.any(String),
      next: expect.any(String),
      code: 'OTHER_BROWSER',
      reference: lines[0]?.fields?.['reference'],
    })
  })

  it('answers with JSON who shows a key, whatever else they ask for', async () => {
    const headers = { accept: '*/*', authorization: 'Bearer emrex_jobs-1_secret' }
    const response = await fetch(`${origin}/boom/emrex`, { headers })
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/problem+json'])
  })

  it('says that there is no such page when the method is wrong', async () => {
    const response = await fetch(`${origin}/boom/emrex`, { method: 'DELETE', headers: html })
    expect([response.status, lines[0]?.fields?.['code']]).toEqual([404, 'PAGE_UNKNOWN'])
  })

  it('shows a page for a form that is too large', async () => {
    const body = new URLSearchParams({ a: 'x'.repeat(100_000) })
    const response = await fetch(`${origin}/boom/form`, { method: 'POST', body, headers: html })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('That was too much at once')
  })

  it.each(['declared', 'chunked'] as const)(
    'answers a %s form of 100 MiB so that the answer arrives, and the memory grows by less than 150 MB',
    async (framing) => {
      const before = process.memoryUsage.rss()
      let most = before
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5)
      const outcome = await postBig(`${origin}/boom/upload`, 100, framing)
      clearInterval(watch)
      expect(outcome).toBe('413')
      expect((most - before) / 1e6).toBeLessThan(150)
    },
    30_000,
  )

  it('breaks the connection when half of an answer has gone out', async () => {
    const response = await fetch(`${origin}/boom/half`)
    await expect(response.text()).rejects.toThrow()
    expect(lines).toEqual([expect.objectContaining({ fields: expect.objectContaining({ code: 'INTERNAL' }) })])
  })
})

describe('AssetsController', () => {
  it('serves the assets that pages name, for good under the address with their version', async () => {
    const page = await (await fetch(`${origin}/nowhere`, { headers: html })).text()
    const addresses = [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map((match) => match[1])
    expect(addresses).toHaveLength(3)
    for (const address of addresses) {
      const response = await fetch(origin + address)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toContain('immutable')
      expect(response.headers.get('content-type')).toMatch(/^(text\/css|text\/javascript|image\/svg\+xml)/)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('lets a browser ask whether an asset has changed', async () => {
    const first = await fetch(`${origin}/assets/site.css`)
    expect(first.headers.get('cache-control')).toBe('public, max-age=300')
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(`${origin}/assets/site.css`, { headers: { 'if-none-match': etag }, cache: 'no-cache' })
    expect([again.status, (await again.text()).length]).toEqual([304, 0])
    const other = await fetch(`${origin}/assets/site.css`, {
      headers: { 'if-none-match': '"other"' },
      cache: 'no-cache',
    })
    expect(other.status).toBe(200)
  })

  it.each(['package.json', '..%2fpackage.json', 'constructor', '%2e%2e/package.json'])(
    'serves nothing else: %s',
    async (name) => {
      expect((await fetch(`${origin}/assets/${name}`)).status).toBe(404)
    },
  )
})

describe('hardenServer', () => {
  it('limits the time of a request and of its head', () => {
    expect([app.getHttpServer().headersTimeout, app.getHttpServer().requestTimeout]).toEqual([7000, 8000])
  })

  it('keeps connections without a request for longer than proxies do', async () => {
    expect((await fetch(`${origin}/assets/icon.svg`)).headers.get('keep-alive')).toBe('timeout=75')
  })

  it('tells nothing about the software, and lets an answer that is not a page do nothing', async () => {
    const { headers } = await fetch(`${origin}/assets/icon.svg`)
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    )
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('believes X-Forwarded headers only where the settings name a proxy', () => {
    expect(app.getHttpAdapter().getInstance().get('trust proxy')).toBe(false)
  })
})
