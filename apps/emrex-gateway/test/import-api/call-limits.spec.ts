import { join } from 'node:path'
import { createLog, loadSettings, startGateway, type RunningGateway } from '@emrex-gateway/gateway'
import { describeWith, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { freshDatabase } from '../database/town-on-postgres.js'
import { ApiUnderTest, applicant } from './api-under-test.js'

jest.setTimeout(120_000)

const callsPerKey = 6

describe('calls of the import API', () => {
  let under: ApiUnderTest
  beforeAll(async () => {
    under = await ApiUnderTest.start({}, undefined, { callsPerKey })
  })
  afterAll(() => under.stop())

  it('are limited by key and entry: problem details say for how long, and nothing was done', async () => {
    for (let call = 0; call < callsPerKey; call++) expect((await under.call('GET', '/purposes')).status).toBe(200)
    const { status, headers, json } = await under.call('POST', '/requests', { body: { purpose: 'degree', applicant } })
    expect([status, json.code, headers.get('content-type')]).toEqual([
      ...[429, 'API_TOO_MANY_CALLS', 'application/problem+json'],
    ])
    const wait = Number(headers.get('retry-after'))
    expect([wait > 500, wait <= 600]).toEqual([true, true])
    expect(((await (await fetch(json.type)).json()) as { code: string }).code).toBe('API_TOO_MANY_CALLS')
    expect(await under.alone.gateway.store.transfers('request').list({ states: ['waiting'] })).toEqual([])
    // Another key, of the same client too, and the same key at another entry have calls of their own.
    expect((await under.call('GET', '/purposes', { key: 'reader' })).status).toBe(200)
    expect((await under.call('GET', '/purposes', { key: 'stranger' })).status).toBe(200)
    expect((await under.call('GET', '/purposes', { entry: 'admission' })).status).toBe(200)
  })

  it('without a good key use up nobody’s calls, however many there are', async () => {
    const { writer } = under.keys
    const last = writer.endsWith('A') ? 'B' : 'A'
    for (let call = 0; call < 3 * callsPerKey; call++) {
      const forged = { authorization: `Bearer ${writer.slice(0, -1)}${last}` }
      expect((await under.call('GET', '/purposes', forged)).status).toBe(401)
    }
    // It lacks the scope, and that is what it is told.
    expect((await under.call('GET', '/purposes', { key: 'writer' })).status).toBe(403)
  })
})

describeWith(describe, 'postgresql', 'calls of the import API at two instances', () => {
  let server: DatabaseServer
  let under: ApiUnderTest
  let second: RunningGateway
  beforeAll(async () => {
    server = await startPostgres()
    under = await ApiUnderTest.start({}, { url: await freshDatabase(server) }, { callsPerKey })
    const loaded = loadSettings(join(under.alone.folder, 'settings.yaml'))
    const settings = { ...loaded.settings, listen: { ...loaded.settings.listen, port: 0 } }
    second = await startGateway({ ...loaded, settings }, createLog('silent'), { now: () => under.alone.now() })
  })
  afterAll(async () => {
    await second?.stop()
    await under?.stop()
    await server.close()
  })

  it('are counted together', async () => {
    const headers = { authorization: `Bearer ${under.keys.full}` }
    const here = under.address('/purposes')
    const there = here.replace(under.alone.origin, `http://localhost:${second.port}`)
    const statuses: number[] = []
    for (let call = 0; call < callsPerKey + 2; call++)
      statuses.push((await fetch(call % 2 === 0 ? here : there, { headers })).status)
    expect(statuses).toEqual([...Array<number>(callsPerKey).fill(200), 429, 429])
  })
})
