import { ClientCredentials } from './client-credentials.js'

/** A server that takes the newest of its tokens alone, as some do, and answers in its own time. */
function newestTokenAlone() {
  let issued = 0
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
  const fetch = async (input: string, init?: RequestInit) => {
    await pause()
    if (input.endsWith('/token')) return Response.json({ access_token: `t${++issued}`, expires_in: 3600 })
    const { authorization } = init!.headers as Readonly<Record<string, string>>
    return new Response(null, { status: authorization === `Bearer t${issued}` ? 200 : 401 })
  }
  return { fetch: fetch as typeof globalThis.fetch, refuseAll: () => void issued++, issued: () => issued }
}

describe('ClientCredentials', () => {
  it('fetches one token for calls at the same time: a second would end the first at some servers', async () => {
    const server = newestTokenAlone()
    const settings = { tokenUrl: 'https://login.example/token', clientId: 'gateway', clientSecret: 'secret' }
    const tokens = new ClientCredentials(settings, { fetch: server.fetch, connection: 'rest' }, () => new Date())
    const asked = tokens.over(server.fetch)
    const statuses = async () =>
      (await Promise.all([1, 2, 3, 4].map(() => asked('https://sis.example/')))).map(({ status }) => status)
    expect(await statuses()).toEqual([200, 200, 200, 200])
    server.refuseAll()
    expect(await statuses()).toEqual([200, 200, 200, 200])
    expect(server.issued()).toBe(3)
  })
})
