import { X509Certificate } from 'node:crypto'
import {
  describeWith,
  makeThrowawaySigner,
  PlainBrowser,
  readAnswer,
  startStandInSmp,
  verifyWithXmlsec1,
  type SeenRequest,
  type StandInSmp,
} from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { loginName } from '@emrex-gateway/town'
import { transferOf } from './gateway-alone.js'
import { NcpUnderTest } from './ncp-under-test.js'

jest.setTimeout(120_000)

const signer = await makeThrowawaySigner({ commonName: 'NCP alone & more' })
/** Known to the NCP by name, and one that nobody knows, whose return address has a query string. */
let known: StandInSmp
let unknown: StandInSmp
let ncp: NcpUnderTest

beforeAll(async () => {
  known = await startStandInSmp({ host: 'localhost' })
  unknown = await startStandInSmp({ host: 'localhost', mode: 'query' })
  const receivers = { unknown: 'ask', known: [{ name: 'Stand-in University', origin: known.origin }] }
  ncp = await NcpUnderTest.start({ signing: signer, receivers })
})
afterAll(async () => {
  await ncp.stop()
  await known.close()
  await unknown.close()
})

const post = (fields: Readonly<Record<string, string>>) => ncp.post(`${known.origin}/`, fields)
const endOf = async (transfer: string) => (await ncp.alone.gateway.store.audit.list({ transfer })).at(-1)
const asFields = ({ fields }: SeenRequest) => fields

it('has no SMP: the role that is not set up answers nothing', async () => {
  expect(ncp.alone.gateway.smps).toEqual([])
  const response = await fetch(`${ncp.alone.origin}/smp/norway`)
  expect(response.status).toBe(404)
})

describeWith(describe, 'xmlsec1', 'the NCP alone, read by a stand-in SMP', () => {
  it('sends every result, of several universities too, in a document that the stand-in verifies', async () => {
    const { transfer, answer } = await ncp.sendAll(await ncp.arrive(known), known, 'piotr')
    const { sessionId } = known.requests.at(-1)!
    expect(answer).toMatchObject({ method: 'POST', path: '/return' })
    expect(answer.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(answer.headers['sec-fetch-site']).toBe('cross-site')
    expect(Object.keys(answer.fields)).toEqual(['sessionId', 'returnCode', 'returnMessage', 'elmo'])
    expect(answer.fields).toMatchObject({ sessionId, returnCode: 'NCP_OK', returnMessage: '' })

    const facts = await readAnswer(answer.fields['elmo']!, signer.certificate)
    expect(facts).toMatchObject({
      isSignatureGood: true,
      reports: 2,
      familyName: 'Gęślikowski',
      birthDate: '1999-03-21',
    })
    expect(facts.titles).toHaveLength(3)
    expect(await endOf(transfer)).toMatchObject({ event: 'transfer.sent', code: 'COMPLETED' })
  })

  it('signs with the key of the settings and no other', async () => {
    const { answer } = await ncp.sendAll(await ncp.arrive(known), known, 'kristin')
    const { xml } = await readAnswer(answer.fields['elmo']!, signer.certificate)
    expect(await verifyWithXmlsec1(xml, signer.certificate)).toBe(true)
    expect(await verifyWithXmlsec1(xml, (await makeThrowawaySigner()).certificate)).toBe(false)
    expect(await verifyWithXmlsec1(xml.replace('Kristin', 'Kristina'), signer.certificate)).toBe(false)
  })

  it('signs in the one form that every client of the network takes', async () => {
    const { answer } = await ncp.sendAll(await ncp.arrive(known), known, 'kristin')
    const { xml } = await readAnswer(answer.fields['elmo']!, signer.certificate)
    expect(xml).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>/)
    expect(xml).toMatch(/<\/Signature><\/elmo>\s*$/)
    const signature = /<Signature xmlns="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#">[^]*<\/Signature>/.exec(xml)![0]
    const algorithms = [...signature.matchAll(/<(\w+) Algorithm="([^"]+)"/g)].map(([, name, uri]) => [name, uri])
    expect(algorithms).toEqual([
      ['CanonicalizationMethod', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
      ['SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'],
      ['Transform', 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'],
      ['DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256'],
    ])
    expect(signature.match(/<Reference[^>]*>/g)).toEqual(['<Reference URI="">'])
    const certificate = /<X509Certificate>([^<]+)<\/X509Certificate>/.exec(signature)![1]!
    expect(certificate).toBe(new X509Certificate(signer.certificate).raw.toString('base64'))
    expect(signature).toContain('<X509SubjectName>O=TEST ONLY,CN=NCP alone &amp; more</X509SubjectName>')
    expect(signature).not.toMatch(/[\r\n]|&#(13|xD);/)
  })

  it('packs as the strictest clients unpack: base64 on one line of one gzip member', async () => {
    const { answer } = await ncp.sendAll(await ncp.arrive(known), known, 'kristin')
    const { elmo = '' } = answer.fields
    expect(elmo).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
    expect(answer.body).not.toMatch(/elmo=[^&]*[+ \r\n]/)
    const gzip = Buffer.from(elmo, 'base64')
    const { xml } = await readAnswer(elmo, signer.certificate)
    expect(gzip.subarray(0, 4)).toEqual(Buffer.from([0x1f, 0x8b, 8, 0]))
    // The size at the end is that of the last member: with two, it would not be that of the whole.
    expect(gzip.readUInt32LE(gzip.length - 4)).toBe(Buffer.byteLength(xml))
  })

  it('names a receiver that it does not know, and keeps the query string of its return address whole', async () => {
    const browser = await ncp.arrive(unknown)
    expect(browser.heading).toBe('Where do your results go?')
    expect(browser.text).toContain(new URL(unknown.origin).host)
    await browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
    const { answer } = await ncp.sendAll(browser, unknown, 'kristin')
    expect(answer.path).toBe('/controller')
    expect([...answer.query]).toEqual([
      ['_action', 'home/import'],
      ['step', '2'],
    ])
    expect(answer.fields['sessionId']).toBe(unknown.requests.at(-1)!.sessionId)
    expect((await readAnswer(answer.fields['elmo']!, signer.certificate)).isSignatureGood).toBe(true)
  })

  it.each([
    ['32 characters', 'a'.repeat(32), ''],
    ['a UUID of 36 characters', '3f0e6c1a-5b7d-4c2e-9a88-0d1e2f3a4b5c', 'session-id-long'],
    ['255 characters of every printable kind', `a+/=&"<>%'${'~'.repeat(245)}`, 'session-id-long'],
  ])(
    'echoes %s as session id unchanged, and notes what is longer than the guide has it',
    async (_, sessionId, noted) => {
      const browser = await post({ sessionId, returnUrl: `${known.origin}/return` })
      const { answer, transfer } = await ncp.sendAll(browser, known, 'kristin')
      expect(answer.fields['sessionId']).toBe(sessionId)
      expect((await ncp.alone.gateway.store.audit.list({ transfer }))[0]).toMatchObject({
        event: 'transfer.requested',
        facts: { receiver: 'known', deviations: noted },
      })
    },
  )

  it('ignores fields that it does not know', async () => {
    const { sessionId, returnUrl } = known.newRequest()
    const browser = await post({
      sessionId,
      returnUrl,
      allowToPickCourses: 'false',
      institution: 'x',
      elmo: 'y',
      'a[]': '1',
    })
    const { answer } = await ncp.sendAll(browser, known, 'kristin')
    expect(Object.keys(answer.fields)).toEqual(['sessionId', 'returnCode', 'returnMessage', 'elmo'])
    expect(answer.fields).toMatchObject({ sessionId, returnCode: 'NCP_OK' })
  })

  it('takes the request as a link, too', async () => {
    const browser = new PlainBrowser()
    const { sessionId, returnUrl } = known.newRequest()
    await browser.open(`${ncp.url}?${String(new URLSearchParams({ sessionId, returnUrl }))}`)
    const { answer } = await ncp.sendAll(browser, known, 'kristin')
    expect(answer.fields).toMatchObject({ sessionId, returnCode: 'NCP_OK' })
  })
})

describe('the NCP alone', () => {
  it.each([
    ['at the question about the receiver', 'receiver'],
    ['at the login', 'login'],
    ['at the choice', 'choice'],
    ['at the preview', 'preview'],
  ])('answers with NCP_CANCEL and no document when the student stops %s', async (_, stage) => {
    const smp = stage === 'receiver' ? unknown : known
    const browser = await ncp.arrive(smp)
    let transfer = stage === 'receiver' ? transferOf(browser.page.url) : undefined
    if (stage === 'login') await browser.press('Cancel')
    if (stage === 'choice' || stage === 'preview') await browser.press(loginName('kristin'))
    if (stage === 'preview') await browser.press('Show what will be sent')
    transfer ??= transferOf(browser.page.url)
    await browser.press('Cancel and go back')
    expect(browser.page.url).toContain(smp.origin)
    const { sessionId } = smp.requests.at(-1)!
    expect(asFields(smp.answers.at(-1)!)).toEqual({ sessionId, returnCode: 'NCP_CANCEL', returnMessage: '', elmo: '' })
    expect(await endOf(transfer)).toMatchObject({ event: 'transfer.cancelled', code: 'USER_CANCEL' })
  })

  it('answers with NCP_NO_RESULTS when there is nothing to give', async () => {
    const browser = await ncp.arrive(known)
    await browser.press(loginName('saga'))
    const transfer = transferOf(browser.page.url)
    expect(browser.page.status).toBe(200)
    expect(browser.text).toContain('Universitetet i Nordfjordvik')
    await browser.press('Back to Stand-in University')
    const { sessionId } = known.requests.at(-1)!
    const { fields } = known.answers.at(-1)!
    expect(fields).toEqual({ sessionId, returnCode: 'NCP_NO_RESULTS', returnMessage: '', elmo: '' })
    expect(await endOf(transfer)).toMatchObject({ event: 'transfer.ended', code: 'NO_RESULTS' })
  })

  it('answers with NCP_ERROR, and a reason to read, when nobody here is that student', async () => {
    const browser = await ncp.arrive(known)
    await browser.press(loginName('oskar'))
    const transfer = transferOf(browser.page.url)
    await browser.press('Back to Stand-in University')
    const { sessionId } = known.requests.at(-1)!
    const { fields } = known.answers.at(-1)!
    expect(fields).toMatchObject({ sessionId, returnCode: 'NCP_ERROR', elmo: '' })
    expect(fields['returnMessage']).toMatch(/\S+ \S+/)
    expect(await endOf(transfer)).toMatchObject({ event: 'transfer.ended', code: 'ID_NOT_FOUND' })
  })

  it.each([
    ['no session id', {}, 'REQUEST_MALFORMED'],
    ['no return address', { sessionId: 'a' }, 'REQUEST_MALFORMED'],
    [
      'a session id of 256 characters',
      { sessionId: 'a'.repeat(256), returnUrl: 'https://smp.example/' },
      'REQUEST_MALFORMED',
    ],
    ['a script as return address', { sessionId: 'a', returnUrl: 'javascript:alert(1)' }, 'RECEIVER_REFUSED'],
  ])('refuses a request with %s on a page of its own and stores nothing', async (_, fields, code) => {
    const answers = known.answers.length
    const before = (await ncp.alone.gateway.store.audit.list({})).length
    const browser = await post(fields)
    expect(browser.page.status).toBe(400)
    expect(browser.heading).toBe(
      code === 'RECEIVER_REFUSED' ? 'We do not send results there' : 'We did not understand the request',
    )
    expect(browser.forms).toEqual([])
    expect(known.answers).toHaveLength(answers)
    expect(await ncp.alone.gateway.store.audit.list({})).toHaveLength(before)
  })
})
