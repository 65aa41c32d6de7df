import { PlainBrowser, type HtmlForm } from '@emrex-gateway/testing'
import { carryStory, loginName, staff, students, waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf, transferIdOf } from '../evidence-of.js'
import { statesOf } from '../states-of.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'

jest.setTimeout(120_000)

const changedName = storyOf('changed-name')
const [ordinary, wrongTwin] = [storyOf('ordinary'), storyOf('wrong-twin')]
const worker = staff.find(({ home }) => home === changedName.home)!

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
})
afterAll(() => under.stop())

/** A student whose document leaves a doubt: the case waits. */
async function openCase(): Promise<{ browser: PlainBrowser; transferId: string }> {
  const browser = await carryStory(changedName, under.town.smpUrl(changedName.home))
  expect(browser.heading).toBe('A person will look at this')
  return { browser, transferId: transferIdOf(browser) }
}

/** A browser at the staff pages of a university, logged in as that member of its staff. */
async function atStaffPages(university = changedName.home): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(under.town.smpUrl(university))
  await browser.press('For staff: open cases')
  await browser.press(loginName(staff.find(({ home }) => home === university)!.id))
  expect(browser.heading).toBe('Cases that need a decision')
  return browser
}

const postTo = (action: string): HtmlForm => ({
  action,
  method: 'POST',
  autoSubmit: false,
  fields: [],
  boxes: [],
  buttons: [],
})

/** Fills in the form of one case, and of no other. */
async function decide(browser: PlainBrowser, caseId: string, decision: 'accept' | 'refuse', reason: string) {
  const form = browser.forms.find(({ fields }) => fields.some(([, value]) => value === caseId))!
  const fields = new URLSearchParams(form.fields.map(([name, value]) => [name, value]))
  fields.set('reason', reason)
  fields.set('decision', decision)
  return browser.submit(form, fields)
}

describe('4. A document for another person never reaches review; an unsure one never reaches import without a decision by staff.', () => {
  it('ends the results of a twin without a review', async () => {
    const before = await under.importCount()
    const browser = await carryStory(wrongTwin, under.town.smpUrl(wrongTwin.home))
    const id = transferIdOf(browser)
    expect(browser.heading).toBe('This belongs to somebody else, it seems')
    expect((await evidenceOf(under, id)).code).toBe('ID_MISMATCH')
    expect(statesOf(under, id)).toEqual(['started', 'login', 'identified', 'asked', 'answered', 'ended'])
    expect(await under.importCount()).toBe(before)
  })

  it('ends the results of everybody else, and neither shows nor keeps them', async () => {
    const before = await under.importCount()
    for (const { id: other } of students.filter(({ id }) => id !== ordinary.student)) {
      const asked = await under.ask(ordinary)
      await under.answer(asked, { elmo: under.packed(under.elmoFor(other), ordinary.ncp) })
      expect([other, (await evidenceOf(under, asked.transferId)).code]).toEqual([other, 'ID_MISMATCH'])
      expect(statesOf(under, asked.transferId).slice(-2)).toEqual(['answered', 'ended'])
      expect(asked.browser.text).not.toContain('Invented Course')
      expect(await under.smp(ordinary.home).transfers.body(asked.transferId, 'answer')).toBeUndefined()
    }
    expect(await under.importCount()).toBe(before)
  })

  it('is decided by one of two staff who press at the same moment, and the other is told so', async () => {
    const { transferId } = await openCase()
    const [one, other] = [await atStaffPages(), await atStaffPages()]
    const { staff: flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === changedName.home)!
    // Called here and not over HTTP, so that both have read before one of them writes.
    const refuse = async (browser: PlainBrowser) => {
      const session = (await flow!.sessions.load(browser.page.url.split('/').at(-1)!))!
      await flow!.decide(session, transferId, { accept: false, reason: 'another name' })
    }
    await Promise.all([refuse(one), refuse(other)])
    for (const browser of [one, other]) await browser.open(browser.page.url)
    const told = [one, other].map(({ text }) => (text.includes('That case is over') ? 'over' : 'refused'))
    expect(told.sort()).toEqual(['over', 'refused'])
    expect([one, other].filter(({ text }) => text.includes('please tell them, too'))).toHaveLength(1)
  })

  it('keeps an unsure one from import, whatever its student sends', async () => {
    const before = await under.importCount()
    const { browser, transferId } = await openCase()
    expect(browser.forms).toEqual([])
    await browser.submit(postTo(`${browser.page.url}/accept`), new URLSearchParams())
    expect(browser.page.status).toBe(403)
    const flow = under.smp(changedName.home)
    await flow.accept((await flow.transfers.load(transferId))!)
    await under.town.background.deliver()
    expect(statesOf(under, transferId).at(-1)).toBe('needs-staff')
    expect(await under.importCount()).toBe(before)
  })

  it('stays open to its browser as long as staff may take, and a day: else who comes back is told of another browser', async () => {
    const { browser } = await openCase()
    const { url } = browser.page
    const secret = browser.cookieHeader(new URL(url).hostname)
    const [cookie] = (await fetch(url, { headers: { cookie: secret } })).headers.getSetCookie()
    expect(cookie?.split('; ')).toEqual(expect.arrayContaining([secret, `Max-Age=${31 * 86_400}`]))
  })

  it('imports an unsure one after staff accepted it, with author and reason in the evidence', async () => {
    const before = (await under.imports(changedName.home)).length
    const { browser, transferId } = await openCase()
    const desk = await atStaffPages()
    expect(desk.text).toContain('Compared with a name at birth, the family name is the same.')
    await decide(desk, transferId, 'accept', '  ')
    expect(desk.text).toContain('Nothing was decided: please give a reason, too.')
    expect((await under.imports(changedName.home)).length).toBe(before)

    await decide(desk, transferId, 'accept', 'Marriage certificate seen')
    expect(desk.text).toContain('Accepted. The import is on its way.')
    await browser.open(browser.page.url)
    expect(await waitForImport(browser)).toBe('Your university has your results')
    expect(statesOf(under, transferId).slice(-3)).toEqual(['needs-staff', 'decided', 'delivered'])
    const accepted = (await under.audit(transferId)).find(({ event }) => event === 'case.accepted')
    expect(accepted).toMatchObject({ author: `staff-jadrograd:${worker.id}`, reason: 'Marriage certificate seen' })
    const imports = await under.imports(changedName.home)
    expect(imports.slice(before).map(({ match }) => match)).toEqual(['doubt'])
  })

  it('imports nothing after staff refused it, and tells the student', async () => {
    const before = await under.importCount()
    const { browser, transferId } = await openCase()
    const desk = await atStaffPages()
    // They were imported above, by a document of their own.
    expect(desk.text).toMatch(/Came before .*: all of these results\./)
    // As long as the field takes it, which counts the end of a line once; browsers send two characters.
    const reason = `No proof of the name\r\n${'.'.repeat(479)}`
    await decide(desk, transferId, 'refuse', reason)
    expect(desk.text).toContain('please tell them, too')
    await browser.open(browser.page.url)
    expect(browser.heading).toBe('Your results were not accepted')
    const refused = (await under.audit(transferId)).find(({ event }) => event === 'case.refused')
    expect(refused).toMatchObject({ author: `staff-jadrograd:${worker.id}`, reason: reason.replace('\r', '') })
    await under.town.background.deliver()
    expect(await under.importCount()).toBe(before)
  })

  it('lets staff decide once: a second decision changes nothing, and who made it is told so', async () => {
    const { transferId } = await openCase()
    const [one, two] = [await atStaffPages(), await atStaffPages()]
    const before = await under.importCount()
    await decide(one, transferId, 'refuse', 'No proof')
    await decide(two, transferId, 'accept', 'Looks fine')
    expect(two.text).toContain('That case is over')
    expect(two.text).not.toContain('Accepted. The import is on its way.')
    await under.town.background.deliver()
    expect((await evidenceOf(under, transferId)).code).toBe('STAFF_REFUSED')
    expect(await under.importCount()).toBe(before)

    const { transferId: next } = await openCase()
    const [three, four] = [await atStaffPages(), await atStaffPages()]
    await decide(three, next, 'accept', 'Marriage certificate seen')
    await decide(four, next, 'refuse', 'No proof')
    expect(four.text).toContain('That case is over')
    expect(four.text).not.toContain('please tell them, too')
    expect((await under.audit(next)).filter(({ event }) => event === 'case.refused')).toEqual([])
  })

  it('tells staff who accept the same results a second time that they are there already', async () => {
    const old = under.packed(under.elmoFor('ingrid', { generatedDate: '2025-02-03T10:00:00Z' }), ordinary.ncp)
    const twice = [await under.ask(ordinary), await under.ask(ordinary)] as const
    for (const asked of twice) await under.answer(asked, { elmo: old })
    const desk = await atStaffPages(ordinary.home)
    await decide(desk, twice[0].transferId, 'accept', 'Not too old for us')
    expect(desk.text).toContain('Accepted. The import is on its way.')
    await decide(desk, twice[1].transferId, 'accept', 'Not too old for us')
    expect(desk.text).toContain('This very document was handed over before.')
    expect(desk.text).not.toContain('Accepted. The import is on its way.')
    expect((await evidenceOf(under, twice[1].transferId)).code).toBe('DUPLICATE')
  })

  it('shows those cases that end first when there are more than a page holds, and says how many more there are', async () => {
    const { transferId } = await openCase()
    const { transfers } = under.smp(changedName.home)
    const { entry, browser, state, expiresAt } = (await transfers.load(transferId))!
    const bytes = (await transfers.body(transferId, 'document'))!
    const before = await transfers.list({ entry, states: ['needs-staff'] })
    const later: string[] = []
    for (let at = before.length; at <= 102; at++) {
      const until = expiresAt + at * 60_000
      const document = { name: 'document', bytes, expiresAt: until }
      later.push((await transfers.create({ entry, browser, state, expiresAt: until }, { putBodies: [document] })).id)
    }
    const desk = await atStaffPages()
    const shown = () =>
      desk.forms.flatMap(({ fields }) => fields.flatMap(([name, value]) => (name === 'case' ? [value] : [])))
    expect(shown()).toHaveLength(100)
    expect(shown()).toEqual(expect.arrayContaining([transferId, ...before.map(({ id }) => id)]))
    for (const last of later.slice(-3)) expect(shown()).not.toContain(last)
    expect(desk.text).toContain('Only the 100 cases that end first are shown here. 3 more wait')
    await decide(desk, transferId, 'refuse', 'No proof of the name')
    expect(shown()).toContain(later.at(-3))
    for (const id of later) await transfers.remove(id)
    await desk.open(desk.page.url)
    expect(desk.text).not.toContain('that end first are shown here')
  })

  it('shows staff the others when one is decided while their list is made', async () => {
    const { transferId } = await openCase()
    const { transferId: decided } = await openCase()
    const flow = under.smp(changedName.home)
    const { list } = flow.transfers
    const reading = jest.spyOn(flow.transfers, 'list').mockImplementation(async (filter) => {
      const open = await list(filter)
      const late = (await flow.transfers.load(decided))!
      if (late.state.state === 'needs-staff') await flow.end(late, { code: 'STAFF_REFUSED' }, [])
      return open
    })
    const desk = await atStaffPages()
    reading.mockRestore()
    const shown = desk.forms.flatMap(({ fields }) => fields.map(([, value]) => value))
    expect(shown).toContain(transferId)
    expect(shown).not.toContain(decided)
  })

  it('shows cases to staff who logged in, and to nobody else', async () => {
    const { browser, transferId } = await openCase()
    const desk = await atStaffPages()
    expect(desk.text).toContain('Perkovljić')
    const stranger = new PlainBrowser()
    await stranger.open(desk.page.url)
    expect([stranger.page.status, stranger.heading]).toEqual([403, 'This was started in another browser'])
    expect(stranger.text).not.toContain('Perkovljić')

    const student = new PlainBrowser()
    await student.open(under.town.smpUrl(changedName.home))
    await student.press('For staff: open cases')
    const staffLogin = student.forms.find(({ action }) => action.endsWith('/staff/login/callback'))!
    await student.submit(
      staffLogin,
      new URLSearchParams([...staffLogin.fields.map(([name, value]) => [name, value]), ['person', 'katarina']]),
    )
    expect(student.heading).toBe('No access')
    expect(student.page.status).toBe(403)

    await browser.open(browser.page.url)
    expect(browser.heading).toBe('A person will look at this')
    expect((await evidenceOf(under, transferId)).code).toBe('NEEDS_STAFF')
  })

  it('lets staff decide about cases of their own university alone', async () => {
    const { transferId } = await openCase()
    const asked = await under.ask(ordinary)
    const old = under.elmoFor('ingrid', { generatedDate: '2025-02-03T10:00:00Z' })
    await under.answer(asked, { elmo: under.packed(old, ordinary.ncp) })
    expect(asked.browser.heading).toBe('A person will look at this')

    const before = await under.importCount()
    const desk = await atStaffPages(ordinary.home)
    expect(desk.text).toContain('The document was not made for this request')
    expect(desk.text).not.toContain('Perkovljić')
    const form = desk.forms.find(({ action }) => action.endsWith('/decide'))!
    const fields = new URLSearchParams(form.fields.map(([name, value]) => [name, value]))
    fields.set('case', transferId)
    fields.set('reason', 'not mine to decide')
    fields.set('decision', 'accept')
    expect((await desk.submit(form, fields)).status).toBe(404)
    await under.town.background.deliver()
    expect((await evidenceOf(under, transferId)).code).toBe('NEEDS_STAFF')
    expect(await under.importCount()).toBe(before)
  })
})
