import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { explainSisError, SisError } from '../sis-error.js'
import { askSystem } from './ask-system.js'
import { healthOf } from './health-of.js'

describe('askSystem', () => {
  let server: Server
  beforeAll(async () => {
    server = createServer(({ url = '' }, response) => {
      const status = Number(url.slice(1))
      response.writeHead(status, status < 400 ? { location: '/200' } : {}).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())

  const ask = (path: string) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
    return askSystem({ fetch, connection: 'records' }, { url }, { signal: new AbortController().signal })
  }
  const failureOf = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: SisError) => error,
    )

  it.each([301, 302, 307])('follows no redirect, and tells of one (%s)', async (status) => {
    const failure = await failureOf(ask(`/${status}`))
    expect(failure).toMatchObject({ name: 'SisError', kind: 'unavailable', info: { status } })
    expect(explainSisError(failure!)).toBe(`the system sends us on to another address (HTTP ${status})`)
  })

  it.each(['https://gateway:secret@sis.example/', new URL('https://gateway@sis.example/')])(
    'says that there is a user or a password in the address, with which nothing can be fetched (%#)',
    async (url) => {
      const { signal } = new AbortController()
      const failure = await failureOf(askSystem({ fetch, connection: 'records' }, { url }, { signal }))
      expect(failure).toMatchObject({ kind: 'credential', info: { connection: 'records' } })
      expect(explainSisError(failure!)).toBe('the address holds a user or a password: they have settings of their own')
    },
  )

  it('has a check say what the system or the connection said', async () => {
    const findingOf = async (asking: Promise<unknown>) => (await healthOf(asking.then(() => 'well'))).findings[0]
    expect(await findingOf(ask('/404'))).toBe('the answer of the system was not understood (HTTP 404)')
    expect(await findingOf(ask('/503'))).toBe('the system did not answer (HTTP 503)')
    const nowhere = askSystem(
      { fetch, connection: 'records' },
      { url: 'http://nowhere.invalid/' },
      { signal: new AbortController().signal },
    )
    expect(await findingOf(nowhere)).toMatch(/^the system did not answer \((ENOTFOUND|EAI_AGAIN)\)$/)
  })
})
