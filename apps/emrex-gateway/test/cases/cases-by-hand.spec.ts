import { verifyElmo } from '@emrex-gateway/elmo'
import { PlainBrowser, textOfHtml } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { canariesIn } from '../personal-canaries.js'
import { readWholeStore } from '../read-whole-store.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { atStaffPages, byHandAt, filesOn, handOver, numberOn, openCase } from './town-by-hand.js'

jest.setTimeout(120_000)

interface Results {
  readonly items: readonly { readonly title: string; readonly title_en: string; readonly credits: string }[]
}

const story = storyOf('ordinary')
const { home } = story
const minutesOfDay = 24 * 60

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start({ rewriteSettings: byHandAt(home) })
})
afterAll(() => under.stop())

/** Cases are about one document each: every transfer has its own. */
async function aCase(): Promise<{ student: PlainBrowser; number: string; staff: PlainBrowser }> {
  const student = await handOver(under, story)
  const staff = await atStaffPages(under, home)
  const number = numberOn(student)
  await openCase(staff, number)
  return { student, number, staff }
}

async function download(url: string, cookie: string) {
  const response = await fetch(url, { redirect: 'manual', headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

const cookieOf = (browser: PlainBrowser) => browser.cookieHeader('localhost')
const logged = () => under.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
/** What the gateway holds of cases that are over, and of sessions: nothing personal may be in it. */
async function expectNothingPersonal(): Promise<void> {
  // What the NCP keeps for a student who lost the page is gone after ten minutes.
  under.putForward(11)
  await under.town.background.tidy()
  const { opened, bodies } = await readWholeStore(under.town)
  // Receipts name nobody; they are there for as long as the end of a transfer is shown.
  expect(Object.keys(bodies).filter((name) => !name.endsWith('/receipt'))).toEqual([])
  expect(canariesIn(JSON.stringify(bodies))).toEqual([])
  expect(canariesIn(opened)).toEqual([])
  expect(under.lines.flatMap((line) => canariesIn(line).map((canary) => `${canary} in ${line}`))).toEqual([])
}

describe('results for a student system into which nobody can write', () => {
  it('are handed to its staff, and the student is told so: their number, whose move it is, and that nothing is recorded', async () => {
    const start = new PlainBrowser()
    await start.open(under.town.smpUrl(home))
    expect(start.text).toContain('hand them to our staff, who decide about them')
    const student = await handOver(under, story)
    expect(student.heading).toBe('Your results were handed to the staff of University of Nordfjordvik')
    expect(student.text).toContain(
      `3 results from University of Zielony Brzeg were handed to the staff of University of Nordfjordvik as case ${numberOn(student)}. They decide; nothing is recorded yet.`,
    )
    expect(student.text).not.toMatch(/imported|in your record/)
    expect(await under.imports(home)).toEqual([])
    const [waiting] = await under.town.gateway.cases.waiting(home)
    expect(waiting).toMatchObject({ reference: numberOn(student), match: { verdict: 'same' }, remark: 'EMREX' })
    await under.town.gateway.cases.decide(home, waiting!.id, { taken: true, author: 'nobody' })
  })

  it('tell staff which of them came before, and when, though the document was signed anew', async () => {
    const first = await aCase()
    await first.staff.press('Taken over')
    const { staff, number } = await aCase()
    expect(staff.text).toContain('Came before')
    expect(staff.text).toMatch(new RegExp(`, as ${first.number}: all of these results\\.`))
    expect(number).not.toBe(first.number)
    await staff.press('Taken over')
  })

  it('are read, downloaded and taken over by staff; then nothing personal of them is left', async () => {
    const { number, staff, student } = await aCase()
    expect(staff.heading).toBe(`Case ${number} from University of Zielony Brzeg`)
    for (const words of ['Ingrid Solbakk Tveitnesli', '05068907693', 'EMREX', 'Yes. An identity number is the same.'])
      expect(staff.text).toContain(words)
    expect(staff.text).toContain('This was checked again just now.')
    const files = filesOn(staff)
    expect([...files.keys()]).toEqual([
      ...['document.xml', 'transcript.pdf', 'transcript.html', 'results.csv', 'results.json'],
      // The first is the readable transcript that the NCP attached.
      ...['attachment-1.pdf', 'attachment-2.pdf', 'annan-merit.json'],
    ])
    const got = new Map<string, Buffer>()
    for (const [name, url] of files) {
      const { status, headers, bytes } = await download(url, cookieOf(staff))
      got.set(name, bytes)
      const saved = `attachment; filename="${number}-${name}"`
      expect([name, status, headers.get('content-disposition')]).toEqual([name, 200, saved])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain('sandbox')
      expect(headers.get('etag')).toBeNull()
    }
    for (const name of ['transcript.pdf', 'attachment-1.pdf', 'attachment-2.pdf'])
      expect(got.get(name)!.subarray(0, 5).toString()).toBe('%PDF-')
    const certificates = [under.town.certificates.get(story.ncp)!]
    const outcome = verifyElmo(got.get('document.xml')!, { certificates, at: under.now() })
    expect(outcome.verified).toBe(true)
    const { items } = JSON.parse(got.get('results.json')!.toString()) as Results
    expect(items).toHaveLength(3)
    const transcript = got.get('transcript.html')!.toString()
    expect(transcript).not.toMatch(/<script|\ssrc=|href=|url\(['"]?http/)
    for (const { title, title_en: english } of items) {
      expect(staff.text).toContain(english)
      expect(textOfHtml(transcript)).toContain(english)
      expect(got.get('results.csv')!.toString()).toContain(`,${title},${english},`)
    }
    const merits = items.map(({ title, credits }) => ({ title, credits }))
    expect(JSON.parse(got.get('annan-merit.json')!.toString())).toEqual({ merits })

    await staff.press('Taken over')
    expect([staff.page.status, staff.heading]).toEqual([200, 'Cases that need a decision'])
    expect(staff.text).toContain('Taken over. Everything personal of that case was deleted.')
    expect(staff.text).toContain('Nothing waits to be entered.')
    const [taken] = (await under.town.gateway.store.audit.list({ event: 'case.taken' })).slice(-1)
    expect(taken).toMatchObject({ kind: 'case', entry: home, author: `staff-${home}:staff-${home}`, code: 'COMPLETED' })
    expect(taken!.facts).toEqual({ reference: number })
    for (const url of files.values()) expect((await download(url, cookieOf(staff))).status).toBe(404)
    await student.open(student.page.url)
    expect(numberOn(student)).toBe(number)
    await expectNothingPersonal()
  })

  it('are refused with a reason, and not without one', async () => {
    const { staff, number } = await aCase()
    const page = staff.page
    await staff.press({ button: 'Refused', fields: { reason: ' ' } })
    expect(staff.text).toContain('Nothing was decided: please give a reason, too.')
    expect(await under.town.gateway.cases.waiting(home)).toHaveLength(1)
    staff.page = page
    await staff.press({ button: 'Refused', fields: { reason: 'Ingrid is not admitted' } })
    expect(staff.text).toContain('Please tell the student: this page cannot.')
    const [refused] = (await under.town.gateway.store.audit.list({ event: 'case.refused' })).slice(-1)
    expect(refused).toMatchObject({
      reason: 'Ingrid is not admitted',
      code: 'STAFF_REFUSED',
      facts: { reference: number },
    })
    await expectNothingPersonal()
  })

  it('are closed by one of two staff who press at the same moment, and the other is told so', async () => {
    const { staff: one } = await aCase()
    const other = await atStaffPages(under, home)
    const [{ id } = { id: '' }] = await under.town.gateway.cases.waiting(home)
    const { staff: flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === home)!
    // Called here and not over HTTP, so that both have read before one of them writes.
    const close = async (browser: PlainBrowser, taken: boolean) => {
      const session = /\/staff\/([^/]+)/.exec(browser.page.url)![1]!
      await flow!.close((await flow!.sessions.load(session))!, id, { taken, reason: 'a reason' })
    }
    await Promise.all([close(one, true), close(other, false)])
    for (const browser of [one, other]) await browser.open(browser.page.url.replace(/\/cases\/.*/, ''))
    const told = [one, other].map(({ text }) => text.includes('That case is over'))
    expect(told.filter(Boolean)).toHaveLength(1)
  })

  it('are seen by the staff of that system alone, in their own session', async () => {
    const { staff, number } = await aCase()
    const [waiting] = await under.town.gateway.cases.waiting(home)
    const [fileUrl] = [...filesOn(staff).values()]
    const others = await atStaffPages(under, 'solvik')
    const session = others.page.url
    expect(others.text).not.toContain('To be entered by hand')
    await others.open(`${session}/cases/${waiting!.id}`)
    expect(others.text).toContain('That case is over')
    expect(others.text).not.toContain('Tveitnesli')
    expect((await download(`${session}/cases/${waiting!.id}/files/document.xml`, cookieOf(others))).status).toBe(404)
    // Their own session at the other entry, the session of the others with their cookie, and no cookie at all.
    for (const cookie of [cookieOf(others), '']) {
      const refused = await download(fileUrl!, cookie)
      expect(refused.status).toBe(403)
      expect(refused.bytes.toString()).not.toContain('Tveitnesli')
    }
    const strange = await download(fileUrl!.replace(`/smp/${home}/`, '/smp/solvik/'), cookieOf(staff))
    // As of a session that is over: that it was never one of theirs is not told.
    expect(strange.status).toBe(410)
    // And with a form of their own, as their page would send it.
    const { staff: flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === 'solvik')!
    const [own] = await flow!.sessions.list({ entry: 'solvik', states: ['staff'], limit: 1 })
    await flow!.close(own!, waiting!.id, { taken: true, reason: '' })
    await others.open(session)
    expect(others.text).toContain('That case is over')
    expect((await under.town.gateway.cases.waiting(home)).map(({ reference }) => reference)).toEqual([number])

    await staff.press('Taken over')
  })

  it('are shown to nobody who has only begun to log in', async () => {
    const { staff } = await aCase()
    const [{ id } = { id: '' }] = await under.town.gateway.cases.waiting(home)
    const begun = new PlainBrowser()
    // The demonstration login would ask who one is: not answered.
    await begun.open(under.town.smpUrl(home))
    await begun.press('For staff: open cases')
    const { staff: flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === home)!
    const [session] = await flow!.sessions.list({ entry: home, states: ['staff-login'], limit: 1 })
    const base = `${under.town.smpUrl(home)}/staff/${session!.id}`
    for (const name of filesOn(staff).keys()) {
      const refused = await download(`${base}/cases/${id}/files/${name}`, cookieOf(begun))
      expect([refused.status, refused.headers.get('content-disposition')]).toEqual([403, null])
    }
    await begun.open(`${base}/cases/${id}`)
    expect(begun.text).not.toContain('05068907693')
    await expect(flow!.close(session!, id, { taken: true, reason: '' })).rejects.toMatchObject({ code: 'STAFF_ONLY' })
    await staff.press('Taken over')
  })

  it('end by themselves when nobody enters them: told loudly, nothing left', async () => {
    const { number, staff } = await aCase()
    const url = staff.page.url
    under.putForward(30 * minutesOfDay + 1)
    await under.town.background.tidy()
    expect(logged()).toContainEqual(
      expect.objectContaining({ level: 40, event: 'case.expired', system: home, case: number, code: 'CASE_EXPIRED' }),
    )
    await staff.open(url)
    expect(staff.text).not.toContain('Tveitnesli')
    await expectNothingPersonal()
    const { opened } = await readWholeStore(under.town)
    expect(opened).toContain(`"state":"expired","code":"CASE_EXPIRED","reference":"${number}"`)
    under.putForward(91 * minutesOfDay)
    await under.town.background.tidy()
    // But for the receipts that students may look at again, for a year.
    const { transfers } = JSON.parse((await readWholeStore(under.town)).rows) as { transfers: { kind: string }[] }
    expect(transfers.filter(({ kind }) => kind !== 'history')).toEqual([])
  })
})
