import type { BrowserAction, IdentityProvider, InboundMessage, LoginOrder } from '@emrex-gateway/core'

/** What the kit needs to know about a login in order to play its outside world. */
export interface IdentityProviderKit {
  /** A provider that serves the order below. */
  open(): Promise<IdentityProvider>
  /** The message that the outside sends when the person did `what`, in answer to `action`. */
  answer(action: BrowserAction, order: LoginOrder, what: 'log-in' | 'cancel'): Promise<InboundMessage>
  /** The same message with the part broken that says who it is. */
  spoil(message: InboundMessage): InboundMessage
  /** More broken messages, by what is wrong with each, where one kind of damage says too little. */
  readonly broken?: Readonly<Record<string, (message: InboundMessage) => InboundMessage>>
  /** Texts of the person that must never turn up in an outcome's detail. */
  readonly personalData: readonly string[]
  /** For a login that is there for demonstrations only: starting it in this environment. */
  readonly start?: (environment: 'production' | 'test' | 'demo') => Promise<unknown>
}

/** What an outcome says to logs and audit: one of few short codes, never a sentence or a value. */
const shortCode = /^[a-z0-9]+(-[a-z0-9]+){0,7}$/

const addresses = {
  callbackUrl: 'https://gateway.example/ncp/one/login/callback',
  logoutUrl: 'https://gateway.example/ncp/one/login/logout',
}

const order = (handle: string): LoginOrder => ({
  handle,
  callbackUrl: 'https://gateway.example/ncp/one/login/callback',
  minimumLoa: 'none',
  freshLogin: true,
  language: 'en',
})

/** The promises of `IdentityProvider`, run against one login. */
export function identityProviderContract(name: string, kit: IdentityProviderKit): void {
  const begin = async (what: 'log-in' | 'cancel', handle = 'handle-one') => {
    const provider = await kit.open()
    const { action, pending } = await provider.begin(order(handle))
    const message = await kit.answer(action, order(handle), what)
    return { provider, action, pending, message }
  }

  describe(`identity provider contract: ${name}`, () => {
    it('sends the browser somewhere and remembers only text', async () => {
      const { action, pending } = await begin('log-in')
      expect(['redirect', 'post', 'choice']).toContain(action.kind)
      expect(new URL(action.url).protocol).toMatch(/^https?:$/)
      for (const value of Object.values(pending)) expect(typeof value).toBe('string')
      expect(JSON.parse(JSON.stringify(pending))).toEqual(pending)
    })

    it('says which handle a message belongs to, and nothing for a message without one', async () => {
      const { provider, message } = await begin('log-in')
      expect(provider.correlate(message)).toBe('handle-one')
      expect(provider.correlate({ ...message, url: withoutQuery(message.url), form: new Map() })).toBeUndefined()
    })

    it('gives an identity that names its provider, its issuer and a subject', async () => {
      const { provider, pending, message } = await begin('log-in')
      const outcome = await provider.complete(message, pending, order('handle-one'))
      if (!outcome.ok) throw new Error(`login failed: ${outcome.reason}`)
      expect(outcome.identity.provider).toBe(provider.info.id)
      expect(outcome.identity.issuer).not.toBe('')
      expect(outcome.identity.subject).not.toBe('')
      expect(outcome.identity.names.length).toBeGreaterThan(0)
      expect(new Date(outcome.identity.authenticatedAt).toISOString()).toBe(outcome.identity.authenticatedAt)
      const delivered = outcome.identity.identifiers.map(({ scheme }) => scheme)
      expect(provider.info.delivers).toEqual(expect.arrayContaining(delivered))
    })

    it('gives the same subject to the same person again', async () => {
      const subjects = []
      for (const handle of ['handle-one', 'handle-two']) {
        const { provider, pending, message } = await begin('log-in', handle)
        const outcome = await provider.complete(message, pending, order(handle))
        subjects.push(outcome.ok ? outcome.identity.subject : outcome.reason)
      }
      expect(subjects[0]).toBe(subjects[1])
    })

    it('tells a cancelled login from a failed one', async () => {
      const { provider, pending, message } = await begin('cancel')
      const outcome = await provider.complete(message, pending, order('handle-one'))
      expect(outcome).toMatchObject({ ok: false, reason: 'cancelled', detail: expect.stringMatching(shortCode) })
    })

    it('refuses the message of another login', async () => {
      const { provider, message } = await begin('log-in')
      const { pending } = await provider.begin(order('handle-two'))
      const outcome = await provider.complete(message, pending, order('handle-two'))
      expect(outcome).toMatchObject({ ok: false, reason: 'invalid-message' })
    })

    it('refuses a message when nothing is pending', async () => {
      const { provider, message } = await begin('log-in')
      const outcome = await provider.complete(message, {}, order('handle-one'))
      expect(outcome).toMatchObject({
        ok: false,
        reason: 'invalid-message',
        detail: expect.stringMatching(shortCode),
      })
    })

    it.each(Object.entries({ 'in the part that says who it is': kit.spoil, ...kit.broken }))(
      'refuses a message broken %s, with a short code free of personal data',
      async (_what, damage) => {
        const { provider, pending, message } = await begin('log-in')
        const outcome = await provider.complete(damage(message), pending, order('handle-one'))
        if (outcome.ok) throw new Error('a broken message was taken')
        expect(outcome.reason).toBe('invalid-message')
        expect(outcome.detail).toMatch(shortCode)
        for (const text of kit.personalData) expect(outcome.detail).not.toContain(text)
      },
    )

    it('takes no handle and no message from noise, and throws at neither', async () => {
      const { provider, pending } = await begin('log-in')
      for (const message of noise) {
        expect(provider.correlate(message)).toBeUndefined()
        const outcome = await provider.complete(message, pending, order('handle-one'))
        expect(outcome).toMatchObject({ ok: false, detail: expect.stringMatching(shortCode) })
      }
    })

    it('says whether it can be offered, in lines without line breaks, if it depends on anything outside', async () => {
      const provider = await kit.open()
      const state = await provider.refresh?.()
      if (state === undefined) return
      expect(state.available).toBe(true)
      for (const finding of state.findings) expect(finding).toMatch(/^[^\r\n]+$/)
      for (const line of provider.unconfirmed ?? []) expect(line).toMatch(/^[^\r\n]+$/)
    })

    it('describes itself to its other side the same way each time, if it has one to describe itself to', async () => {
      const provider = await kit.open()
      const first = await provider.metadata?.(addresses)
      if (first === undefined) return
      expect(first.contentType).toMatch(/^[a-z]+\/[a-z0-9.+-]+/)
      expect(first.body).toContain(addresses.callbackUrl)
      expect(first.body).not.toContain('PRIVATE KEY')
      const second = await provider.metadata?.(addresses)
      expect(second?.contentType).toBe(first.contentType)
      expect(withoutSignatureValue(second?.body ?? '')).toBe(withoutSignatureValue(first.body))
    })

    it('sends the browser somewhere to end the session of the login, if the login keeps one', async () => {
      const { provider, pending, message } = await begin('log-in')
      if (provider.logout === undefined) return
      const outcome = await provider.complete(message, pending, order('handle-one'))
      if (!outcome.ok || outcome.session === undefined) throw new Error('nothing to log out with')
      for (const value of Object.values(outcome.session)) expect(typeof value).toBe('string')
      const action = await provider.logout.begin(outcome.session, addresses.logoutUrl)
      expect(['redirect', 'post']).toContain(action.kind)
      const { protocol, search } = new URL(action.url)
      expect(protocol).toMatch(/^https?:$/)
      for (const text of kit.personalData) expect(decodeURIComponent(search)).not.toContain(text)
    })

    it('is not moved by messages about logout that nobody asked for', async () => {
      const { logout } = await kit.open()
      if (logout === undefined) return
      for (const message of noise)
        expect(await logout.receive(message, addresses.logoutUrl)).not.toHaveProperty('reply')
    })

    const { start } = kit
    if (start !== undefined)
      it('starts in a demonstration and refuses production and test', async () => {
        await expect(start('demo')).resolves.toBeDefined()
        await expect(start('production')).rejects.toThrow('environment: demo')
        await expect(start('test')).rejects.toThrow('environment: demo')
      })
  })
}

const noise: readonly InboundMessage[] = [
  { method: 'GET', url: addresses.callbackUrl, form: new Map() },
  { method: 'GET', url: `${addresses.callbackUrl}?next=https://elsewhere.example/&%00=%ff`, form: new Map() },
  { method: 'POST', url: addresses.callbackUrl, form: new Map() },
  { method: 'POST', url: addresses.callbackUrl, form: new Map([['', '']]) },
  {
    method: 'POST',
    url: addresses.callbackUrl,
    form: new Map([
      ['SAMLResponse', '%%%'],
      ['logout_token', 'a.b.c'],
      ['__proto__', 'x'],
    ]),
  },
]

/** A signature by ECDSA or RSA-PSS is another one each time; what it signs is not. */
const withoutSignatureValue = (body: string): string => body.replace(/(<(?:\w+:)?SignatureValue>)[^<]*/g, '$1')

function withoutQuery(url: string): string {
  const bare = new URL(url)
  bare.search = ''
  return bare.href
}
