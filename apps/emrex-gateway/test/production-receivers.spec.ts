import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, loadSettings, startGateway, type RunningGateway } from '@emrex-gateway/gateway'
import { startTown } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'
import { badReturnUrls } from './bad-input/bad-return-urls.js'

/** A login as a deployment would bring one; the demonstration's does not start in production. */
const loginPlugin = `
export default {
  apiVersion: 1,
  name: 'invented-login',
  config: { safeParse: (data) => ({ success: true, data }) },
  create: async (settings, host, id) => ({
    info: { id, kind: 'eid', label: 'Invented login', countries: [], bestLoa: 'high', delivers: [], deliversBirthDate: false },
    begin: async () => ({ action: { kind: 'redirect', url: 'https://login.example/' }, pending: {} }),
    correlate: () => undefined,
    complete: async () => ({ ok: false, reason: 'provider-error', detail: 'invented' }),
  }),
}`

let folder: string
let running: RunningGateway
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-production-'))
  const town = await startTown({ folder, port: 0, log: createLog('silent') })
  await town.stop()
  const installed = join(folder, 'node_modules', 'invented-login')
  mkdirSync(installed, { recursive: true })
  writeFileSync(join(installed, 'package.json'), '{"name":"invented-login","type":"module","exports":"./index.mjs"}')
  writeFileSync(join(installed, 'index.mjs'), loginPlugin)
  const demo = parse(readFileSync(join(folder, 'settings.yaml'), 'utf8')) as Record<string, unknown> & {
    ncp: Record<string, unknown>[]
  }
  const file = join(folder, 'production.yaml')
  const poland = demo.ncp.find(({ id }) => id === 'poland')
  const { listen: _demo, registries: _lists, ...kept } = demo
  writeFileSync(
    file,
    stringify({
      ...kept,
      environment: 'production',
      listen: { port: 0 },
      logins: [{ id: 'eid', plugin: 'invented-login' }],
      ncp: [{ ...poland, publicUrl: 'https://ncp.example', logins: ['eid'], receivers: {} }],
      smp: [],
    }),
  )
  running = await startGateway(loadSettings(file), createLog('silent'))
}, 180_000)
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true })
})

const request = (returnUrl: string) =>
  fetch(`http://127.0.0.1:${running.port}/ncp/poland`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ sessionId: 'S-1', returnUrl }),
    headers: { accept: 'application/json' },
  })
const stored = () => running.gateway.store.transfers('ncp').list({ states: ['requested', 'login-due', 'login'] })

/** What a demonstration takes is refused here as well. */
const inProduction: readonly (readonly [what: string, returnUrl: string])[] = [
  ['this machine', 'http://localhost:3000/return'],
  ['this machine by https', 'https://localhost/return'],
  ['this machine by number', 'http://127.0.0.1:3000/return'],
  ['this machine by IPv6', 'https://[::1]/return'],
  ...badReturnUrls,
]

describe('an NCP in production', () => {
  it.each(inProduction)('sends nothing to %s', async (_, returnUrl) => {
    const response = await request(returnUrl)
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'RECEIVER_REFUSED' }),
    ])
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await stored()).toEqual([])
  })

  it('asks about a public https address, and binds the transfer with a cookie that no other host can set', async () => {
    const response = await request('https://smp.example/return?x=1')
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/ncp\/poland\/transfers\/[0-9A-Z]{27}$/),
    ])
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-emrex-.*; HttpOnly; SameSite=Lax; Secure$/),
    ])
    expect(await stored()).toHaveLength(1)
  })
})
