import { createPublicKey, X509Certificate } from 'node:crypto'
import { jest } from '@jest/globals'
import { classifyReceiver } from '@emrex-gateway/core'
import {
  describeWith,
  makeThrowawaySigner,
  readAnswer,
  startStandInSmp,
  type StandInSmp,
  type ThrowawaySigner,
} from '@emrex-gateway/testing'
import { NcpUnderTest } from './ncp-under-test.js'
import { SmpUnderTest } from './smp-under-test.js'
import { pack, signedText } from './trap-documents.js'

jest.setTimeout(120_000)

const signer = await makeThrowawaySigner({ commonName: 'Coast NCP' })
const hills = await makeThrowawaySigner({ commonName: 'Hills NCP' })
const oneLine = (pem: string) => pem.replace(/\s*\n\s*/g, '')

/** One certificate in every form in which registries were seen to publish it. */
const damagedForms: Record<string, string> = {
  'PEM as it should be': signer.certificate,
  'on one line': oneLine(signer.certificate),
  'on one line with blanks': signer.certificate.trim().replace(/\n/g, ' '),
  'with written line breaks': signer.certificate.replace(/\n/g, '\\n'),
  'with CR LF': signer.certificate.replace(/\n/g, '\r\n'),
  'without armour': new X509Certificate(signer.certificate).raw.toString('base64'),
  'without armour and wrapped': signer.certificate.replace(/-----[^-]+-----\n/g, ''),
  'as a public key': String(createPublicKey(signer.certificate).export({ format: 'pem', type: 'spki' })),
  'as a chain': `${signer.certificate}${hills.certificate}`,
}
const others = {
  'University of the Hills': [hills.certificate],
  ...Object.fromEntries(Object.entries(damagedForms).map(([form, text]) => [`Certificate ${form}`, [text]])),
  'Certificate beyond repair': [signer.certificate.slice(0, 400)],
  'Certificate beside one beyond repair': [signer.certificate.slice(0, 400), signer.certificate],
}

let smp: SmpUnderTest
let ncp: NcpUnderTest
let receiver: StandInSmp
beforeAll(async () => {
  receiver = await startStandInSmp({ host: 'localhost' })
  smp = await SmpUnderTest.start(signer, others)
  ncp = await NcpUnderTest.start({ signing: signer })
})
afterAll(async () => {
  await smp.stop()
  await ncp.stop()
  await receiver.close()
})

describe('trap 1: an open return address', () => {
  it.each([
    ['a script', 'javascript:alert(document.cookie)', 'not-https'],
    ['data', 'data:text/html,<script>alert(1)</script>', 'not-https'],
    ['no address at all', '/return', 'not-absolute'],
    ['an address without a scheme', '//smp.example/return', 'not-absolute'],
    ['plain http', 'http://smp.example/return', 'not-https'],
    ['a user name that looks like a host', 'https://home.example@evil.example/return', 'user-info'],
    ['a fragment', 'https://smp.example/return#x', 'fragment'],
    ['a private address', 'https://192.168.1.10/return', 'ip-address'],
    ['a private address, written as one number', 'https://3232235786/return', 'ip-address'],
    ['the address of a cloud’s metadata', 'https://169.254.169.254/latest/meta-data', 'ip-address'],
    ['a private IPv6 address', 'https://[fd00::1]/return', 'ip-address'],
    ['a name of the house network', 'https://printer.local/return', 'private-host'],
    ['a name without a dot', 'https://intranet/return', 'private-host'],
    ['a port that no browser posts to', 'https://smp.example:25/return', 'blocked-port'],
    ['a line break', 'https://smp.example/return\r\nSet-Cookie: a=b', 'forbidden-character'],
    ['letters of two scripts', 'https://unіversity.example/return', 'mixed-script'],
  ])('trap 1: %s is refused before any login', async (_, returnUrl, why) => {
    const browser = await ncp.post(`${receiver.origin}/`, { sessionId: 'a', returnUrl })
    expect([browser.page.status, browser.heading]).toEqual([400, 'We do not send results there'])
    expect(browser.forms).toEqual([])
    expect(browser.page.html).not.toContain(returnUrl)
    const refusals = ncp.alone.lines.map((line) => JSON.parse(line) as { event: string; why?: string })
    expect(refusals.filter(({ event }) => event === 'receiver.refused').at(-1)?.why).toBe(why)
  })

  it('trap 1: an address of this machine is refused outside of demonstrations', () => {
    const policy = { known: [], unknown: 'ask', allowLoopbackHttp: false } as const
    for (const address of [
      'http://localhost/return',
      'https://localhost/return',
      'https://127.0.0.1/',
      'https://[::1]/',
    ])
      expect(classifyReceiver(address, policy)).toMatchObject({ kind: 'refuse' })
  })

  it('trap 1: a receiver that nobody knows is named, and nothing goes on until the student says so', async () => {
    const returnUrl = 'https://hochschule-süd.example/return'
    const browser = await ncp.post(`${receiver.origin}/`, { sessionId: 'a', returnUrl })
    expect(browser.heading).toBe('Where do your results go?')
    expect(browser.text).toContain('hochschule-süd.example')
    expect(browser.text).toContain('xn--hochschule-sd-7ob.example')
    await browser.press('Continue to login')
    expect(browser.heading).toBe('Where do your results go?')
    await browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
    expect(browser.heading).toBe('Demonstration login')
  })
})

describe('trap 2: the session id', () => {
  it('trap 2: is random, another one for each request, and stands in no address and no cookie', async () => {
    const asked = [await smp.ask(), await smp.ask(), await smp.ask()]
    expect(new Set(asked.map(({ sessionId }) => sessionId)).size).toBe(3)
    for (const { browser, hub, sessionId } of asked) {
      // 144 bits in base64url, and short enough for every NCP.
      expect(sessionId).toMatch(/^[A-Za-z0-9_-]{24}$/)
      expect(`${hub} ${browser.cookieNames('localhost').join(' ')}`).not.toContain(sessionId)
    }
  })

  it('trap 2: is good for one answer, for the browser that asked, and for nobody who guesses', async () => {
    const { browser, hub, sessionId } = await smp.ask()
    await smp.post(browser, { sessionId: `${sessionId.slice(0, -1)}~`, returnCode: 'NCP_NO_RESULTS' })
    expect([browser.page.status, browser.heading]).toEqual([404, 'We are not waiting for this'])
    const { browser: other } = await smp.ask()
    const elmo = pack(signedText(signer))
    await smp.post(other, { sessionId, returnCode: 'NCP_OK', elmo })
    expect([other.page.status, other.heading]).toEqual([403, 'This was started in another browser'])
    expect(other.text).not.toContain('Innføring')
    await smp.post(browser, { sessionId, returnCode: 'NCP_OK', elmo })
    expect([browser.page.status, browser.heading]).toEqual([409, 'This was used already'])
    await browser.open(hub)
    expect(browser.heading).toBe('Your results have arrived')
  })
})

describe('trap 3: the NCP that was chosen', () => {
  it('trap 3: is kept on the server: another one that is registered cannot answer for it', async () => {
    const browser = await smp.answered(pack(signedText(hills)))
    expect([browser.page.status, browser.heading]).toEqual([422, 'We do not know who signed the results'])
    const right = await smp.answered(pack(signedText(hills)), 'strict', 'University of the Hills')
    expect(right.heading).toBe('Your results have arrived')
    expect(right.text).toContain('signed by University of the Hills')
  })

  it('trap 3: no field of the answer changes it, and no cookie holds it', async () => {
    const { browser, sessionId } = await smp.ask()
    const registry = await smp.alone.gateway.registry.current()
    const { id, url } = registry.entries.find(({ name }) => name === 'University of the Hills')!
    const elmo = pack(signedText(hills))
    await smp.post(browser, { sessionId, returnCode: 'NCP_OK', elmo, ncp: id, chosenNCP: url })
    expect(browser.heading).toBe('We do not know who signed the results')
    expect(browser.cookieNames('localhost').join(' ')).not.toMatch(/ncp|emp/i)
  })
})

describe('trap 14: sizes at the NCP', () => {
  it('trap 14: a request larger than a request can be is refused by its size', async () => {
    const fields = { sessionId: 'a', returnUrl: `${receiver.origin}/return`, padding: 'x'.repeat(600 << 10) }
    const browser = await ncp.post(`${receiver.origin}/`, fields)
    expect([browser.page.status, browser.heading]).toEqual([413, 'That was too much at once'])
  })
})

describe('trap 15: certificates as registries publish them', () => {
  it.each(Object.keys(damagedForms))('trap 15: a certificate %s verifies', async (form) => {
    const browser = await smp.answered(pack(signedText(signer)), 'strict', `Certificate ${form}`)
    expect(browser.heading).toBe('Your results have arrived')
  })

  it('trap 15: a certificate beyond repair takes only its own entry away, and says so', async () => {
    const { entries, skipped } = await smp.alone.gateway.registry.current()
    expect(entries.map(({ name }) => name)).toContain('Certificate beside one beyond repair')
    expect(entries.map(({ name }) => name)).not.toContain('Certificate beyond repair')
    const [reason] = skipped.filter(({ position }) => position.includes('Certificate beyond repair'))
    expect(reason?.reason).toBe('its certificate cannot be read')
    const browser = await smp.answered(pack(signedText(signer)), 'strict', 'Certificate beside one beyond repair')
    expect(browser.heading).toBe('Your results have arrived')
  })
})

describeWith(describe, 'xmlsec1', 'trap 16: keys and certificates as peers and operators write them', () => {
  it.each<[string, (pem: string) => string]>([
    ['on one line', oneLine],
    ['with written line breaks', (pem) => pem.replace(/\n/g, '\\n')],
    ['with CR LF', (pem) => pem.replace(/\n/g, '\r\n')],
    ['with nothing behind it', (pem) => pem.trim()],
  ])(
    'trap 16: a signing key and its certificate %s sign, and what is sent has the whole certificate',
    async (_, form) => {
      const signing = { privateKey: form(signer.privateKey), certificate: form(signer.certificate) }
      const started = await NcpUnderTest.start({ signing })
      try {
        const browser = await started.arrive(receiver)
        await browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
        const { answer } = await started.sendAll(browser, receiver, 'kristin')
        const { xml, isSignatureGood } = await readAnswer(answer.fields['elmo']!, signer.certificate)
        expect(isSignatureGood).toBe(true)
        const sent = /<X509Certificate>([^<]*)<\/X509Certificate>/.exec(xml)![1]!
        // A peer cuts a piece out of the armoured text and needs 38 characters of it at least.
        expect(sent.length).toBeGreaterThan(38)
        expect(new X509Certificate(Buffer.from(sent, 'base64')).raw).toEqual(
          new X509Certificate(signer.certificate).raw,
        )
      } finally {
        await started.stop()
      }
    },
  )

  const short = () => makeThrowawaySigner({ key: { type: 'rsa', bits: 1024 } })
  it.each<[string, () => Promise<ThrowawaySigner>, string]>([
    [
      'a key of another certificate',
      async () => ({ ...signer, privateKey: hills.privateKey }),
      'is not that of the signing key',
    ],
    [
      'a certificate where the key should be',
      async () => ({ ...signer, privateKey: signer.certificate }),
      'cannot be read',
    ],
    ['a key that is too short', short, 'must be RSA from 2048 bits, or ECDSA from P-256'],
  ])('trap 16: with %s the gateway does not start, and says why', async (_, signing, reason) => {
    const outcome: unknown = await NcpUnderTest.start({ signing: await signing() }).then(
      (started) => started.stop(),
      (error: unknown) => error,
    )
    expect(outcome).toMatchObject({ problems: [{ path: 'ncp.0.signing', message: expect.stringContaining(reason) }] })
  })
})
