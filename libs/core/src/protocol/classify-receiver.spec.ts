import { classifyReceiver, type ReceiverPolicy } from './classify-receiver.js'

const policy: ReceiverPolicy = {
  known: [
    { name: 'Havet University', origin: 'https://smp.hav.example:8443', furtherOrigins: ['https://app.hav.example'] },
    { name: 'Inside', origin: 'https://emrex.intranet', furtherOrigins: [] },
  ],
  unknown: 'ask',
  allowLoopbackHttp: false,
}
const classify = (url: string, changes: Partial<ReceiverPolicy> = {}) =>
  classifyReceiver(url, { ...policy, ...changes })

describe('classifyReceiver', () => {
  it('knows a receiver of the settings by its origin, and only by that', () => {
    const returnUrl = 'https://smp.hav.example:8443/return?_action=import&x=%20'
    expect(classify(returnUrl)).toEqual({
      ...{
        kind: 'known',
        name: 'Havet University',
        host: 'smp.hav.example:8443',
        origin: 'https://smp.hav.example:8443',
      },
      ...{ formOrigins: ['https://smp.hav.example:8443', 'https://app.hav.example'], returnUrl },
    })
    for (const other of [
      'https://smp.hav.example/',
      'https://smp.hav.example.evil.example:8443/',
      'https://hav.example:8443/',
    ])
      expect(classify(other).kind).toBe('ask')
    expect(classify('https://emrex.intranet/return').kind).toBe('known')
    expect(classify('https://emrex.intranet.evil.example/return').kind).toBe('ask')
  })

  it('asks about an unknown one, or refuses it as the settings say', () => {
    expect(classify('https://Evil.Example/return')).toEqual({
      ...{ kind: 'ask', host: 'evil.example', hostAscii: 'evil.example', origin: 'https://evil.example' },
      ...{ formOrigins: ['https://evil.example'], returnUrl: 'https://evil.example/return' },
    })
    expect(classify('https://evil.example/', { unknown: 'refuse' })).toEqual({
      kind: 'refuse',
      why: 'unknown-receiver',
    })
  })

  it('gives the serialised parsed address, with its query as it was', () => {
    expect(classify('HTTPS://smp.example:443/a/../b?u=a+b%2f')).toMatchObject({
      returnUrl: 'https://smp.example/b?u=a+b%2f',
    })
  })

  it('shows a host in Unicode and in the form that the browser resolves', () => {
    expect(classify('https://bücher.example/')).toMatchObject({
      host: 'bücher.example',
      hostAscii: 'xn--bcher-kva.example',
    })
    expect(classify('https://аррӏе.example:8443/')).toMatchObject({ hostAscii: 'xn--80ak6aa92e.example:8443' })
    expect(classify('https://例え.example/').kind).toBe('ask')
  })

  it.each([
    ['http://smp.example/', 'not-https'],
    ['ftp://smp.example/', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['javascript://smp.example/%0aalert(1)', 'not-https'],
    ['data:text/html,hello', 'not-https'],
    ['blob:https://smp.example/1', 'not-https'],
    ['//smp.example/', 'not-absolute'],
    ['/return', 'not-absolute'],
    ['smp.example/return', 'not-absolute'],
    ['https:smp.example', 'not-absolute'],
    ['https:/smp.example', 'not-absolute'],
    ['https:///smp.example', 'not-absolute'],
    ['https://', 'not-absolute'],
    ['', 'not-absolute'],
    ['{"url":"https://smp.example/"}', 'not-absolute'],
    ['https://bank.example@evil.example/', 'user-info'],
    ['https://a:b@evil.example/', 'user-info'],
    ['https://@evil.example/', 'user-info'],
    ['https://smp.example/#part', 'fragment'],
    ['https://smp.example/#', 'fragment'],
    ['https://smp.example:22/', 'blocked-port'],
    ['https://smp.example:6667/', 'blocked-port'],
    ['https://smp.example:99999/', 'unreadable'],
    ['https://smp .example/', 'forbidden-character'],
    [' https://smp.example/', 'forbidden-character'],
    ['https://smp.example/\n', 'forbidden-character'],
    ['https://smp.exa\tmple/', 'forbidden-character'],
    ['java\nscript:alert(1)', 'forbidden-character'],
    ['https:\\\\evil.example\\', 'forbidden-character'],
    ['https://smp.example\\@evil.example/', 'forbidden-character'],
    ['https://smp.example/\u0000', 'forbidden-character'],
    ['https://smp.example/\u202egpj', 'forbidden-character'],
    ['https://192.0.2.7/', 'ip-address'],
    ['https://10.0.0.1/', 'ip-address'],
    ['https://169.254.169.254/', 'ip-address'],
    ['https://127.1.2.3/', 'ip-address'],
    ['https://[2001:db8::1]/', 'ip-address'],
    ['https://[::ffff:127.0.0.1]/', 'ip-address'],
    ['https://0x7f.0.0.2/', 'ip-address'],
    ['https://0177.0.0.02/', 'ip-address'],
    ['https://3221225991/', 'ip-address'],
    ['https://１９２.0.2.7/', 'ip-address'],
    ['https://127.0.0.1/', 'private-host'],
    ['https://2130706433/', 'private-host'],
    ['https://[::1]/', 'private-host'],
    ['https://localhost/', 'private-host'],
    ['https://localhost./', 'private-host'],
    ['https://smp.localhost/', 'private-host'],
    ['https://smp.internal/', 'private-host'],
    ['https://smp.INTERNAL./', 'private-host'],
    ['https://printer.local/', 'private-host'],
    ['https://nas.home.arpa/', 'private-host'],
    ['https://intranet/', 'private-host'],
    ['https://pаypal.example/', 'mixed-script'],
    ['https://xn--pypal-4ve.example/', 'mixed-script'],
    ['https://oμv.example/', 'mixed-script'],
    [`https://smp.example/${'a'.repeat(2000)}`, 'too-long'],
    [`https://smp.example/${'a'.repeat(5000)}`, 'too-long'],
  ])('refuses %j: %s', (url, why) => {
    expect(classify(url)).toEqual({ kind: 'refuse', why })
  })

  it('does not soften a refusal for a receiver of the settings, but for its host and port', () => {
    for (const url of [
      'http://emrex.intranet/',
      'https://a@emrex.intranet/',
      'https://emrex.intranet/#a',
      'https://emrex.intranet/\n',
    ])
      expect(classify(url).kind).toBe('refuse')
  })

  it.each(['http://localhost:3000/r', 'http://127.0.0.1:3000/r', 'http://[::1]:3000/r', 'https://localhost:3000/r'])(
    'takes %s in a demonstration alone',
    (url) => {
      expect(classify(url, { allowLoopbackHttp: true })).toMatchObject({ kind: 'ask', returnUrl: url })
      expect(classify(url)).toMatchObject({ kind: 'refuse' })
    },
  )

  it('refuses http to anywhere else in a demonstration too', () => {
    for (const url of [
      'http://smp.example/',
      'http://localhost.evil.example/',
      'http://192.168.0.1/',
      'http://smp.localhost/',
    ])
      expect(classify(url, { allowLoopbackHttp: true })).toEqual({ kind: 'refuse', why: 'not-https' })
  })
})
