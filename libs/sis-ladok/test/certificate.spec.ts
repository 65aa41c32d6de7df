import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sisContext, SisError, type SisConnection } from '@emrex-gateway/core'
import {
  describeWith,
  hostWithConnections,
  makeThrowawayAuthority,
  makeThrowawaySigner,
  startLadok,
  type HostWithConnections,
  type LadokStandIn,
} from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { ladokSettings, ladokSisPlugin } from '../src/index.js'
import { connectLadok } from './connect-ladok.js'
import { subjectOf } from './subject-of.js'

const context = sisContext(60, 'certificate')
const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)
const ada = subjectOf(studentOf('ada'))

let folder: string
let ladok: LadokStandIn
let host: HostWithConnections
const path = (name: string) => join(folder, name)
const file = (name: string, content: string | Buffer) => {
  writeFileSync(path(name), content)
  return path(name)
}
const connect = (settings: object): Promise<SisConnection> =>
  ladokSisPlugin.create(
    ladokSettings.parse({
      baseUrl: ladok.origin,
      authoritiesFile: file('authorities.pem', ladok.authority),
      minIntervalMs: 0,
      ...settings,
    }),
    host,
    'ladok',
  )
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ladok-certificate-'))
  host = hostWithConnections()
  ladok = await startLadok()
})
afterAll(async () => {
  await host.close()
  await ladok.close()
  rmSync(folder, { recursive: true })
})

describe('the client certificate', () => {
  it('is said to have ended before anything is asked, and does not keep the gateway from starting', async () => {
    const client = await ladok.issue(ladok.universities[0]!, { notBefore: inDays(-20), notAfter: inDays(-10) })
    const { connection, close } = await connectLadok(ladok, { client })
    const before = ladok.requests
    const failure = await failureOf(connection.source!.find(ada, context))
    expect(failure).toBeInstanceOf(SisError)
    expect((failure as SisError).kind).toBe('credential')
    expect((failure as SisError).message).toBe(`our certificate ended on ${inDays(-10).toISOString().slice(0, 10)}`)
    const health = await connection.check(context)
    expect(health.ok).toBe(false)
    expect(health.findings[0]).toBe('the client certificate has ended')
    expect(ladok.requests).toBe(before)
    await close()
  })

  it('has its days counted, and is announced in its last thirty', async () => {
    for (const [days, words] of [
      [100, /^the client certificate ends in 99 days$/],
      [20, /^the client certificate ends in 19 days: ask Ladok support for a new one$/],
    ] as const) {
      const client = await ladok.issue(ladok.universities[0]!, { notAfter: inDays(days) })
      const { connection, close } = await connectLadok(ladok, { client })
      const { ok, findings } = await connection.check(context)
      expect([ok, findings[0]]).toEqual([true, expect.stringMatching(words)])
      await close()
    }
  })

  it.each([
    ['a file that is not there', { keyFile: 'absent.key' }, /^settings\.keyFile: .*absent\.key cannot be read$/],
    ['a key that is none', { keyFile: 'rubbish' }, /^settings\.keyFile: the file holds no private key/],
    [
      'a certificate that is none',
      { certificateFile: 'rubbish' },
      /^settings\.certificateFile: the file holds no certificate/,
    ],
    [
      'the certificate of another key',
      { certificateFile: 'other' },
      /^settings\.certificateFile: .* another key than keyFile$/,
    ],
    [
      'authorities that are none',
      { authoritiesFile: 'rubbish' },
      /^settings\.authoritiesFile: the file holds no certificate/,
    ],
  ])('is refused at the start for %s', async (_what, broken, words) => {
    const { privateKey, certificate } = ladok.universities[0]!
    file('rubbish', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
    file('other', (await makeThrowawaySigner()).certificate)
    const settings = { keyFile: file('a.key', privateKey), certificateFile: file('a.pem', certificate) }
    const failure = await failureOf(
      connect({
        ...settings,
        ...Object.fromEntries(Object.entries(broken).map(([name, value]) => [name, path(value)])),
      }),
    )
    expect((failure as Error).message).toMatch(words)
  })

  it('belongs to a university that Ladok knows: another one of the same authority may read nothing', async () => {
    const client = await ladok.issue({ schac: 'nobody.example' })
    const { connection, close } = await connectLadok(ladok, { client })
    expect(await failureOf(connection.source!.find(ada, context))).toMatchObject({ kind: 'forbidden' })
    await close()
  })
})

describeWith(describe, 'openssl', 'with OpenSSL', () => {
  const openssl = (...parameters: string[]) => execFileSync('openssl', parameters, { stdio: 'pipe' })
  const container = (name: string, ...more: string[]) => {
    const { privateKey, certificate } = ladok.universities[0]!
    openssl(
      ...['pkcs12', '-export', '-out', path(name), '-passout', 'pass:opens it', ...more],
      ...['-inkey', file('pfx.key', privateKey), '-in', file('pfx.pem', certificate)],
    )
    return path(name)
  }

  it('reads a PKCS #12 container as Ladok issues it, and counts its days', async () => {
    const connection = await connect({ pfxFile: container('a.pfx'), passphraseFile: file('pass', 'opens it\n') })
    expect(await connection.source!.find(ada, context)).toHaveLength(1)
    const { ok, findings } = await connection.check(context)
    expect([ok, findings[0]]).toEqual([true, 'the client certificate ends in 364 days'])
  })

  it('says in plain words what is wrong with a container', async () => {
    const passphraseFile = file('wrong', 'opens nothing')
    const wrong = await failureOf(connect({ pfxFile: container('b.pfx'), passphraseFile }))
    expect((wrong as Error).message).toBe('settings.pfxFile: the passphrase does not open the container')
    const none = await failureOf(connect({ pfxFile: file('none.pfx', 'nothing of the kind'), passphraseFile }))
    expect((none as Error).message).toBe('settings.pfxFile: the file is no PKCS #12 container')
  })

  it('says how to renew a container of an old kind, which Node does not read', async () => {
    const old = container('old.pfx', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-RC2-40', '-legacy')
    const failure = await failureOf(connect({ pfxFile: old, passphraseFile: file('pass', 'opens it') }))
    expect((failure as Error).message).toMatch(/encrypted in an old way; write it anew/)
  })

  it('tells a refusal in the handshake by another TLS library as credential', async () => {
    const authority = await makeThrowawayAuthority()
    const server = await authority.issue('CN=api.ladok.example', { addresses: ['127.0.0.1'] })
    const child = spawn(
      'openssl',
      [
        // TLS 1.2 is what Ladok speaks. With 1.3 the refusal comes after the handshake, as a connection that ends.
        ...['s_server', '-accept', '127.0.0.1:0', '-tls1_2', '-Verify', '1', '-verify_return_error', '-www'],
        ...['-cert', file('s.pem', server.certificate), '-key', file('s.key', server.privateKey)],
        ...['-CAfile', file('s-ca.pem', authority.certificate)],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const exited = new Promise((resolve) => child.once('exit', resolve))
    try {
      const port = await new Promise<string>((resolve) => {
        child.stdout.on('data', (data) => {
          const found = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(String(data))
          if (found !== null) resolve(found[1]!)
        })
      })
      const settings = { baseUrl: `https://127.0.0.1:${port}`, authoritiesFile: path('s-ca.pem') }
      // Ended an hour ago for the server, and not yet for us, whose clock is a day behind.
      const ended = await authority.issue('CN=emrex@norrberg.example', {
        notBefore: inDays(-9),
        notAfter: inDays(-0.04),
      })
      const foreign = await ladok.issue(ladok.universities[0]!)
      for (const client of [ended, foreign]) {
        const { connection, close } = await connectLadok(ladok, { client, settings, now: () => inDays(-1) })
        expect(await failureOf(connection.source!.find(ada, context))).toMatchObject({ kind: 'credential' })
        await close()
      }
    } finally {
      child.kill()
      await exited
    }
  })
})
