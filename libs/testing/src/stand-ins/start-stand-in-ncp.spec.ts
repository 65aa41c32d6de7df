import { describeWith } from '../optional-tests.js'
import { makeThrowawaySigner, type ThrowawaySigner } from '../throwaway-signer.js'
import { anotherPerson, inventedPerson } from './invented-records.js'
import { readAnswer } from './read-answer.js'
import type { StandInMode } from './stand-in-modes.js'
import { startStandInNcp, type StandInNcp } from './start-stand-in-ncp.js'
import { startStandInSmp, type StandInSmp } from './start-stand-in-smp.js'

let signer: ThrowawaySigner
let ncp: StandInNcp
let smp: StandInSmp

beforeAll(async () => {
  signer = await makeThrowawaySigner()
  ncp = await startStandInNcp({ signer, largeAttachmentBytes: 3 * 1024 * 1024 })
  smp = await startStandInSmp({ host: 'localhost', mode: 'query' })
})
afterAll(async () => {
  await ncp.close()
  await smp.close()
})

/** Plays the browser: fills in and posts the form of a page. */
function submit(html: string): Promise<Response> {
  const decode = (text: string): string =>
    text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  const action = decode(/<form method="post" action="([^"]*)">/.exec(html)?.[1] ?? '')
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [decode(name), decode(value)]))
  return fetch(action, { method: 'POST', body, redirect: 'manual' })
}

/** From the start page of the SMP to the fields that come back to it. */
async function transfer(mode: StandInMode): Promise<Readonly<Record<string, string>>> {
  ncp.setMode(mode)
  const startPage = await (await fetch(smp.startUrl(ncp.url))).text()
  const ncpPage = await (await submit(startPage)).text()
  if (mode !== 'server_to_server') await submit(ncpPage)
  const answer = smp.answers.at(-1)
  expect(answer?.query.get('_action')).toBe('home/import')
  return answer?.fields ?? {}
}

describe('startStandInNcp', () => {
  it('records what it received and refuses what is no request', async () => {
    const before = ncp.received.length
    expect((await fetch(ncp.url)).status).toBe(405)
    expect((await fetch(ncp.url, { method: 'POST', body: new URLSearchParams({ sessionId: 'x' }) })).status).toBe(400)
    expect(ncp.received.slice(before).map(({ method, fields }) => [method, fields])).toEqual([
      ['GET', {}],
      ['POST', { sessionId: 'x' }],
    ])
  })

  it.each([
    ['error', 'NCP_ERROR'],
    ['no_records', 'NCP_NO_RESULTS'],
    ['cancel', 'NCP_CANCEL'],
  ] as const)('answers in the mode %s with %s and without a document', async (mode, returnCode) => {
    const fields = await transfer(mode)
    expect(fields).toMatchObject({ sessionId: smp.requests.at(-1)?.sessionId, returnCode })
    expect(fields['elmo'] ?? '').toBe('')
  })

  it('never answers in the mode timeout', async () => {
    ncp.setMode('timeout')
    const body = new URLSearchParams({ ...smp.newRequest() })
    const waiting = fetch(ncp.url, { method: 'POST', body, signal: AbortSignal.timeout(300) })
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})

describeWith(describe, 'xmlsec1', 'startStandInNcp and startStandInSmp together', () => {
  const read = async (mode: StandInMode) => readAnswer((await transfer(mode))['elmo'] ?? '', ncp.certificate)

  it('carry a signed document, with the session id, from one to the other', async () => {
    const fields = await transfer('success')
    expect(fields).toMatchObject({ sessionId: smp.requests.at(-1)?.sessionId, returnCode: 'NCP_OK', returnMessage: '' })
    expect(await readAnswer(fields['elmo'] ?? '', ncp.certificate)).toMatchObject({
      isSignatureGood: true,
      ...{ givenNames: inventedPerson.givenNames, familyName: inventedPerson.familyName },
      ...{ birthDate: inventedPerson.birthDate, reports: 1, credits: ['7.5', '5'], attachments: 0 },
      titles: ['Marine Biology', 'Statistics <for> Biologists & Others'],
    })
  })

  it('carry a changed document, but its signature is not good', async () => {
    const { xml } = await read('success')
    const { gzipSync } = await import('node:zlib')
    const changed = gzipSync(xml.replace('7.5', '9.5')).toString('base64')
    expect(await readAnswer(changed, ncp.certificate)).toMatchObject({ isSignatureGood: false })
  })

  it.each([
    ['emp_codes', true],
    ['no_return_message', true],
    ['no_return_code', true],
    ['sha1_signature', true],
    ['crlf_document', true],
    ['other_key', false],
    ['unsigned', false],
  ] as const)('say of the mode %s that a good signature is there: %s', async (mode, isSignatureGood) => {
    expect(await read(mode)).toMatchObject({ isSignatureGood, reports: 1 })
  })

  it('differ from the good answer in just what the name of the mode says', async () => {
    const fieldsOf = async (mode: StandInMode) => Object.keys(await transfer(mode))
    expect(await fieldsOf('no_return_message')).toEqual(['sessionId', 'returnCode', 'elmo'])
    expect(await fieldsOf('no_return_code')).toEqual(['sessionId', 'returnMessage', 'elmo'])
    expect((await transfer('emp_codes'))['returnCode']).toBe('EMP_OK')
    expect((await transfer('raw_xml'))['elmo']).toMatch(/^<\?xml/)
    expect((await transfer('not_gzipped'))['elmo']).toMatch(/^PD94/)
    expect((await transfer('base64_line_breaks'))['elmo']).toMatch(/^[A-Za-z0-9+/]{76}\r\n/)
    expect((await transfer('base64url'))['elmo']).toMatch(/^[A-Za-z0-9_-]+$/)
    expect((await transfer('plus_as_blank'))['elmo']).toMatch(/^[A-Za-z0-9/ ]+=*$/)
    expect((await read('crlf_document')).xml).toContain('\r\n')
    expect((await read('sha1_signature')).xml).toContain('xmldsig#rsa-sha1')
    expect((await read('invalid_xml')).xml).not.toContain('</elmo>')
    await expect(read('invalid_gzip')).rejects.toThrow('unexpected end of file')
  })

  it('carry another person, several reports, a whole degree and several megabytes', async () => {
    expect(await read('identity_mismatch')).toMatchObject({ familyName: anotherPerson.familyName })
    expect(await read('multi_report')).toMatchObject({ reports: 3, isSignatureGood: true })
    const degree = await read('realistic_transcript')
    expect(degree).toMatchObject({ reports: 1, attachments: 1, isSignatureGood: true })
    expect(degree.titles).toHaveLength(1 + 6 + 42)
    expect(degree.credits).toContain('0')
    const large = await read('large_payload')
    expect(large.xml.length).toBeGreaterThan(4_000_000)
    expect(large.isSignatureGood).toBe(true)
  })

  it('do without the browser in the mode server_to_server', async () => {
    expect(await transfer('server_to_server')).toMatchObject({ returnCode: 'NCP_OK' })
    expect(smp.answers.at(-1)?.headers['sec-fetch-site']).toBeUndefined()
    expect(ncp.deliveries.at(-1)).toEqual({ status: 200, location: undefined })
  })

  it('send the browser over a login on another site first in the mode login_first', async () => {
    ncp.setMode('login_first')
    const body = new URLSearchParams({ ...smp.newRequest() })
    const sentAway = await fetch(ncp.url, { method: 'POST', body, redirect: 'manual' })
    const login = new URL(sentAway.headers.get('location') ?? '')
    expect([sentAway.status, login.origin]).toEqual([303, ncp.loginOrigin])
    expect(login.hostname).not.toBe(new URL(ncp.origin).hostname)
    const loginPage = await (await fetch(login)).text()
    const onward = /<a href="([^"]*)">/.exec(loginPage)?.[1] ?? ''
    await submit(await (await fetch(onward)).text())
    expect(smp.answers.at(-1)?.fields).toMatchObject({
      sessionId: smp.requests.at(-1)?.sessionId,
      returnCode: 'NCP_OK',
    })
  })
})
