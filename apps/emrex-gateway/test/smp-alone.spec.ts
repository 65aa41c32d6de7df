import { jest } from '@jest/globals'
import {
  describeWith,
  makeThrowawaySigner,
  standInModes,
  type PlainBrowser,
  type StandInMode,
} from '@emrex-gateway/testing'
import { remarksOn } from './remarks-on.js'
import { SmpUnderTest, unpacked, type SmpName } from './smp-under-test.js'

jest.setTimeout(120_000)

let under: SmpUnderTest
const hills = 'University of the Hills'
beforeAll(async () => {
  const signer = await makeThrowawaySigner({ commonName: 'Coast NCP' })
  under = await SmpUnderTest.start(signer, { [hills]: [signer.certificate] })
})
afterAll(() => under.stop())

const eventsOf = async (browser: PlainBrowser) => (await under.alone.audit(browser)).map(({ event }) => event)
const lastOf = async (browser: PlainBrowser) => (await under.alone.audit(browser)).at(-1)
/** What the audit says was tolerated when the answer came in. */
const toleratedIn = async (browser: PlainBrowser) =>
  (await under.alone.audit(browser)).find(({ event }) => event === 'answer.received')?.facts?.['deviations']
interface Taken {
  readonly items: number
  /** Tolerances of the form, as the audit names them. */
  readonly form?: string
  /** Tolerances of the packing and notices of the verification, as the page names them beside the form's. */
  readonly packing?: readonly string[]
  readonly smp?: SmpName
}

/** Modes whose document is reviewed and taken. */
const taken: Partial<Record<StandInMode, Taken>> = {
  success: { items: 2 },
  multi_report: { items: 4 },
  large_payload: { items: 2 },
  realistic_transcript: { items: 49 },
  emp_codes: { items: 2, form: 'return-code-emp-spelling' },
  no_return_message: { items: 2, form: 'return-message-missing' },
  no_return_code: { items: 2, form: 'return-code-missing' },
  base64_line_breaks: { items: 2, packing: ['base64-white-space'] },
  base64url: { items: 2, packing: ['base64-url-alphabet'] },
  plus_as_blank: { items: 2, packing: ['base64-plus-as-blank'] },
  not_gzipped: { items: 2, packing: ['not-gzipped'] },
  raw_xml: { items: 2, packing: ['not-base64', 'not-gzipped'] },
  crlf_document: { items: 2 },
  sha1_signature: { items: 2, packing: ['sha1-exception-used'], smp: 'lenient' },
}

interface Ended {
  readonly heading: string
  readonly status: number
  readonly event: string
  readonly code: string
  readonly smp?: SmpName
  /** What the audit adds: the code of the document library, never what was in the document. */
  readonly detail?: string
}

const refused = (code: string, heading: string, detail: string, smp?: SmpName): Ended => ({
  ...{ heading, status: 422, event: 'answer.rejected', code, detail },
  ...(smp === undefined ? {} : { smp }),
})
/** A mode, and at which SMP, for the name of a test. */
type Case = [string, StandInMode, Ended]
const caseOf = ([mode, end]: readonly [StandInMode, Ended]): Case => [`${mode} (${end.smp ?? 'strict'})`, mode, end]
const weak = 'The signature of the results is too weak'

/** Modes that end without an import. */
const ended: readonly [StandInMode, Ended][] = [
  [
    'error',
    { heading: 'The other university reported an error', status: 502, event: 'transfer.ended', code: 'NCP_ERROR' },
  ],
  ['no_records', { heading: 'There are no results to send', status: 200, event: 'transfer.ended', code: 'NO_RESULTS' }],
  ['cancel', { heading: 'You cancelled', status: 200, event: 'transfer.ended', code: 'USER_CANCEL' }],
  ['invalid_gzip', refused('DOC_MALFORMED', 'The results cannot be read', 'ELMO_PACKING')],
  ['invalid_xml', refused('DOC_MALFORMED', 'The results cannot be read', 'ELMO_NOT_WELL_FORMED')],
  ['identity_mismatch', refused('ID_MISMATCH', 'This belongs to somebody else, it seems', 'another person')],
  ['unsigned', refused('SIGNATURE_MISSING', 'The results are not signed', 'ELMO_SIGNATURE_MISSING')],
  ['other_key', refused('CERT_UNKNOWN', 'We do not know who signed the results', 'ELMO_SIGNER_UNKNOWN')],
  ['sha1_signature', refused('SIGNATURE_WEAK', weak, 'ELMO_SIGNATURE_WEAK')],
  ['sha1_signature', refused('SIGNATURE_WEAK', weak, 'ELMO_SIGNATURE_WEAK', 'late')],
]

const reviewed = ['answer.received', 'document.verified', 'person.matched']
const imported = ['import.decided', 'import.delivered']

describeWith(describe, 'xmlsec1', 'the SMP alone, answered by a stand-in NCP', () => {
  it('has no NCP: the role that is not set up answers nothing', async () => {
    expect(under.alone.gateway.ncps).toEqual([])
    expect((await fetch(`${under.alone.origin}/ncp/strict`, { method: 'POST' })).status).toBe(404)
  })

  it('is judged in every mode that a stand-in has', () => {
    const walked: readonly StandInMode[] = ['timeout', 'server_to_server', 'login_first']
    const judged = new Set([...Object.keys(taken), ...ended.map(([mode]) => mode), ...walked])
    expect([...judged].sort()).toEqual([...standInModes].sort())
  })

  it.each(Object.entries(taken))('reviews and imports the answer of the mode %s', async (mode, expected) => {
    const { items, form = '', packing = [], smp } = expected
    const before = (await under.imported()).count
    const { browser, fields } = await under.transfer(mode as StandInMode, smp)
    expect([browser.page.status, browser.heading]).toEqual([200, 'Your results have arrived'])
    expect((await eventsOf(browser)).slice(-3)).toEqual(reviewed)
    expect(await toleratedIn(browser)).toBe(form)
    // Whether padding is missing depends on how long the document happens to be.
    const unpadded = fields.get('elmo')!.length % 4 > 0 && mode === 'base64url' ? ['base64-padding-missing'] : []
    const named = [...(form === '' ? [] : [form]), ...packing, ...unpadded]
    expect(remarksOn(browser).filter((remark) => !remark.startsWith('certificate-'))).toEqual(named)
    expect((await under.imported()).count).toBe(before)

    await under.accept(browser)
    expect([browser.page.status, browser.heading]).toEqual([200, 'Your university has your results'])
    expect((await eventsOf(browser)).slice(-2)).toEqual(imported)
    const { count, last } = await under.imported()
    expect(count).toBe(before + 1)
    expect(last?.items).toHaveLength(items)
    expect(last?.person_key).toBe('NF240001')
    if (packing.length === 0 || smp !== undefined)
      expect(unpacked(fields.get('elmo')!).equals(last!.elmo_xml)).toBe(true)
  })

  it.each(ended.map(caseOf))('ends with its own reason in the mode %s', async (_, mode, expected) => {
    const { heading, status, event, code, smp, detail } = expected
    const before = (await under.imported()).count
    const { browser, hub } = await under.transfer(mode, smp)
    expect([browser.page.url, browser.page.status, browser.heading]).toEqual([hub, status, heading])
    expect(await lastOf(browser)).toMatchObject({ event, code, ...(detail === undefined ? {} : { facts: { detail } }) })
    expect(await eventsOf(browser)).not.toContain('document.verified')
    expect((await under.imported()).count).toBe(before)
    expect(browser.forms).toEqual([])
  })

  it('shows what the NCP says about its error, as text', async () => {
    const { browser } = await under.transfer('error')
    expect(browser.text).toContain('The other university says: “The student information system does not answer.”')
  })

  it('says which kinds of facts did not fit, and shows nothing of the other person', async () => {
    const { browser } = await under.transfer('identity_mismatch')
    expect(browser.text).toContain('What did not fit: date of birth, family name, given names')
    expect(browser.page.html).not.toMatch(/Łukasz|Przykładowy|1944-05-14|44051401359|Marine Biology/)
  })

  it('imports codes, titles, credits and grades as they were sent', async () => {
    const { browser } = await under.transfer('success')
    await under.accept(browser)
    const rows = (await under.imported()).last!.items.map(({ code, title, credits, grade }) => [
      code,
      title,
      credits,
      grade,
    ])
    expect(rows).toEqual([
      ['BIO201', 'Marine Biology', '7.5', 'B'],
      ['STA110', 'Statistics <for> Biologists & Others', '5', 'A'],
    ])
  })

  it('keeps parts under their whole, and a result of no credits', async () => {
    const { browser } = await under.transfer('realistic_transcript')
    await under.accept(browser)
    const { items } = (await under.imported()).last!
    expect(items.filter(({ parent_item_no }) => parent_item_no === null)).toHaveLength(1)
    expect(items.filter(({ parent_item_no }) => parent_item_no === 1)).toHaveLength(6)
    expect(items.filter(({ credits }) => credits === '0')).toHaveLength(1)
    expect(items.filter(({ code }) => code === null)).toHaveLength(1)
  })

  it('takes an answer that comes from a server; the browser of the student finds the review at the hub', async () => {
    const deliveries = under.ncp.deliveries.length
    const { browser, hub } = await under.goAbroad('server_to_server')
    expect(browser.heading).toBe('Stand-in NCP')
    expect(under.ncp.deliveries.slice(deliveries)).toEqual([{ status: 303, location: new URL(hub).pathname }])
    const other = await fetch(hub)
    expect(other.status).toBe(403)
    expect(await other.text()).not.toContain('Marine Biology')

    await browser.open(hub)
    expect(browser.heading).toBe('Your results have arrived')
    await under.accept(browser)
    expect(browser.heading).toBe('Your university has your results')
  })

  it('lets the NCP send the browser through a login on another site first', async () => {
    const { browser, hub } = await under.goAbroad('login_first')
    expect(browser.page.url.startsWith(under.ncp.loginOrigin)).toBe(true)
    await browser.open(/<a href="([^"]+)"/.exec(browser.page.html)![1]!)
    await browser.press('Continue')
    expect([browser.page.url, browser.heading]).toEqual([hub, 'Your results have arrived'])
  })

  it('keeps a review that an exception for SHA-1 let through, when the settings lose the exception', async () => {
    const { browser, hub } = await under.transfer('sha1_signature', 'lenient')
    const { entry } = under.alone.gateway.smps.find(({ flow }) => flow.entry.id === 'lenient')!.flow
    const exceptions = (entry.sha1Exceptions as (typeof entry.sha1Exceptions)[number][]).splice(0)
    await browser.open(hub)
    expect(browser.heading).toBe('Your results have arrived')
    await under.accept(browser)
    expect(browser.heading).toBe('Your university has your results')
    Object.assign(entry, { sha1Exceptions: exceptions })
  })

  it('sends a request of exactly two fields, with a session id of its own each time', async () => {
    const seen = under.ncp.received.length
    await under.transfer('cancel')
    await under.transfer('cancel')
    const requests = under.ncp.received.slice(seen)
    expect(requests).toHaveLength(2)
    for (const { method, headers, fields } of requests) {
      expect([method, headers['content-type']]).toEqual(['POST', 'application/x-www-form-urlencoded'])
      expect(Object.keys(fields)).toEqual(['sessionId', 'returnUrl'])
      expect(fields['sessionId']).toMatch(/^[A-Za-z0-9_-]{22,32}$/)
      expect(fields['returnUrl']).toBe(`${under.alone.origin}/smp/strict/return`)
    }
    expect(requests[0]!.fields['sessionId']).not.toBe(requests[1]!.fields['sessionId'])
  })
})

describe('the SMP alone, when no answer comes', () => {
  /** The NCP has the request and never answers; the student comes back to the page of the transfer. */
  async function comeBack() {
    under.ncp.setMode('timeout')
    const { browser, hub } = await under.begin()
    const seen = under.ncp.received.length
    // The post hangs until the stand-in is closed.
    void browser.press('Go to University of the Coast').catch(() => undefined)
    while (under.ncp.received.length === seen) await new Promise((resolve) => setTimeout(resolve, 20))
    await browser.open(hub)
    expect([browser.page.status, browser.heading]).toEqual([200, 'Waiting for your results'])
    return { browser, hub, sessionId: under.ncp.received.at(-1)!.fields['sessionId']! }
  }

  it('lets the student choose again; a late answer to the first request counts no more', async () => {
    const { browser, sessionId } = await comeBack()
    await browser.press('Choose another university')
    expect(browser.heading).toBe('Where are your results?')
    await under.post(browser, { sessionId, returnCode: 'NCP_NO_RESULTS' })
    expect([browser.page.status, browser.heading]).toEqual([410, 'You are not fetching these results any more'])
  })

  it('goes to the university that is chosen on a page from before, another tab or the way back, and to no other', async () => {
    const { browser } = await under.begin()
    const { forms } = browser
    /** Pressed on the page as it was at first: the form that goes out. */
    const press = async (university: string) => {
      const isIt = ({ text }: { readonly text: string }) => text === `Go to ${university}`
      const form = forms.find(({ buttons }) => buttons.some(isIt))!
      const { name, value } = form.buttons.find(isIt)!
      const fields = [...form.fields, ...(name === undefined ? [] : [[name, value] as const])]
      await browser.submit(form, new URLSearchParams(fields.map(([field, text]) => [field, text])))
      return browser.forms[0]!
    }
    const first = await press('University of the Coast')
    expect(first.action).toBe(under.ncp.url)
    expect((await press(hills)).action).toContain('Hills')
    await under.post(browser, { ...Object.fromEntries(first.fields), returnCode: 'NCP_NO_RESULTS' })
    expect(browser.page.status).toBe(410)
  })

  it('lets the student cancel, and says so', async () => {
    const { browser, hub } = await comeBack()
    await browser.press('Stop here')
    expect([browser.page.url, browser.page.status, browser.heading]).toEqual([hub, 200, 'You cancelled'])
    expect(await lastOf(browser)).toMatchObject({ event: 'transfer.cancelled', code: 'USER_CANCEL' })
  })

  it('ends with a reason when the time of the transfer has run out; an answer after that counts no more', async () => {
    const { browser, hub, sessionId } = await comeBack()
    await under.alone.putForward(91)
    await under.post(browser, { sessionId, returnCode: 'NCP_NO_RESULTS' })
    expect([browser.page.status, browser.heading]).toEqual([410, 'This took too long'])
    await browser.open(hub)
    expect([browser.page.status, browser.heading]).toEqual([410, 'This took too long'])
    expect(await lastOf(browser)).toMatchObject({
      event: 'transfer.expired',
      code: 'USER_GONE',
      facts: { stage: 'asked' },
    })
  })
})
