import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Sites that are not ours, all on one loopback port: each name below `localhost` is a site of its own to a browser. */
export interface FarAway {
  origin(site: string): string
  /** What was posted, by the site and path at which it arrived. */
  readonly arrived: readonly { readonly at: string; readonly fields: URLSearchParams }[]
  stop(): Promise<void>
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`
const form = (action: string, fields: Readonly<Record<string, string>>, button: string): string =>
  `<form method="post" action="${action}">${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join('')}<button>${button}</button></form>`

/**
 * - `entrance`: a login that sends everybody on to `login`, another host, where one presses a button.
 * - `client`: asks an NCP for results, and passes what comes back on to the site that it names in its return address.
 */
export async function startFarAway(): Promise<FarAway> {
  const arrived: { at: string; fields: URLSearchParams }[] = []
  const server = createServer((request, response) => {
    void answer(request).then(({ status = 200, location, body = '' }) => {
      response
        .writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...(location && { location }) })
        .end(body)
    })
  })
  async function answer(request: IncomingMessage): Promise<{ status?: number; location?: string; body?: string }> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const posted = new URLSearchParams(request.method === 'POST' ? await text(request) : '')
    const field = (name: string) => posted.get(name) ?? url.searchParams.get(name) ?? ''
    if (request.method === 'POST') arrived.push({ at: `${url.origin}${url.pathname}`, fields: posted })
    switch (url.pathname) {
      case '/authorize':
        return {
          status: 303,
          location: `${origin('login')}/form?${new URLSearchParams({ state: field('state'), back: field('back') })}`,
        }
      case '/form':
        return { body: page('A login far away', form(field('back'), { state: field('state') }, 'It is me')) }
      case '/ask':
        return {
          body: page(
            'A client',
            form(field('ncp'), { sessionId: field('session'), returnUrl: field('back') }, 'Fetch'),
          ),
        }
      case '/return':
        return { status: 307, location: `${origin(field('on'))}/arrived` }
      default:
        return { body: page(`Arrived at ${url.hostname}`, '') }
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = (site: string) => `http://${site === '' ? '' : `${site}.`}localhost:${port}`
  return {
    origin,
    arrived,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Installs the plugin of that login beside the settings file, as a deployment installs one of another vendor. */
export function installLoginPlugin(folder: string): void {
  const home = join(folder, 'node_modules', 'login-far-away')
  mkdirSync(home, { recursive: true })
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'login-far-away', version: '1.0.0', type: 'module', exports: './index.js' }),
  )
  writeFileSync(
    join(home, 'index.js'),
    `export default {
  apiVersion: 1,
  name: 'login-far-away',
  config: { safeParse: (data) => ({ success: true, data }) },
  create: async ({ entrance, way, label, person }, host, id) => ({
    info: { id, kind: 'federation', label, countries: [], bestLoa: 'substantial', delivers: ['esi'], deliversBirthDate: true },
    begin: async ({ handle, callbackUrl }) => {
      const fields = { state: handle, back: callbackUrl }
      return {
        action: way === 'post' ? { kind: 'post', url: entrance, fields } : { kind: 'redirect', url: entrance + '?' + new URLSearchParams(fields) },
        pending: { handle },
      }
    },
    correlate: ({ form }) => form.get('state'),
    complete: async () => ({
      ok: true,
      identity: {
        provider: id, issuer: entrance, subject: person.id, loa: 'substantial', authenticatedAt: host.now().toISOString(),
        names: [{ given: person.given, family: person.family, kind: 'current' }],
        birthDate: { value: person.birthDate, precision: 'day' },
        identifiers: person.identifiers.map((one) => ({ ...one, persistence: 'lifelong' })), roles: [],
      },
    }),
  }),
}
`,
  )
}
