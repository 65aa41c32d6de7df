import { isSignedWebhook, parseWebhookSecret, signWebhook } from '../../src/api/webhook-event.js'

// The example that the libraries of Standard Webhooks are tested with.
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

describe('signWebhook', () => {
  it('signs the published example of Standard Webhooks as its libraries do', () => {
    const secret = parseWebhookSecret(published.secret)!
    const headers = signWebhook([secret], published)
    expect(headers).toMatchObject({ 'webhook-id': published.id, 'webhook-timestamp': '1614265330' })
    expect(headers['webhook-signature']).toBe(published.signature)
    expect(isSignedWebhook(secret, headers, published.body, published.at)).toBe(true)
  })
})

describe('isSignedWebhook', () => {
  const secret = parseWebhookSecret(published.secret)!
  const headers = signWebhook([secret], published)
  const signedAt = (seconds: number) =>
    isSignedWebhook(secret, headers, published.body, new Date(published.at.getTime() + seconds * 1000))

  it('takes one good signature among several, and none of another version', () => {
    const several = { ...headers, 'webhook-signature': `v1,AAAA ${published.signature}` }
    expect(isSignedWebhook(secret, several, published.body, published.at)).toBe(true)
    const other = { ...headers, 'webhook-signature': published.signature.replace('v1', 'v2') }
    expect(isSignedWebhook(secret, other, published.body, published.at)).toBe(false)
  })

  it('refuses what is older, or younger, than the window, and a time that is none', () => {
    expect([signedAt(300), signedAt(301), signedAt(-300), signedAt(-301)]).toEqual([true, false, true, false])
    const nonsense = { ...headers, 'webhook-timestamp': 'soon' }
    expect(isSignedWebhook(secret, nonsense, published.body, published.at)).toBe(false)
    expect(isSignedWebhook(secret, {}, published.body, published.at)).toBe(false)
  })
})

describe('parseWebhookSecret', () => {
  it('takes 24 to 64 bytes behind the prefix and nothing else', () => {
    const of = (bytes: number, prefix = 'whsec_') => `${prefix}${Buffer.alloc(bytes, 1).toString('base64')}\n`
    expect(parseWebhookSecret(of(24))).toHaveLength(24)
    for (const text of [of(23), of(65), of(32, ''), 'whsec_', 'whsec_!!!!'])
      expect(parseWebhookSecret(text)).toBe(undefined)
  })
})
