import { createHash } from 'node:crypto'
import { parseOrder } from '@emrex-gateway/smp'
import { PlainBrowser } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest, applicant, numberCanaries } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start()
})
afterAll(() => under.stop())

describe('the import API, from the order to the result', () => {
  it('makes a request with a link, tells how it stands, and gives the fields of the purpose and nothing else', async () => {
    const made = await under.call('POST', '/requests', {
      body: { purpose: 'degree', applicant, reference: 'job-4711', language: 'no' },
    })
    expect(made.status).toBe(201)
    const { id } = made.json.request
    expect(made.headers.get('location')).toBe(under.address(`/requests/${id}`))
    expect((await under.call('GET', `/requests/${id}`)).json).toMatchObject({
      status: 'waiting',
      reference: 'job-4711',
    })
    expect((await under.call('GET', `/requests/${id}/result`)).json).toMatchObject({ code: 'REQUEST_PENDING' })

    const browser = await under.goAbroad(made.json.link.url)
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('opened')
    const elmo = under.elmo()
    await under.answer(browser, elmo)
    expect(browser.heading).toBe('Your results have arrived')
    await under.agree(browser)
    expect(browser.heading).toBe('Your results were sent to Jobs Example')

    const counts = await under.alone.gateway.store.statistics.counts({
      from: 0,
      to: under.alone.now().getTime() + 60_000,
    })
    const ofJobs = counts.filter(({ entry }) => entry === 'jobs')
    expect(ofJobs.map(({ language, code }) => [language, code])).toContainEqual(['en', 'COMPLETED'])
    expect(ofJobs.filter(({ language }) => language !== 'en')).toEqual([])

    expect((await under.call('GET', `/requests/${id}`)).json).toMatchObject({ status: 'completed' })
    const { status, json } = await under.call('GET', `/requests/${id}/result`)
    expect(status).toBe(200)
    expect(json.result).toEqual({
      learner: { givenNames: applicant.givenNames, familyName: applicant.familyName },
      institutions: [{ name: 'Kystens universitet', country: 'NO' }],
      degrees: [{ title: 'Master of Marine Biology', level: '7', date: '2019-06-30', institution: 0 }],
    })
    expect(json.verification).toMatchObject({
      ...{ signatureValid: true, verifiedEachTime: false, extent: 'unknown' },
      source: { name: 'University of the Coast', country: 'NO' },
      person: { verdict: 'same', by: ['order'] },
      signer: { subject: 'O=TEST ONLY,CN=Coast NCP' },
    })
  })

  it('gives the signed bytes where the purpose names the document, and verifies them each time', async () => {
    const { id, link } = await under.create({ purpose: 'whole' })
    const browser = await under.goAbroad(link)
    await under.answer(browser, under.elmo())
    await under.agree(browser)
    const { json } = await under.call('GET', `/requests/${id}/result`)
    const xml = Buffer.from(json.result.document.base64, 'base64')
    expect(xml.toString()).toContain('Laudatur-canary')
    expect(json.verification.documentSha256).toBe(createHash('sha256').update(xml).digest('hex'))
    expect(json.verification.verifiedEachTime).toBe(true)
    expect(json.result.results.map(({ code, partOf }: never) => [code, partOf])).toEqual([
      ['MAR-M', undefined],
      ['BIO201', 0],
    ])
    const first = json.verification.verifiedAt
    await under.alone.putForward(5)
    const again = await under.call('GET', `/requests/${id}/result`)
    expect(Date.parse(again.json.verification.verifiedAt) - Date.parse(first)).toBeGreaterThan(4 * 60_000)
  })

  it('never lets a diploma out with the number of its owner, but with the whole document', async () => {
    const text = async (order: object) => {
      const { id } = await under.complete(order)
      return JSON.stringify((await under.call('GET', `/requests/${id}/result`)).json)
    }
    const small = (await text({ purpose: 'degree' })) + (await text({ purpose: 'credits' }))
    for (const canary of numberCanaries) expect(small).not.toContain(canary)
    const { document } = JSON.parse(await text({ purpose: 'whole' })).result
    for (const canary of numberCanaries) expect(Buffer.from(document.base64, 'base64').toString()).toContain(canary)
  })

  it('gives fewer fields where fewer are wanted', async () => {
    const { id } = await under.complete({ fields: ['degree-title'] })
    const { json } = await under.call('GET', `/requests/${id}/result`)
    expect(json.result).toEqual({ degrees: [{ title: 'Master of Marine Biology' }] })
  })

  it('lists the purposes of the key', async () => {
    const { json } = await under.call('GET', '/purposes', { key: 'stranger' })
    expect(json.purposes.map(({ id }: { id: string }) => id)).toEqual(['degree'])
  })

  it('lets an applicant log in where the entry has logins, and refuses another person than the order names', async () => {
    const { id, link } = await under.create({}, 'admission')
    const browser = await under.walk(link)
    await under.agree(browser)
    const result = await under.call('GET', `/requests/${id}/result`, { entry: 'admission' })
    expect(result.json.verification.person).toMatchObject({ verdict: 'same', by: ['login', 'order'] })

    const born = await under.create({ applicant: { birthDate: applicant.birthDate } }, 'admission')
    await under.agree(await under.walk(born.link))
    const ofBorn = await under.call('GET', `/requests/${born.id}/result`, { entry: 'admission' })
    expect(ofBorn.json.verification.person.by).toEqual(['login', 'order'])

    const other = { givenNames: 'Oda', familyName: 'Nowhere', birthDate: '1999-09-09' }
    const wrong = await under.create({ applicant: other }, 'admission')
    const stranger = new PlainBrowser()
    await stranger.open(wrong.link)
    await stranger.press('Fetch my results')
    await stranger.press(applicant.givenNames)
    expect(stranger.heading).toBe('This belongs to somebody else, it seems')
    expect(await under.over(wrong.id, 'admission')).toMatchObject({ status: 'failed', code: 'ID_MISMATCH' })
  })

  it('refuses results of another person, tells the reason, and takes another link', async () => {
    const { id, link } = await under.create()
    const learner = { givenNames: 'Oda', familyName: 'Nowhere', bday: '1999-09-09' }
    const browser = await under.walk(link, under.elmo({ learner }))
    expect(browser.heading).toBe('This belongs to somebody else, it seems')
    expect(browser.text).toContain('ask Jobs Example for another link')
    expect(await under.over(id)).toMatchObject({ status: 'failed', code: 'ID_MISMATCH' })
    const renewed = await under.call('POST', `/requests/${id}/link`)
    expect(renewed.status).toBe(201)
    await under.agree(await under.walk(renewed.json.link.url))
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('completed')
  })

  it('lets results through whose names are near, and tells the applicant and the system that they are not the same', async () => {
    const { id, link } = await under.create()
    const learner = { ...under.elmo().learner, familyName: `${applicant.familyName}x`, identifier: [] }
    const browser = await under.walk(link, under.elmo({ learner }))
    expect(browser.text).toContain('The document seems to be about you. Jobs Example is told')
    await under.agree(browser)
    const { json } = await under.call('GET', `/requests/${id}/result`)
    expect(json.verification.person).toMatchObject({ verdict: 'doubt' })
    expect(json.verification.person.reasons).toContain('family-near')
  })

  it('refuses a document that was made before the request', async () => {
    const { id, link } = await under.create()
    const browser = await under.walk(link, under.elmo({ generatedDate: '2019-07-01T10:00:00Z' }))
    expect(browser.page.status).toBe(422)
    expect(await under.over(id)).toMatchObject({ status: 'failed', code: 'STALE_DOC' })
  })

  it('lets the applicant decline before and after the results have come; either is told with its reason', async () => {
    const before = await under.create()
    const browser = new PlainBrowser()
    await browser.open(before.link)
    await browser.press('Decline')
    expect([browser.page.status, browser.heading]).toEqual([200, 'You declined'])
    const after = await under.create()
    const second = await under.walk(after.link)
    await second.press('Do not send anything')
    expect(second.heading).toBe('You declined')
    for (const { id } of [before, after]) {
      expect(await under.over(id)).toMatchObject({ status: 'declined', code: 'USER_DECLINED' })
      expect((await under.call('GET', `/requests/${id}/result`)).json.code).toBe('REQUEST_CLOSED')
      expect((await under.call('POST', `/requests/${id}/link`)).json.code).toBe('REQUEST_CLOSED')
    }
  })

  it('begins no transfer without a link', async () => {
    const browser = new PlainBrowser()
    await browser.open(`${under.alone.origin}/smp/jobs`)
    expect(browser.heading).toBe('Results for Results Service')
    expect(browser.forms).toEqual([])
    expect((await fetch(`${under.alone.origin}/smp/jobs`, { method: 'POST' })).status).toBe(404)
  })

  it('brings nothing of a transfer whose link was replaced, also when the applicant then agrees', async () => {
    const { id, link } = await under.create()
    const browser = await under.walk(link)
    await under.call('POST', `/requests/${id}/link`)
    await browser.press('Send this to')
    expect(browser.heading).toBe('This link was used already')
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('waiting')
  })
})

describe('an order that comes twice', () => {
  const order = { purpose: 'degree', applicant }
  const once = (key: string, body: object = order) =>
    under.call('POST', '/requests', { body, headers: { 'idempotency-key': key } })

  it('is one request; while it waits, each answer has a link that works', async () => {
    const [first, second] = [await once('order-0001'), await once('order-0001')]
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.json.request.id).toBe(first.json.request.id)
    expect(second.json.link.url).not.toBe(first.json.link.url)
    const browser = new PlainBrowser()
    await browser.open(first.json.link.url)
    expect(browser.page.status).toBe(200)
    await browser.open(second.json.link.url)
    expect(browser.page.status).toBe(200)
  })

  it('leaves the link good for an applicant who presses it at that moment', async () => {
    const { json } = await once('order-0005')
    const { desk } = under.api()
    const start = async () => {
      await once('order-0005')
      return { transferId: 'begun-meanwhile', step: { kind: 'hub', transferId: 'begun-meanwhile' } as const }
    }
    await desk.open(json.link.url.split('/').at(-1)!, start)
    expect((await under.call('GET', `/requests/${json.request.id}`)).json.status).toBe('opened')
  })

  it('is one request when both come at the same moment', async () => {
    const both = await Promise.all([once('order-0002'), once('order-0002'), once('order-0002')])
    expect(new Set(both.map(({ json }) => json.request.id)).size).toBe(1)
    expect(both.map(({ status }) => status).sort()).toEqual([200, 200, 201])
  })

  it('is one request, though the settings fill in other values meanwhile, as after a restart or at another instance', async () => {
    const { requests, settings } = under.api()
    const client = settings.clients[0]!
    const purposes = settings.purposes.map((purpose) => ({ ...purpose, retentionDays: purpose.retentionDays - 1 }))
    const changed = { ...settings, purposes, requestDays: settings.requestDays + 7 }
    const first = await requests.create(client, parseOrder(order, client, settings), 'order-0004')
    const again = await requests.create(client, parseOrder(order, client, changed), 'order-0004')
    expect([again.isNew, again.record.id]).toEqual([false, first.record.id])
  })

  it('is refused when it is another order; a key of another client is another key', async () => {
    const { json } = await once('order-0003')
    const other = await once('order-0003', { ...order, purpose: 'credits' })
    expect([other.status, other.json.code]).toEqual([422, 'ORDER_CONFLICT'])
    const theirs = await under.call('POST', '/requests', {
      ...{ body: order, key: 'stranger', headers: { 'idempotency-key': 'order-0003' } },
    })
    expect(theirs.status).toBe(201)
    expect(theirs.json.request.id).not.toBe(json.request.id)
  })
})

describe('a gateway that is about to stop', () => {
  it('begins nothing for an applicant, and still takes that they decline', async () => {
    const { id, link } = await under.create()
    const browser = new PlainBrowser()
    await browser.open(link)
    under.alone.drain()
    await browser.press('Fetch my results')
    expect([browser.page.status, browser.heading]).toEqual([503, 'We are busy at the moment'])
    await browser.open(link)
    await browser.press('Decline')
    expect([browser.page.status, browser.heading]).toEqual([200, 'You declined'])
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('declined')
  })
})
