import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { demandOwnForm } from './demand-own-form.js'
import { formToken, formTokenField, isFormToken } from './form-token.js'
import { isSameSiteRequest } from './is-same-site-request.js'

const publicUrl = 'https://emrex.example/ncp/a'
const transferId = 'AbCdEfGhIjKlMnOp'
const asking = (headers: IncomingHttpHeaders) => ({ headers }) as IncomingMessage

describe('formToken', () => {
  it('holds for one secret and one transfer', () => {
    const token = formToken('secret', 'transfer')
    expect(isFormToken(token, 'secret', 'transfer')).toBe(true)
    expect(isFormToken(token, 'secret', 'other')).toBe(false)
    expect(isFormToken(token, 'other', 'transfer')).toBe(false)
    expect(isFormToken(token.slice(0, -1), 'secret', 'transfer')).toBe(false)
    expect(isFormToken(undefined, 'secret', 'transfer')).toBe(false)
  })

  it('does not give the secret away', () => {
    expect(formToken('secret', 'transfer')).not.toContain('secret')
    expect(Buffer.from(formToken('secret', 'transfer'), 'base64url')).toHaveLength(32)
  })
})

describe('isSameSiteRequest', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://emrex.example' }, false],
    [{ origin: 'https://emrex.example' }, true],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://emrex.example' }, false],
    [{ origin: 'null' }, true],
    [{}, true],
  ])('%j: %s', (headers, expected) => {
    expect(isSameSiteRequest(asking(headers), publicUrl)).toBe(expected)
  })
})

describe('demandOwnForm', () => {
  const cookie = { publicUrl, transferId }
  const own = { cookie: '__Host-emrex-AbCdEfGhIjKl=secret', 'sec-fetch-site': 'same-origin' }
  const form = new Map([[formTokenField, formToken('secret', transferId)]])
  const stale = expect.objectContaining({ code: 'FORM_STALE' })

  it('lets our own form pass', () => {
    expect(() => demandOwnForm(asking(own), form, cookie)).not.toThrow()
  })

  it('refuses a form without the cookie', () => {
    expect(() => demandOwnForm(asking({ ...own, cookie: '' }), form, cookie)).toThrow(stale)
  })

  it('refuses a form without the token, or with that of another browser', () => {
    expect(() => demandOwnForm(asking(own), new Map(), cookie)).toThrow(stale)
    const foreign = new Map([[formTokenField, formToken('other', transferId)]])
    expect(() => demandOwnForm(asking(own), foreign, cookie)).toThrow(stale)
  })

  it('refuses a form that another site has posted, even with the token', () => {
    expect(() => demandOwnForm(asking({ ...own, 'sec-fetch-site': 'cross-site' }), form, cookie)).toThrow(stale)
  })
})
