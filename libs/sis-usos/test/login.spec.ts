import { EmrexError, type IdentityOutcome, type InboundMessage } from '@emrex-gateway/core'
import { startSisServer, until } from '@emrex-gateway/testing'
import { studentOf, students, type Student } from '@emrex-gateway/testing/population'
import { decide, openUsos, order, type OpenUsos } from './open-usos.js'

describe('the login at USOS', () => {
  const pole: Student = { ...studentOf('ada'), nationalId: { country: 'PL', value: '44051401359' } }
  const everybody = [pole, ...students.slice(1)]
  let opened: OpenUsos
  beforeEach(async () => {
    opened = await openUsos({ students: everybody })
  })
  afterEach(() => opened.close())
  const login = () => opened.connection.login!
  const ada = () => opened.usos.labelOf(pole)
  const without = (message: InboundMessage, ...names: string[]): InboundMessage => {
    const url = new URL(message.url)
    for (const name of names) url.searchParams.delete(name)
    return { ...message, url: url.href }
  }
  async function logIn(button = ada(), more: Parameters<typeof order>[1] = {}): Promise<IdentityOutcome> {
    const { action, pending } = await login().begin(order('handle-one', more))
    return login().complete(await decide(action, button), pending, order('handle-one', more))
  }

  it('gives the student as the university knows them, and their leave to read', async () => {
    const outcome = await logIn()
    expect(outcome).toEqual({
      ok: true,
      grant: { connection: 'usos', secret: expect.stringMatching(/^[\w-]+$/) },
      identity: {
        provider: 'usos',
        issuer: opened.usos.baseUrl,
        subject: expect.stringMatching(/^\d+$/),
        country: 'PL',
        homeOrganisation: 'pierwszy.example',
        loa: 'low',
        authenticatedAt: expect.any(String),
        names: [{ given: 'Ada Marie', family: 'Provnåsen-Żółw', kind: 'current' }],
        birthDate: { value: '1989-06-05', precision: 'day' },
        identifiers: [
          { scheme: 'student:pierwszy.example', value: '500101', persistence: 'lifelong', source: 'institution' },
          { scheme: 'national:PL', value: '44051401359', persistence: 'lifelong', source: 'institution' },
        ],
        roles: [],
      },
    })
    // Foreigners have no PESEL.
    const foreigner = await logIn(opened.usos.labelOf(students[1]!))
    expect(foreigner.ok && foreigner.identity.identifiers.map(({ scheme }) => scheme)).toEqual([
      'student:pierwszy.example',
    ])
  })

  it('asks for what it needs and for nothing that lasts', async () => {
    const { action } = await login().begin(order())
    const page = await (await fetch(action.url)).text()
    expect(page).toContain('will be read: studies, grades, personal.<')
    expect(action.url).not.toContain('interactivity')
    const fresh = await login().begin(order('handle-one', { freshLogin: true }))
    expect(new URL(fresh.action.url).searchParams.get('interactivity')).toBe('confirm_user')
  })

  it('takes an answer once: of two at the same time the later one is told as that, and undoes nothing', async () => {
    const { action, pending } = await login().begin(order())
    const message = await decide(action, ada())
    const complete = () => login().complete(message, pending, order())
    const used = { ok: false, reason: 'replayed', detail: 'verifier-used' }
    expect(await Promise.all([complete(), complete()])).toEqual([expect.objectContaining({ ok: true }), used])
    expect(await complete()).toEqual(used)
  })

  it('takes no answer to the request of somebody else', async () => {
    const mine = await login().begin(order())
    const theirs = await login().begin(order())
    const message = await decide(theirs.action, ada())
    const outcome = await login().complete(message, mine.pending, order())
    expect(outcome).toEqual({ ok: false, reason: 'invalid-message', detail: 'token-of-another-login' })
    // Nor with the token exchanged in the address: the verifier belongs to the other.
    const url = new URL(message.url)
    url.searchParams.set('oauth_token', mine.pending['token']!)
    const forged = await login().complete({ ...message, url: url.href }, mine.pending, order())
    expect(forged).toEqual({ ok: false, reason: 'invalid-message', detail: 'verifier-refused' })
    expect(opened.usos.grants).toBe(0)
  })

  it('understands both ways in which a student says no', async () => {
    expect(await logIn('Cancel')).toEqual({ ok: false, reason: 'cancelled', detail: 'refused-by-the-student' })
    const second = await openUsos({ seat: 'second' })
    try {
      const { action, pending } = await second.connection.login!.begin(order())
      const message = await decide(action, 'Cancel')
      expect(message.url).not.toContain('oauth_problem')
      const outcome = await second.connection.login!.complete(message, pending, order())
      expect(outcome).toEqual({ ok: false, reason: 'cancelled', detail: 'no-verifier' })
    } finally {
      await second.close()
    }
  })

  it('does not take a message without a token for a refusal', async () => {
    const { action, pending } = await login().begin(order())
    const message = without(await decide(action, 'Cancel'), 'oauth_token')
    expect(await login().complete(message, pending, order())).toMatchObject({ reason: 'invalid-message' })
  })

  it('is too weak where more is demanded, and exchanges nothing then', async () => {
    expect(await logIn(ada(), { minimumLoa: 'substantial' })).toMatchObject({ reason: 'loa-too-low', detail: 'low' })
    expect(opened.usos.called).not.toContain('services/oauth/access_token')
  })

  it('cannot be used while USOS is down, and says so at every step', async () => {
    const { action, pending } = await login().begin(order())
    const message = await decide(action, ada())
    await opened.usos.is('down')
    await expect(login().begin(order())).rejects.toThrow(EmrexError)
    await expect(login().begin(order())).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    expect(await login().complete(message, pending, order())).toMatchObject({ reason: 'provider-unavailable' })
    expect(await login().refresh!()).toMatchObject({ available: false })
    expect(opened.host.lines.join()).not.toMatch(/oauth_|handle-one/)
  })

  it('begins with nobody who does not confirm our address: that would be the older protocol, which can be tricked', async () => {
    const older = await startSisServer({
      answer: ({ path }) => ({ body: path.endsWith('/now') ? '""' : 'oauth_token=a&oauth_token_secret=b' }),
    })
    const other = await openUsos({ settings: { baseUrl: `${older.origin}/` } })
    try {
      const begun = other.connection.login!.begin(order())
      await expect(begun).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    } finally {
      await other.close()
      await older.close()
    }
  })

  it('gives a leave back, once or twice, and does not throw when there is none', async () => {
    const grant = await opened.grantOf(pole)
    expect(opened.usos.grants).toBe(1)
    await opened.connection.revoke!({ ...grant, connection: 'another' })
    expect(opened.usos.grants).toBe(1)
    await opened.connection.revoke!(grant)
    expect(opened.usos.grants).toBe(0)
    await opened.connection.revoke!(grant)
    await opened.connection.revoke!({ ...grant, secret: 'nonsense' })
  })

  it.each(['down', 'failing', 'web-page', 'credential-refused'] as const)(
    'gives a leave back later where USOS does not take it now: %s',
    async (scenario) => {
      const grant = await opened.grantOf(pole)
      const before = opened.usos.grants
      await opened.usos.is(scenario)
      await opened.connection.revoke!(grant)
      await opened.usos.is('well')
      await until(() => opened.usos.grants !== before)
      expect(opened.usos.grants).toBe(before - 1)
    },
    60_000,
  )

  it('keeps a leave for itself: no text of it holds the token in the open, nor a key of ours', async () => {
    const { secret } = await opened.grantOf(pole)
    expect(secret).not.toContain(opened.usos.consumerSecret)
    expect(JSON.stringify(opened.host.lines)).not.toContain(secret)
  })
})

describe('a clock that goes wrong', () => {
  it('is found and put right, in either direction', async () => {
    for (const minutes of [-47, 600]) {
      const gatewayNow = () => new Date(Date.now() + minutes * 60_000)
      const opened = await openUsos({ gatewayNow })
      try {
        expect(await opened.grantOf(studentOf('ada'))).toMatchObject({ connection: 'usos' })
        const context = { signal: new AbortController().signal, languages: [], reference: 'clock' }
        const { ok, findings } = await opened.connection.check(context)
        expect(ok).toBe(true)
        const way = minutes < 0 ? 'ahead of' : 'behind'
        const [, seconds] = new RegExp(`its clock is (\\d+) s ${way} ours`).exec(findings.join('\n')) ?? []
        // The answer that tells the time may have been on its way for some of them.
        expect(Math.abs(Number(seconds) - Math.abs(minutes) * 60)).toBeLessThan(30)
      } finally {
        await opened.close()
      }
    }
  })
})
