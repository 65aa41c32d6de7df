import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainBrowser } from '@emrex-gateway/testing'
import { canariesIn } from './personal-canaries.js'
import {
  address,
  anotherCode,
  foundHeading,
  numbers,
  ProofUnderTest,
  withoutTokens,
  type Role,
} from './proof-under-test.js'

const ways = 'We need one more proof'
const typeIt = 'Type the code'
const refused = 'This did not prove it'
const connected = 'Your login is connected'
const masked = 'f•••@student.zielonobrzeg.example'

/** Every promise of a second proof, on the pages of one role. Called inside a `describe` of jest. */
export function secondProofRules(role: Role): void {
  const codes: string[] = []
  let under: ProofUnderTest
  /** Links outlive their transfer, so no login is used in two tests. */
  let next = 0
  const someone = () => `freja-${next++}`

  beforeAll(async () => {
    under = await ProofUnderTest.start()
  })
  afterAll(() => under.stop())
  /** Whoever proved it last gives the record free for the next test. */
  let linked: { readonly person: string } | undefined
  afterEach(async () => {
    if (linked === undefined) return
    const browser = await under.logIn(role, linked.person)
    if (browser.text.includes(connected)) await browser.press('Remove this connection')
    linked = undefined
  })

  async function prove(person: string, browser: PlainBrowser): Promise<string> {
    const code = await under.prove(browser)
    codes.push(code)
    linked = { person }
    return code
  }
  /** To an NCP and back: the link is still shown, so that it can still be removed. */
  async function goAndChooseAgain(browser: PlainBrowser): Promise<void> {
    const hub = browser.page.url
    await browser.press({ action: '/ask', button: 'Coast' })
    await browser.open(hub)
    await browser.press({ action: '/choose-again' })
    expect([browser.page.url, browser.heading]).toEqual([hub, foundHeading[role]])
    expect(browser.text).toContain('You proved that National login and the record at')
  }
  const eventsOf = async (browser: PlainBrowser) => (await under.alone.audit(browser)).map(({ event }) => event)

  it('finds a person by student number and code, once for all, until they remove the link', async () => {
    const person = someone()
    const browser = await under.logIn(role, person)
    expect(browser.heading).toBe(ways)
    await under.tellNumber(browser, ` ${numbers.own} `)
    expect([browser.heading, browser.text.includes('•••')]).toEqual([typeIt, false])
    const mail = await under.mail.read(address)
    expect([mail.to, mail.from]).toEqual([[address], 'codes@emrex.example'])
    const code = /\b\d{6}\b/.exec(mail.text)![0]
    codes.push(code)
    expect(mail.text).toBe(
      `Your code is ${code}. It is valid for 10 minutes. Type it into the page where you asked for it, and tell it to nobody. If you did not ask for a code, you need not do anything.`,
    )
    expect(canariesIn(mail.raw.replace(/^To: .*$/m, ''))).toEqual([])
    await under.typeCode(browser, `${code.slice(0, 3)} ${code.slice(3)}`)
    linked = { person }
    expect(browser.heading).toBe(foundHeading[role])
    expect(browser.text).toContain(connected)
    expect(browser.text).toContain(masked)
    expect(await eventsOf(browser)).toEqual(expect.arrayContaining(['proof.asked', 'proof.completed']))

    const again = await under.logIn(role, person)
    expect(again.heading).toBe(foundHeading[role])
    expect(again.text).toContain('You proved that National login and the record at')
    if (role === 'smp') await goAndChooseAgain(again)
    await again.press('Remove this connection')
    expect([again.heading, again.text.includes(connected)]).toEqual([foundHeading[role], false])
    expect(await eventsOf(again)).toContain('link.removed')
    expect((await under.logIn(role, person)).heading).toBe(ways)
  })

  it('gives the same pages for a number that fits, one of somebody else, and one that nobody has; mail for the first alone', async () => {
    const before = under.mail.mails.length
    const seen: string[][] = []
    for (const number of [numbers.own, numbers.others, numbers.nobodys, `x' or '1'='1`]) {
      const browser = await under.logIn(role, someone())
      const pages = [withoutTokens(browser.page)]
      await under.tellNumber(browser, number)
      pages.push(withoutTokens(browser.page))
      await under.settled()
      const code =
        under.mail.mails.length > before ? anotherCode(under.mail.mails.at(-1)!.text.match(/\d{6}/)![0]) : '1'
      await under.typeCode(browser, code)
      pages.push(withoutTokens(browser.page))
      await browser.press('Use another number')
      pages.push(withoutTokens(browser.page))
      await under.tellNumber(browser, number)
      for (let time = 0; time < 2; time++) await under.typeCode(browser, '1')
      pages.push(withoutTokens(browser.page))
      await under.settled()
      const evidence = await under.alone.audit(browser)
      pages.push(JSON.stringify(evidence.map(({ event, code: reason, facts }) => [event, reason, facts])))
      seen.push(pages)
    }
    for (const pages of seen) expect(pages).toEqual(seen[0])
    expect(seen[0]!.at(-2)).toContain('There were too many tries')
    expect(new Set(under.mail.mails.slice(before).map(({ to }) => to.join()))).toEqual(new Set([address]))
    expect(under.mail.mails.length - before).toBe(2)
    for (let mail = 0; mail < 2; mail++) codes.push(await under.code())
  })

  it('asks somebody who is no student here the same, and sends nothing for a number of another person', async () => {
    const stranger = await under.logIn(role, 'stranger')
    const student = await under.logIn(role, someone())
    expect(withoutTokens(stranger.page)).toBe(withoutTokens(student.page))
    const before = under.mail.mails.length
    await under.tellNumber(stranger, numbers.own)
    expect(stranger.heading).toBe(typeIt)
    await under.settled()
    expect(under.mail.mails.length).toBe(before)
  })

  it('takes a login without a birth date, too', async () => {
    const browser = await under.logIn(role, 'undated')
    expect(browser.heading).toBe(ways)
    await prove('undated', browser)
    expect(browser.heading).toBe(foundHeading[role])
  })

  it('is locked by the third wrong code for 24 hours, in every transfer, also after a restart', async () => {
    const person = someone()
    const browser = await under.logIn(role, person)
    await under.tellNumber(browser, numbers.own)
    const code = await under.code()
    codes.push(code)
    for (let time = 0; time < 2; time++) {
      await under.typeCode(browser, anotherCode(code))
      expect([browser.heading, browser.text.includes('That is not the code')]).toEqual([typeIt, true])
    }
    await under.typeCode(browser, anotherCode(code))
    expect([browser.heading, browser.text.includes('too many tries')]).toEqual([refused, true])
    const isLocked = async () => {
      const later = await under.logIn(role, person)
      await under.tellNumber(later, numbers.own)
      return later.heading === refused
    }
    expect(await isLocked()).toBe(true)
    await under.alone.restart()
    expect(await isLocked()).toBe(true)
    await under.alone.putForward(24 * 60 - 2)
    expect(await isLocked()).toBe(true)
    await under.alone.putForward(3 * 60)
    const after = await under.logIn(role, person)
    await prove(person, after)
    expect(after.heading).toBe(foundHeading[role])
  })

  it('sends three codes to a login at most, whether anybody has the numbers or not', async () => {
    for (const number of [numbers.own, numbers.nobodys]) {
      const before = under.mail.mails.length
      const person = someone()
      for (let time = 0; time < 3; time++) {
        const browser = await under.logIn(role, person)
        await under.tellNumber(browser, number)
        expect(browser.heading).toBe(typeIt)
      }
      const fourth = await under.logIn(role, person)
      await under.tellNumber(fourth, number)
      expect(fourth.heading).toBe(refused)
      await under.settled()
      const sent = number === numbers.own ? 3 : 0
      expect(under.mail.mails.length - before).toBe(sent)
      for (let mail = 0; mail < sent; mail++) codes.push(await under.code())
    }
  })

  it('takes a code once, in its own transfer and in time', async () => {
    const person = someone()
    const first = await under.logIn(role, person)
    await under.tellNumber(first, numbers.own)
    const old = await under.code()
    const form = first.forms.find(({ fields }) => fields.some(([, value]) => value === 'code'))!
    const second = await under.logIn(role, person)
    await under.tellNumber(second, numbers.own)
    const code = await under.code()
    codes.push(old, code)
    if (old !== code) {
      await under.typeCode(second, old)
      expect(second.text).toContain('That is not the code')
    }
    await under.alone.putForward(11)
    await under.typeCode(second, code)
    expect([second.heading, second.text.includes('no longer valid')]).toEqual([ways, true])
    // The form that was open before the code ran out: nothing comes of it.
    const fields = new URLSearchParams([...form.fields.map(([n, v]) => [n, n === 'code' ? old : v])])
    await first.submit(form, fields)
    expect(first.heading).toBe(refused)

    const other = someone()
    const third = await under.logIn(role, other)
    await under.tellNumber(third, numbers.own)
    const sent = third.forms.find(({ fields }) => fields.some(([, value]) => value === 'code'))!
    const right = await under.code()
    codes.push(right)
    await under.typeCode(third, right)
    linked = { person: other }
    expect(third.heading).toBe(foundHeading[role])
    await third.submit(sent, new URLSearchParams([...sent.fields.map(([n, v]) => [n, n === 'code' ? right : v])]))
    expect(third.heading).toBe(foundHeading[role])
    expect((await eventsOf(third)).filter((event) => event === 'proof.completed')).toHaveLength(1)
  })

  it('goes on in the browser where it began and in no other', async () => {
    const person = someone()
    const browser = await under.logIn(role, person)
    await under.tellNumber(browser, numbers.own)
    const code = await under.code()
    codes.push(code)
    const other = await under.logIn(role, someone())
    const form = browser.forms.find(({ fields }) => fields.some(([, value]) => value === 'code'))!
    await other.submit(form, new URLSearchParams(form.fields.map(([n, v]) => [n, n === 'code' ? code : v])))
    expect([other.page.status, other.heading]).toEqual([403, 'This was started in another browser'])
    await other.open(browser.page.url)
    expect(other.page.status).toBe(403)
    await under.typeCode(browser, code)
    linked = { person }
    expect(browser.heading).toBe(foundHeading[role])
  })

  it('takes the login of a university account that proves a student who can be the person', async () => {
    const person = someone()
    const browser = await under.logIn(role, person)
    await browser.press('University account')
    await browser.press('Cancel')
    expect([browser.heading, browser.text.includes('That login did not tell us who you are.')]).toEqual([ways, true])
    await browser.press('University account')
    await under.choose(browser, 'account-others')
    expect([browser.heading, browser.text.includes('does not prove a record that fits')]).toEqual([refused, true])
    await browser.press('University account')
    await under.choose(browser, 'account-own')
    linked = { person }
    expect(browser.heading).toBe(foundHeading[role])
    const again = await under.logIn(role, person)
    expect([again.heading, again.text.includes(connected), again.text.includes('•••')]).toEqual([
      foundHeading[role],
      true,
      false,
    ])
  })

  it('links no second login to a student by a code: the record stays with the first', async () => {
    const [first, second] = [someone(), someone()]
    await prove(first, await under.logIn(role, first))
    const browser = await under.logIn(role, second)
    codes.push(await under.prove(browser))
    expect([browser.heading, browser.text.includes('Another login is connected')]).toEqual([refused, true])
    expect((await under.logIn(role, second)).heading).toBe(ways)
    expect((await under.logIn(role, first)).heading).toBe(foundHeading[role])
  })

  it('says what is missing when a form is empty, and leads on when there is no access to the address', async () => {
    const browser = await under.logIn(role, someone())
    await under.tellNumber(browser, '  ')
    expect([browser.heading, browser.text.includes('Fill in your student number')]).toEqual([ways, true])
    await under.tellNumber(browser, numbers.nobodys)
    await browser.press('I have no access to that address')
    expect(browser.heading).toBe(refused)
    expect(browser.text).toContain('Without access to the address on file')
    await browser.press('Try another way')
    expect(browser.heading).toBe(ways)
    await browser.press('I cannot prove it')
    expect(browser.heading).toBe('We need to know more about you')
    expect(await under.alone.audit(browser)).toContainEqual(
      expect.objectContaining({ event: 'transfer.ended', code: 'ID_INSUFFICIENT' }),
    )
  })

  it('can be cancelled', async () => {
    const browser = await under.logIn(role, someone())
    await under.tellNumber(browser, numbers.nobodys)
    const page = { page: { url: browser.page.url } }
    await browser.press({ action: '/cancel' })
    const ends = (await under.alone.audit(page)).filter(({ event }) => event === 'transfer.cancelled')
    expect(ends).toMatchObject([{ code: 'USER_CANCEL', facts: { stage: 'proving' } }])
  })

  it('leaves no code, number, address or name in any line of the log, nor in the database', async () => {
    expect(codes.length).toBeGreaterThan(10)
    const secrets = [...codes, ...Object.values(numbers), address, 'student.zielonobrzeg', '•••']
    const unsafe = under.alone.lines.filter(
      (line) =>
        canariesIn(line).length > 0 || secrets.some((secret) => new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(line)),
    )
    expect(unsafe).toEqual([])
    expect(under.alone.lines.length).toBeGreaterThan(100)
    const names = ['gateway.sqlite', 'gateway.sqlite-wal'].map((name) => join(under.alone.folder, name))
    const raw = names.map((name) => readFileSync(name, 'latin1')).join('')
    for (const canary of [address, 'zielonobrzeg.example', 'freja-', 'Ormbergsdotter', numbers.own])
      expect([canary, raw.includes(canary)]).toEqual([canary, false])
  })
}
