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
import { GatewayAlone, transferOf } from './gateway-alone.js'

jest.setTimeout(120_000)

const signer = await makeThrowawaySigner({ commonName: 'NCP alone & more' })
/** Known to the NCP by name, and one that nobody knows, whose return address has a query string. */
let known: StandInSmp
let unknown: StandInSmp
let alone: GatewayAlone
let ncpUrl: string

beforeAll(async () => {
  known = await startStandInSmp({ host: 'localhost' })
  unknown = await startStandInSmp({ host: 'localhost', mode: 'query' })
  alone = await GatewayAlone.start({
    host: '127.0.0.1',
    universities: ['nordfjord', 'solvik'],
    files: { 'ncp.key.pem': signer.privateKey, 'ncp.pem': signer.certificate },
    role: (origin) => ({
      ncp: [
        {
          id: 'norway',
          title: 'Results from Norway',
          publicUrl: origin,
          logins: ['people'],
          sources: ['nordfjord', 'solvik'],
          signing: { keyFile: './ncp.key.pem', certificateFile: './ncp.pem' },
          receivers: { unknown: 'ask', known: [{ name: 'Stand-in University', origin: known.origin }] },
        },
      ],
    }),
  })
  ncpUrl = `${alone.origin}/ncp/norway`
})
afterAll(async () => {
  await alone.stop()
  await known.close()
  await unknown.close()
})

/** Sent to the NCP by a stand-in, up to its first page. */
async function arrive(smp: StandInSmp): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(smp.startUrl(ncpUrl))
  await browser.press('Continue')
  return browser
}

/** Logs in and sends; gives what the stand-in got, and the id of the transfer at the NCP. */
async function sendAll(browser: PlainBrowser, smp: StandInSmp, student: string) {
  await browser.press(loginName(student))
  expect(browser.heading).toBe('Choose your results')
  const transfer = transferOf(browser.page.url)
  await browser.press('Show what will be sent')
  await browser.press('Send to')
  expect(browser.page.url).toContain(smp.origin)
  return { transfer, answer: smp.answers.at(-1)! }
}

/** Posts a request of our own making, as a page of the stand-in would. */
async function post(browser: PlainBrowser, fields: Readonly<Record<string, string>>): Promise<void> {
  await browser.open(`${known.origin}/`)
  const form = { action: ncpUrl, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
  await browser.submit(form, new URLSearchParams(fields))
}

const endOf = async (transfer: string) => (await alone.gateway.store.audit.list({ transfer })).at(-1)
const asFields = ({ fields }: SeenRequest) => fields

it('has no SMP: the role that is not set up answers nothing', async () => {
  expect(alone.gateway.smps).toEqual([])
  const response = await fetch(`${alone.origin}/smp/norway`)
  expect(response.status).toBe(404)
})

describeWith(describe, 'xmlsec1', 'the NCP alone, read by a stand-in SMP', () => {
  it('sends every result, of several universities too, in a document that the stand-in verifies', async () => {
    const { transfer, answer } = await sendAll(await arrive(known), known, 'piotr')
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
    const { answer } = await sendAll(await arrive(known), known, 'kristin')
    const { xml } = await readAnswer(answer.fields['elmo']!, signer.certificate)
    expect(await verifyWithXmlsec1(xml, signer.certificate)).toBe(true)
    expect(await verifyWithXmlsec1(xml, (await makeThrowawaySigner()).certificate)).toBe(false)
    expect(await verifyWithXmlsec1(xml.replace('Kristin', 'Kristina'), signer.certificate)).toBe(false)
  })

  it('signs in the one form that every client of the network takes', async () => {
    const { answer } = await sendAll(await arrive(known), known, 'kristin')
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
    const { answer } = await sendAll(await arrive(known), known, 'kristin')
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
    const browser = await arrive(unknown)
    expect(browser.heading).toBe('Where do your results go?')
    expect(browser.text).toContain(new URL(unknown.origin).host)
    await browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
    const { answer } = await sendAll(browser, unknown, 'kristin')
    expect(answer.path).toBe('/controller')
    expect([...answer.query]).toEqual([
      ['_action', 'home/import'],
      ['step', '2'],
    ])
    expect(answer.fields['sessionId']).toBe(unknown.requests.at(-1)!.sessionId)
    expect((await readAnswer(answer.fields['elmo']!, signer.certificate)).isSignatureGood).toBe(true)
  })

  it.each([
    ['an UUID of 36 characters', '3f0e6c1a-5b7d-4c2e-9a88-0d1e2f3a4b5c'],
    ['255 characters of every printable kind', `a+/=&"<>%'${'~'.repeat(245)}`],
  ])('echoes %s as session id unchanged', async (_, sessionId) => {
    const browser = new PlainBrowser()
    await post(browser, { sessionId, returnUrl: `${known.origin}/return` })
    const { answer } = await sendAll(browser, known, 'kristin')
    expect(answer.fields['sessionId']).toBe(sessionId)
  })

  it('ignores fields that it does not know', async () => {
    const browser = new PlainBrowser()
    const { sessionId, returnUrl } = known.newRequest()
    await post(browser, { sessionId, returnUrl, allowToPickCourses: 'false', institution: 'x', elmo: 'y', 'a[]': '1' })
    const { answer } = await sendAll(browser, known, 'kristin')
    expect(Object.keys(answer.fields)).toEqual(['sessionId', 'returnCode', 'returnMessage', 'elmo'])
    expect(answer.fields).toMatchObject({ sessionId, returnCode: 'NCP_OK' })
  })

  it('takes the request as a link, too', async () => {
    const browser = new PlainBrowser()
    const { sessionId, returnUrl } = known.newRequest()
    await browser.open(`${ncpUrl}?${String(new URLSearchParams({ sessionId, returnUrl }))}`)
    const { answer } = await sendAll(browser, known, 'kristin')
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
    const browser = await arrive(smp)
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
    const browser = await arrive(known)
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
    const browser = await arrive(known)
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
    const before = (await alone.gateway.store.audit.list({})).length
    const browser = new PlainBrowser()
    await post(browser, fields)
    expect(browser.page.status).toBe(400)
    expect(browser.heading).toBe(
      code === 'RECEIVER_REFUSED' ? 'We do not send results there' : 'We did not understand the request',
    )
    expect(browser.forms).toEqual([])
    expect(known.answers).toHaveLength(answers)
    expect(await alone.gateway.store.audit.list({})).toHaveLength(before)
  })
})
