import type { BrowserAction, IdentityProvider, InboundMessage, LoginOrder } from '@emrex-gateway/core'

/** What the kit needs to know about a login in order to play its outside world. */
export interface IdentityProviderKit {
  /** A provider that serves the order below. */
  open(): Promise<IdentityProvider>
  /** The message that the outside sends when the person did `what`, in answer to `action`. */
  answer(action: BrowserAction, order: LoginOrder, what: 'log-in' | 'cancel'): Promise<InboundMessage>
  /** The same message with the part broken that says who it is. */
  spoil(message: InboundMessage): InboundMessage
  /** Texts of the person that must never turn up in an outcome's detail. */
  readonly personalData: readonly string[]
  /** For a login that is there for demonstrations only: starting it in this environment. */
  readonly start?: (environment: 'production' | 'test' | 'demo') => Promise<unknown>
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
      expect(outcome).toMatchObject({ ok: false, reason: 'cancelled' })
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
      expect(outcome).toMatchObject({ ok: false, reason: 'invalid-message' })
    })

    it('refuses a broken message, with a detail free of personal data', async () => {
      const { provider, pending, message } = await begin('log-in')
      const outcome = await provider.complete(kit.spoil(message), pending, order('handle-one'))
      if (outcome.ok) throw new Error('a broken message was taken')
      expect(outcome.reason).toBe('invalid-message')
      for (const text of kit.personalData) expect(outcome.detail).not.toContain(text)
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

function withoutQuery(url: string): string {
  const bare = new URL(url)
  bare.search = ''
  return bare.href
}
