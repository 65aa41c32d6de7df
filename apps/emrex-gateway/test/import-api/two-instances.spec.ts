import { join } from 'node:path'
import { createLog, loadSettings, startGateway, type RunningGateway } from '@emrex-gateway/gateway'
import { describeWith, PlainBrowser, startPostgres, until, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { freshDatabase } from '../database/town-on-postgres.js'
import { ApiUnderTest, applicant, type Answered } from './api-under-test.js'

jest.setTimeout(120_000)

describeWith(describe, 'postgresql', 'the import API of two instances on one PostgreSQL', () => {
  let server: DatabaseServer
  let under: ApiUnderTest
  let second: RunningGateway
  beforeAll(async () => {
    server = await startPostgres()
    // Nothing is sent again because a busy machine took its time to answer.
    under = await ApiUnderTest.start({}, { url: await freshDatabase(server) }, undefined, 30)
    const loaded = loadSettings(join(under.alone.folder, 'settings.yaml'))
    const { listen } = loaded.settings
    const settings = { ...loaded.settings, listen: { ...listen, port: 0 } }
    second = await startGateway({ ...loaded, settings }, createLog('silent'), { now: () => under.alone.now() })
  })
  afterAll(async () => {
    await second?.stop()
    await under?.stop()
    await server.close()
  })

  /** The same address at the other instance. */
  const there = (address: string) => address.replace(under.alone.origin, `http://localhost:${second.port}`)

  it('makes one request of one order that comes to both at the same moment', async () => {
    const headers = { authorization: `Bearer ${under.keys.full}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers: { ...headers, 'idempotency-key': 'order-to-both' } }
    const body = JSON.stringify({ purpose: 'degree', applicant })
    const address = under.address('/requests')
    const answers = await Promise.all(
      [address, there(address), address, there(address)].map((url) => fetch(url, { ...init, body })),
    )
    const ids = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { request: { id: string } }).request.id),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
    expect(new Set(ids).size).toBe(1)
  })

  it('answers calls about one request that come at the same moment as if they came one after the other', async () => {
    const { id } = await under.complete()
    const order = { body: { purpose: 'degree', applicant }, headers: { 'idempotency-key': 'order-of-many' } }
    const atOnce = async (call: () => Promise<Answered>) =>
      (await Promise.all(Array.from({ length: 10 }, call))).map(({ status }) => status).sort()
    expect(await atOnce(() => under.call('GET', `/requests/${id}/result`))).toEqual(Array(10).fill(200))
    expect(await atOnce(() => under.call('POST', '/requests', order))).toEqual([...Array(9).fill(200), 201])
  })

  it('lets one of two browsers have a link that is pressed at both', async () => {
    const { id, link } = await under.create()
    const press = (url: string) =>
      fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ decision: 'accept' }) })
    const answers = await Promise.all([press(link), press(there(link)), press(link), press(there(link))])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410])
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('opened')
  })

  it('brings each event once in effect, whoever takes the job, and the result from either', async () => {
    under.receiver.reset()
    const { id, link } = await under.create()
    await under.agree(await under.walk(link, undefined, new PlainBrowser()))
    const headers = { authorization: `Bearer ${under.keys.full}` }
    const read = await fetch(there(under.address(`/requests/${id}/result`)), { headers })
    expect(((await read.json()) as { result: object }).result).toMatchObject({ degrees: [{ level: '7' }] })
    await until(() => under.receiver.eventsOf(id).length === 2)
    const all = under.receiver.attempts.filter(({ body }) => body.includes(id))
    expect(all).toHaveLength(2)
    expect(under.receiver.known.get(id)).toMatchObject({ status: 'completed' })
  })
})
