import { PlainBrowser } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { reasons, type ReasonCode } from '@emrex-gateway/core'
import { hashApiKey } from '@emrex-gateway/smp'
import { ApiUnderTest, applicant, type Answered } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start()
})
afterAll(() => under.stop())

/** Problem details (RFC 9457) with this reason code, whose type can be looked up. */
async function expectProblem({ status, headers, json }: Answered, code: ReasonCode): Promise<void> {
  expect([status, json?.code]).toEqual([reasons[code].status, code])
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('cache-control')).toContain('no-store')
  expect(json).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
    next: expect.any(String),
  })
  const about = await fetch(json.type)
  expect([about.status, ((await about.json()) as { code: string }).code]).toEqual([200, code])
}

const calls = (id: string) =>
  [
    ['POST', '/requests'],
    ['GET', `/requests/${id}`],
    ['POST', `/requests/${id}/link`],
    ['GET', `/requests/${id}/result`],
    ['DELETE', `/requests/${id}`],
    ['GET', '/purposes'],
  ] as const

describe('the import API refuses, as problem details with the reason code', () => {
  it('each call without a key, with a wrong key, a key of another id, and a key in another place', async () => {
    const { id } = await under.create()
    const good = under.keys.full
    const last = good.endsWith('A') ? 'B' : 'A'
    const wrong = ['', 'Bearer ', `Bearer ${good.slice(0, -1)}${last}`, `Bearer ${good.replace('full', 'reader')}`]
    const others = [
      `Basic ${good}`,
      good,
      `Bearer ${hashApiKey(good)}`,
      `Bearer ${good} ${good}`,
      `Bearer emrex__${good}`,
    ]
    for (const [method, path] of calls(id)) {
      const none = await under.call(method, path, { key: 'none', ...(path === '/requests' ? { body: {} } : {}) })
      await expectProblem(none, 'API_KEY_REFUSED')
      expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    for (const authorization of [...wrong, ...others])
      await expectProblem(await under.call('GET', `/requests/${id}`, { authorization }), 'API_KEY_REFUSED')
    expect((await under.call('GET', `/requests/${id}?key=${good}`, { key: 'none' })).status).toBe(401)
  })

  it('each call with a key that lacks the scope', async () => {
    const { id } = await under.complete()
    const allowed = { reader: ['GET /requests/', 'GET /purposes'], writer: ['POST', 'DELETE'] } as const
    for (const key of ['reader', 'writer'] as const)
      for (const [method, path] of calls(id)) {
        const isResult = path.endsWith('/result')
        if (!isResult && allowed[key].some((start) => `${method} ${path}`.startsWith(start))) continue
        const body = path === '/requests' ? { body: { purpose: 'degree', applicant } } : {}
        await expectProblem(await under.call(method, path, { key, ...body }), 'API_SCOPE_MISSING')
      }
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('completed')
  })

  it('a request of another client, one that never was, and a path that is none', async () => {
    const { id } = await under.complete()
    for (const [method, path] of calls(id).slice(1, 5))
      await expectProblem(await under.call(method, path, { key: 'stranger' }), 'REQUEST_UNKNOWN')
    await expectProblem(await under.call('GET', '/requests/never-was'), 'REQUEST_UNKNOWN')
    await expectProblem(await under.call('GET', '/requests/a%00b'), 'REQUEST_UNKNOWN')
    await expectProblem(await under.call('GET', '/elsewhere'), 'PAGE_UNKNOWN')
    await expectProblem(await under.call('POST', '/webhook-of-client', { body: {} }), 'PAGE_UNKNOWN')
    const { id: elsewhere } = await under.create({}, 'admission')
    await expectProblem(await under.call('GET', `/requests/${elsewhere}`), 'REQUEST_UNKNOWN')
  })

  it('everything but deleting, after deletion; after the time for that is over nobody knows it any more', async () => {
    const { id, link } = await under.complete()
    expect((await under.call('DELETE', `/requests/${id}`)).status).toBe(204)
    for (const [method, path] of calls(id).slice(1, 4))
      await expectProblem(await under.call(method, path), 'REQUEST_DELETED')
    expect((await under.call('DELETE', `/requests/${id}`)).status).toBe(204)
    const browser = new PlainBrowser()
    await browser.open(link)
    expect([browser.page.status, browser.heading]).toEqual([410, 'This request was deleted'])
  })

  it('a link that is used twice: in another browser, by a press on the old page, and replaced by another link', async () => {
    const { id, link } = await under.create()
    const [first, second] = [new PlainBrowser(), new PlainBrowser()]
    await Promise.all([first.open(link), second.open(link)])
    await first.press('Fetch my results')
    expect(first.heading).toBe('Where are your results?')
    await second.press('Fetch my results')
    expect([second.page.status, second.heading]).toEqual([410, 'This link was used already'])
    const asked = await fetch(link, { headers: { accept: 'application/json' } })
    expect([asked.status, asked.headers.get('content-type')]).toEqual([410, 'application/problem+json'])
    expect(await asked.json()).toMatchObject({ code: 'LINK_USED', status: 410 })
    // Who has it goes on, also by the link in their mail.
    await first.open(first.page.url)
    expect(first.heading).toBe('Where are your results?')
    await first.open(link)
    expect(first.heading).toBe('This link was used already')
    await first.open(new URL(/href="([^"]+\/transfers\/[^"]+)"/.exec(first.page.html)![1]!, link).href)
    expect(first.heading).toBe('Where are your results?')

    const renewed = await under.call('POST', `/requests/${id}/link`)
    await second.open(renewed.json.link.url)
    expect(second.page.status).toBe(200)
    await under.call('POST', `/requests/${id}/link`)
    await second.press('Fetch my results')
    expect([second.page.status, second.heading]).toEqual([410, 'This link was used already'])
  })

  it('a link that two browsers use at the same moment: one has it', async () => {
    const { id, link } = await under.create()
    const browsers = Array.from({ length: 4 }, () => new PlainBrowser())
    await Promise.all(browsers.map((browser) => browser.open(link)))
    await Promise.all(browsers.map((browser) => browser.press('Fetch my results')))
    const headings = browsers.map(({ heading }) => heading).sort()
    expect(headings).toEqual([
      ...Array.from({ length: 3 }, () => 'This link was used already'),
      'Where are your results?',
    ])
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('opened')
  })

  it('a link that nobody was given, and a button that another site presses', async () => {
    const { link } = await under.create()
    const never = link.replace(/[^/]+$/, 'never-given')
    const asked = await fetch(never, { headers: { accept: 'application/json' } })
    expect([asked.status, ((await asked.json()) as { code: string }).code]).toEqual([404, 'LINK_UNKNOWN'])
    const pressed = await fetch(`${link}/decline`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', accept: 'application/json' },
      body: new URLSearchParams({ decision: 'decline' }),
    })
    expect(((await pressed.json()) as { code: string }).code).toBe('FORM_STALE')
  })

  it('a request whose time is over, also before the tidying, and a result whose time is over', async () => {
    const { id, link } = await under.create({ days: 1 })
    const kept = await under.complete({ retentionDays: 1 })
    under.alone.moveClock(24 * 60 + 1)
    await expectProblem(await under.call('GET', `/requests/${kept.id}/result`), 'REQUEST_DELETED')
    const browser = new PlainBrowser()
    await browser.open(link)
    expect([browser.page.status, browser.heading]).toEqual([410, 'This request is over'])
    const asked = await fetch(link, { headers: { accept: 'application/json' } })
    expect(await asked.json()).toMatchObject({ code: 'REQUEST_EXPIRED', status: 410 })
    expect((await under.call('GET', `/requests/${id}`)).json).toMatchObject({
      ...{ status: 'expired', code: 'REQUEST_EXPIRED' },
    })
    await expectProblem(await under.call('GET', `/requests/${id}/result`), 'REQUEST_EXPIRED')
    await expectProblem(await under.call('POST', `/requests/${id}/link`), 'REQUEST_EXPIRED')
    await under.alone.putForward(31 * 24 * 60)
    await expectProblem(await under.call('GET', `/requests/${id}`), 'REQUEST_UNKNOWN')
  })

  it('a request whose time is over, in the same words to all who ask at the same moment', async () => {
    const [asked, opened] = [await under.create({ days: 1 }), await under.create({ days: 1 })]
    under.alone.moveClock(24 * 60)
    // Called here and not over HTTP, so that all have read before the first one writes.
    const { requests, desk, settings } = under.api()
    const [client] = settings.clients
    const three = <Answer>(ask: () => Promise<Answer>) => Promise.all([ask(), ask(), ask()])
    const records = await three(() => requests.read(client!, asked.id))
    expect(records.map(({ state }) => state.state)).toEqual(['expired', 'expired', 'expired'])
    const token = opened.link.split('/').at(-1)!
    const refusals = await three(() => desk.look(token).catch((error: unknown) => error))
    expect(refusals.map((error) => (error as { code?: string }).code)).toEqual(Array(3).fill('REQUEST_EXPIRED'))
  })

  it('the result of a request that is not answered, and of one that was declined', async () => {
    const { id, link } = await under.create()
    await expectProblem(await under.call('GET', `/requests/${id}/result`), 'REQUEST_PENDING')
    const browser = new PlainBrowser()
    await browser.open(link)
    await browser.press('Decline')
    await expectProblem(await under.call('GET', `/requests/${id}/result`), 'REQUEST_CLOSED')
  })
})

describe('an order that cannot be used', () => {
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    under.call('POST', '/requests', { body, headers })
  const good = { purpose: 'degree', applicant }
  const pointers = ({ json }: Answered) => json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()

  it.each([
    [{}, ['/applicant', '/purpose']],
    [[], ['']],
    [{ ...good, surprise: 1, 'a/b': 1 }, ['/a~1b', '/surprise']],
    [{ ...good, fields: ['everything'] }, ['/fields']],
    [{ ...good, fields: [] }, ['/fields']],
    [
      { ...good, days: 0.5, retentionDays: -1, language: '../x', reference: 'a\nb' },
      ['/days', '/language', '/reference', '/retentionDays'],
    ],
    [
      { ...good, applicant: { ...applicant, birthDate: '2019-02-30', email: 'a@b.example\nBcc: c@d.example' } },
      ['/applicant/birthDate', '/applicant/email'],
    ],
    [
      { ...good, applicant: { givenNames: 'Aino', familyName: '‮oniA', birthDate: '1952-10-13' } },
      ['/applicant/familyName'],
    ],
    [{ ...good, applicant: { givenNames: 'Aino' } }, ['/applicant/birthDate', '/applicant/familyName']],
  ])('is refused with a pointer to each flaw: %j', async (body, expected) => {
    const answered = await post(body)
    await expectProblem(answered, 'REQUEST_MALFORMED')
    expect(pointers(answered)).toEqual(expected)
    // The answer repeats nothing of the person.
    expect(JSON.stringify(answered.json)).not.toMatch(/Aino|2019-02-30|b\.example/)
  })

  it('is told between what a number lies, and how long a name may be', async () => {
    const body = { ...good, retentionDays: 5000, applicant: { ...applicant, givenNames: 'x'.repeat(201) } }
    expect((await post(body)).json.errors).toEqual([
      { pointer: '/retentionDays', detail: 'must be a whole number from 1 to 3660' },
      { pointer: '/applicant/givenNames', detail: 'must be one line of 1 to 200 characters' },
    ])
  })

  it.each([
    [{ ...good, purpose: 'never' }, ['/purpose']],
    [{ ...good, fields: ['document'] }, ['/fields']],
    [{ ...good, retentionDays: 31 }, ['/retentionDays']],
  ])('asks for more than the purpose allows: %j', async (body, expected) => {
    const answered = await post(body)
    await expectProblem(answered, 'PURPOSE_FORBIDDEN')
    expect(pointers(answered)).toEqual(expected)
  })

  it('names a purpose that only another client has', async () => {
    const body = { purpose: 'whole', applicant }
    await expectProblem(await under.call('POST', '/requests', { body, key: 'stranger' }), 'PURPOSE_FORBIDDEN')
  })

  it('is no JSON, is something else, or is too large', async () => {
    const cut = await post('{"purpose":')
    const form = await post('purpose=degree', { 'content-type': 'application/x-www-form-urlencoded' })
    const large = await post(JSON.stringify({ purpose: 'x'.repeat(100_000) }))
    await expectProblem(cut, 'REQUEST_MALFORMED')
    expect(cut.json.errors).toEqual([{ pointer: '', detail: 'must be JSON, in UTF-8' }])
    await expectProblem(form, 'REQUEST_MALFORMED')
    expect(form.json.errors).toEqual([{ pointer: '', detail: 'must be sent as application/json' }])
    await expectProblem(large, 'BODY_TOO_LARGE')
    // Who calls is no student who came from a page and chooses results.
    expect(JSON.stringify([cut.json, form.json, large.json])).not.toMatch(/page you came from|student|fewer results/)
    await expectProblem(await post(good, { 'idempotency-key': 'short' }), 'REQUEST_MALFORMED')
  })
})
