import type { IncomingMessage } from 'node:http'
import { onLoopback } from '../../test/on-loopback.js'
import {
  clearBrowserSecret,
  createBrowserSecret,
  hashBrowserSecret,
  isSameBrowser,
  readBrowserSecret,
  setBrowserSecret,
} from './browser-secret.js'

const transferId = 'AbCdEf_hij-lmnop'
const https = { transferId, publicUrl: 'https://emrex.example/ncp/a' }
const http = { transferId, publicUrl: 'http://127.0.0.1:3000/ncp/a' }
const asking = (cookie: string) => ({ headers: { cookie } }) as IncomingMessage

const setCookies = (run: (response: Parameters<typeof setBrowserSecret>[0]) => void) =>
  onLoopback(
    (_, response) => {
      run(response)
      response.end()
    },
    async (origin) => (await fetch(origin)).headers.getSetCookie(),
  )

describe('browser secret', () => {
  it('has 256 random bits', () => {
    const secrets = Array.from({ length: 100 }, createBrowserSecret)
    expect(new Set(secrets).size).toBe(100)
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  })

  it('is stored as its SHA-256', () => {
    expect(hashBrowserSecret('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })

  it('travels in a cookie that no script reads, no other host sets and no plain http carries', async () => {
    expect(await setCookies((response) => setBrowserSecret(response, https, 's3cret', 5400))).toEqual([
      '__Host-emrex-AbCdEf_hij-l=s3cret; Path=/; Max-Age=5400; HttpOnly; SameSite=Lax; Secure',
    ])
  })

  it('goes without Secure where the public address is plain http', async () => {
    expect(await setCookies((response) => setBrowserSecret(response, http, 's3cret', 60))).toEqual([
      'emrex-AbCdEf_hij-l=s3cret; Path=/; Max-Age=60; HttpOnly; SameSite=Lax',
    ])
  })

  it('is forgotten on demand, beside other cookies of the answer', async () => {
    const cookies = await setCookies((response) => {
      response.setHeader('Set-Cookie', 'other=1')
      setBrowserSecret(response, { ...http, transferId: 'second' }, 'x', 1)
      clearBrowserSecret(response, http)
    })
    expect(cookies).toEqual([
      'other=1',
      'emrex-second=x; Path=/; Max-Age=1; HttpOnly; SameSite=Lax',
      'emrex-AbCdEf_hij-l=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    ])
  })

  it('is found among other cookies, those of other transfers too', () => {
    const cookie = 'a=1; __Host-emrex-AbCdEf_hij-l=right; __Host-emrex-zzzzzzzzzzzz=wrong'
    expect(readBrowserSecret(asking(cookie), https)).toBe('right')
  })

  it('is not read from a cookie without the prefix on https, nor when it stands twice', () => {
    expect(readBrowserSecret(asking('emrex-AbCdEf_hij-l=x'), https)).toBeUndefined()
    expect(readBrowserSecret(asking('emrex-AbCdEf_hij-l=x; emrex-AbCdEf_hij-l=y'), http)).toBeUndefined()
    expect(readBrowserSecret({ headers: {} } as IncomingMessage, http)).toBeUndefined()
  })

  it('proves the same browser, and nothing else does', () => {
    const secret = createBrowserSecret()
    expect(isSameBrowser(secret, hashBrowserSecret(secret))).toBe(true)
    expect(isSameBrowser(createBrowserSecret(), hashBrowserSecret(secret))).toBe(false)
    expect(isSameBrowser(undefined, hashBrowserSecret(secret))).toBe(false)
    expect(isSameBrowser(secret, '')).toBe(false)
  })
})
