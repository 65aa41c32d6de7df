import type { InboundMessage, LoginOrder } from '../ports/identity-provider.js'
import { claimsOf } from '../identity.js'
import { sessionLogin, type SessionPerson } from './session-login.js'

const order: LoginOrder = {
  ...{ handle: 'h/1', callbackUrl: 'https://campus.example/ncp/campus/login/campus/callback' },
  ...{ minimumLoa: 'none', freshLogin: true, language: 'en' },
}
const person: SessionPerson = {
  ...{ id: '4711', givenNames: 'Solveig', familyName: 'Prøve', birthDate: '1999-04-05' },
  nationalId: { country: 'NO', value: '05068907693' },
}
interface Request {
  readonly user?: SessionPerson
}
const login = sessionLogin<Request>({
  ...{ id: 'campus', label: 'Campus' },
  personOf: ({ user }) => user,
  loginPage: (then) => `https://campus.example/login?then=${encodeURIComponent(then)}`,
  now: () => new Date('2026-01-02T03:04:05Z'),
})
const back = (request: unknown, state = 'h/1'): InboundMessage => ({
  ...{ method: 'GET', url: `${order.callbackUrl}?state=${encodeURIComponent(state)}`, form: new Map(), request },
})

describe('sessionLogin', () => {
  it('sends the browser by the login page of the application, and finds the handle in what comes back', async () => {
    const { action } = await login.begin(order)
    const url = new URL((action as { url: string }).url)
    expect(url.searchParams.get('then')).toBe(`${order.callbackUrl}?state=h%2F1`)
    expect(login.correlate(back({}))).toBe('h/1')
  })

  it('takes the person of the session, by whose id and number they are found', async () => {
    const { pending } = await login.begin(order)
    const outcome = await login.complete(back({ user: person }), pending, order)
    if (!outcome.ok) throw new Error(outcome.detail)
    expect(outcome.identity).toMatchObject({ provider: 'campus', subject: '4711', loa: 'none' })
    expect(claimsOf(outcome.identity).claims).toEqual([
      { type: 'nationalId', country: 'NO', value: '05068907693' },
      { type: 'learnerId', scheme: 'campus', value: '4711' },
      { type: 'birthDate', value: '1999-04-05' },
      { type: 'name', given: 'Solveig', family: 'Prøve' },
    ])
  })

  it('is nobody without a session, nor under another handle, and says when it cannot see the request', async () => {
    const { pending } = await login.begin(order)
    expect(await login.complete(back({}), pending, order)).toMatchObject({ ok: false, reason: 'cancelled' })
    expect(await login.complete(back({ user: person }, 'h2'), pending, order)).toMatchObject({
      reason: 'invalid-message',
    })
    await expect(login.complete(back(undefined), pending, order)).rejects.toThrow(/carries no request/)
  })

  it('does not do where more is demanded than the application vouches for', async () => {
    const strict = { ...order, minimumLoa: 'substantial' } as const
    const { pending } = await login.begin(strict)
    expect(await login.complete(back({ user: person }), pending, strict)).toEqual({
      ...{ ok: false, reason: 'loa-too-low', detail: 'none' },
    })
  })

  it('takes what a database does not know as it takes what is not there', async () => {
    const row = { ...person, birthDate: null, nationalId: null, esi: null, roles: null } as unknown as SessionPerson
    const { pending } = await login.begin(order)
    const outcome = await login.complete(back({ user: row }), pending, order)
    if (!outcome.ok) throw new Error(outcome.detail)
    expect(claimsOf(outcome.identity).claims).toEqual([
      { type: 'learnerId', scheme: 'campus', value: '4711' },
      { type: 'name', given: 'Solveig', family: 'Prøve' },
    ])
  })
})
