import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostWithConnections, recordingHost, startRestSis, type ThrowawaySigner } from '@emrex-gateway/testing'
import { restSettings, restSisPlugin } from '../src/index.js'
import { openRest } from './rest-under-test.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'access' }
const folder = mkdtempSync(join(tmpdir(), 'emrex-rest-access-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('how a system knows us', () => {
  it.each(['token', 'client-credentials', 'hmac'] as const)('is refused with another secret: %s', async (access) => {
    const secretFile = file('other', Buffer.alloc(32, 'x').toString('base64'))
    const sis = await startRestSis({ access })
    const host = hostWithConnections()
    try {
      const auth = {
        token: { kind: 'token', tokenFile: secretFile },
        'client-credentials': {
          kind: 'client-credentials',
          tokenUrl: `${sis.origin}/token`,
          clientId: 'gateway',
          clientSecretFile: secretFile,
        },
        hmac: { kind: 'hmac', keyId: 'gateway-1', secretFile },
      }[access]
      const connection = await restSisPlugin.create(restSettings.parse({ url: sis.url, auth }), host, 'rest')
      const failure = { name: 'SisError', kind: 'credential' }
      await expect(connection.source!.institutions(context)).rejects.toMatchObject(failure)
      expect(await connection.check(context)).toMatchObject({ ok: false })
    } finally {
      await host.close()
      await sis.close()
    }
  })

  it('is given nothing with a foreign certificate, nor with one that has expired; and says how long ours lasts', async () => {
    const sis = await startRestSis({ access: 'certificate' })
    const stranger = await startRestSis({ access: 'certificate' })
    const host = hostWithConnections()
    const open = (privateKey: string, certificate: string) =>
      restSisPlugin.create(
        restSettings.parse({
          url: sis.url,
          auth: {
            kind: 'certificate',
            keyFile: file('client.key', privateKey),
            certificateFile: file('client.pem', certificate),
          },
          authoritiesFile: file('authority.pem', sis.authority!.certificate),
        }),
        host,
        'rest',
      )
    try {
      const foreign = await stranger.authority!.issue('CN=gateway')
      const expired = await sis.authority!.issue('CN=gateway', {
        notBefore: new Date(Date.now() - 9e9),
        notAfter: new Date(Date.now() - 1e9),
      })
      const failureOf = async ({ privateKey, certificate }: ThrowawaySigner) =>
        (await open(privateKey, certificate)).source!.institutions(context).catch((error: unknown) => error)
      expect(await failureOf(expired)).toMatchObject({ name: 'SisError', kind: 'credential' })
      // Node's servers close the connection without an alert; those that send one are told from those that are down.
      expect(await failureOf(foreign)).toMatchObject({ name: 'SisError', kind: 'unavailable' })
      expect(sis.seen).toEqual([])
      const { findings } = await (await open(expired.privateKey, expired.certificate)).check(context)
      expect(findings).toContain('our certificate has expired')
      const good = await sis.authority!.issue('CN=gateway', { notAfter: new Date(Date.now() + 5.5 * 86_400_000) })
      expect(await (await open(good.privateKey, good.certificate)).check(context)).toMatchObject({
        ok: true,
        findings: expect.arrayContaining(['our certificate is valid for 5 more days']),
      })
    } finally {
      await host.close()
      await stranger.close()
      await sis.close()
    }
  })

  it('fetches one token for many calls, and another when that has ended early', async () => {
    const { sis, connection, close } = await openRest({ access: 'client-credentials' })
    const tokens = () => sis.seen.filter(({ request }) => request.path === '/token').length
    try {
      for (let round = 0; round < 3; round++) await connection.source!.institutions(context)
      expect(tokens()).toBe(1)
      sis.expireTokens()
      await connection.source!.institutions(context)
      expect(tokens()).toBe(2)
    } finally {
      await close()
    }
  })

  it.each([
    [
      'a file that is not there',
      { kind: 'token', tokenFile: '/nowhere' },
      'auth.tokenFile: the file cannot be read (ENOENT)',
    ],
    ['an empty file', { kind: 'token', tokenFile: file('empty', '\n') }, 'auth.tokenFile: the file is empty'],
    [
      'a secret that is too short',
      { kind: 'hmac', keyId: 'k', secretFile: file('short', 'AAAA') },
      'auth.secretFile: fewer than 32 bytes of base64',
    ],
    [
      'a key that is none',
      { kind: 'certificate', keyFile: file('k', 'no key'), certificateFile: file('c', 'no certificate') },
      'auth: keyFile or certificateFile is no PEM, or the passphrase does not open the key',
    ],
  ])('says in the settings that something is wrong with %s', async (_, auth, message) => {
    const settings = restSettings.parse({ url: 'https://sis.example/', auth })
    await expect(restSisPlugin.create(settings, recordingHost(), 'rest')).rejects.toThrow(message)
  })

  it('asks nobody when it is created', async () => {
    const auth = { kind: 'token', tokenFile: file('token', 'x') }
    const settings = restSettings.parse({ url: 'https://sis.invalid', auth })
    const host = recordingHost({ fetch: () => Promise.reject(new Error('asked')) })
    expect((await restSisPlugin.create(settings, host, 'rest')).id).toBe('rest')
  })
})
