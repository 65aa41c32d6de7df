import { EmrexError } from '@emrex-gateway/core'
import type { NcpState } from '@emrex-gateway/ncp'
import { PlainBrowser, until } from '@emrex-gateway/testing'
import { studentOf, type StudentId } from '@emrex-gateway/testing/population'
import { jest } from '@jest/globals'
import { evidenceOf, transferIdOf } from '../evidence-of.js'
import { readWholeStore } from '../read-whole-store.js'
import { FailingTown, nameOf } from './failing-town.js'

jest.setTimeout(120_000)

const choice = 'Choose your results'
const pierwszy = 'pierwszy'
let town: FailingTown
beforeAll(async () => {
  town = await FailingTown.start({ collectSeconds: 20, usosIntervalMs: 60, patienceMs: 10_000 })
})
afterAll(() => town.stop())
beforeEach(() => town.loginsAreUp())
afterEach(() => town.usos.is('well'))

const buttonOf = (id: StudentId): string => town.usos.labelOf(studentOf(id))
const flow = () => town.under.ncp(pierwszy)
const noLeaveIsLeft = () => until(() => town.usos.grants === 0)
/** From now on: whether USOS was asked that. */
const watch = (method: string) => {
  const from = town.usos.called.length
  return () => town.usos.called.slice(from).includes(method)
}

describe('a student who logs in with USOS', () => {
  it('and presses cancel there is told so, and can begin again', async () => {
    const { browser } = await town.outside.toLogin(pierwszy)
    await browser.press('Cancel')
    expect(browser.heading).toBe('You stopped the login')
    await browser.press('Try the login again')
    await browser.press(buttonOf('ada'))
    expect(browser.heading).toBe(choice)
    await noLeaveIsLeft()
  })

  it('and presses cancel there, and then here, is back where they came from with nothing sent', async () => {
    const guest = await town.outside.toLogin(pierwszy)
    await guest.browser.press('Cancel')
    await guest.browser.press('Cancel and go back')
    expect(town.outside.answersTo(guest)).toMatchObject([{ returnCode: 'NCP_CANCEL', elmo: '' }])
  })

  it("with somebody else's account than at home takes over nothing", async () => {
    const browser = new PlainBrowser()
    await browser.open(town.under.town.smpUrl('views'))
    await browser.press('Start')
    await browser.press(nameOf(studentOf('ada')))
    const atHome = transferIdOf(browser)
    await browser.press('Go to Uniwersytet Pierwszy')
    await browser.press(buttonOf('dilan'))
    expect(browser.heading).toBe(choice)
    await browser.press('Show what will be sent')
    await browser.press('Send to')
    expect(browser.heading).toBe('This belongs to somebody else, it seems')
    expect(browser.text).not.toContain(studentOf('dilan').family)
    expect((await evidenceOf(town.under, atHome)).codes).toEqual(['ID_MISMATCH'])
    expect(await town.under.town.gateway.store.jobs.counts('deliver:views')).toEqual({ ready: 0, running: 0, dead: 0 })
  })

  it('in two tabs goes on in one; in the other, USOS and we say that this was used', async () => {
    const { browser } = await town.outside.toLogin(pierwszy)
    const secondTab = browser.page
    browser.holdAt = (address) => address.pathname.includes('/login/')
    await browser.press(buttonOf('ada'))
    browser.holdAt = undefined
    const callback = browser.held!
    await browser.open(callback)
    expect(browser.heading).toBe(choice)
    const hub = browser.page.url

    browser.page = secondTab
    await browser.press(buttonOf('ada'))
    expect(browser.heading).toBe('This page has been used')
    await browser.open(callback)
    expect([browser.page.status, browser.heading]).toEqual([409, 'This was used already'])
    await browser.open(hub)
    expect(browser.heading).toBe(choice)
    await noLeaveIsLeft()
  })

  it('and comes back an hour later is told that it took too long, and no leave is asked for', async () => {
    const { browser } = await town.outside.toLogin(pierwszy)
    const exchanged = watch('services/oauth/access_token')
    town.under.putForward(61)
    await browser.press(buttonOf('ada'))
    expect([browser.page.status, browser.heading]).toEqual([410, 'This took too long'])
    expect(exchanged()).toBe(false)
    expect((await (await town.arrive(pierwszy)).read()).browser.heading).toBe(choice)
    await noLeaveIsLeft()
  })

  it('has the leave only as long as the results are read, and in the store it is never in the open', async () => {
    const { browser, transferId, read } = await town.arrive(pierwszy)
    const { state } = (await flow().transfers.load(transferId))!
    const { grant } = state as NcpState & { state: 'identified' }
    const [before, lines] = [await readWholeStore(town.under.town), () => town.under.lines.join('\n')]
    expect(before.opened).toContain(grant!.secret)
    const token = JSON.parse(Buffer.from(grant!.secret, 'base64url').toString()) as unknown
    const secrets = [grant!.secret, ...Object.values(token as Record<string, string>)]
    expect(secrets.length).toBeGreaterThan(2)
    for (const secret of secrets) expect(before.raw.includes(secret) || lines().includes(secret)).toBe(false)
    expect(town.usos.grants).toBe(1)

    await read()
    expect(browser.heading).toBe(choice)
    await noLeaveIsLeft()
    const after = await readWholeStore(town.under.town)
    for (const secret of secrets)
      expect(`${after.raw}${after.opened}${JSON.stringify(after.bodies)}${lines()}`.includes(secret)).toBe(false)
  })
})

describe('the leave of a student', () => {
  it('stays good when what was read could not be kept, because our database was away for a moment', async () => {
    const { browser, read } = await town.arrive(pierwszy)
    const away = new EmrexError('STORE_UNAVAILABLE')
    const spy = jest.spyOn(flow().transfers, 'save').mockRejectedValueOnce(away)
    await read()
    spy.mockRestore()
    expect(browser.page.status).toBe(503)
    expect(town.usos.grants).toBe(1)
    await read()
    expect(browser.heading).toBe(choice)
    await noLeaveIsLeft()
  })
})

describe('the leave of a student is given back', () => {
  it.each(['forbidden', 'failing', 'web-page', 'credential-refused'] as const)(
    'when reading failed, and as soon as USOS is well: %s',
    async (scenario) => {
      const { browser, read } = await town.arrive(pierwszy)
      await town.usos.is(scenario)
      await read()
      expect(browser.heading).toMatch(/^The student records (are not available|give us nothing)$/)
      await town.usos.is('well')
      await noLeaveIsLeft()
      town.under.putForward(0.55)
    },
  )

  it('when the student cancels while it is read', async () => {
    const guest = await town.arrive(pierwszy)
    await town.usos.is('slow')
    await guest.read()
    expect(guest.browser.heading).toBe('We are reading your results')
    await guest.browser.press('Cancel and go back')
    expect(town.outside.answersTo(guest)).toMatchObject([{ returnCode: 'NCP_CANCEL', elmo: '' }])
    await town.usos.is('well')
    await noLeaveIsLeft()
    town.under.putForward(0.55)
  })

  it('when the student cancels before it is read', async () => {
    const { transferId } = await town.arrive(pierwszy)
    expect(town.usos.grants).toBe(1)
    await flow().cancel((await flow().transfers.load(transferId))!)
    await noLeaveIsLeft()
  })

  it('when another tab cancels while the leave is fetched', async () => {
    const { browser, transferId } = await town.outside.toLogin(pierwszy)
    const fetched = watch('services/oauth/access_token')
    const pressed = browser.press(buttonOf('ada'))
    await until(fetched, { everyMs: 5 })
    await flow().cancel((await flow().transfers.load(transferId))!)
    await pressed
    expect((await evidenceOf(town.under, transferId)).code).toBe('USER_CANCEL')
    await noLeaveIsLeft()
  })

  it('when the student never comes back', async () => {
    const { transferId } = await town.arrive(pierwszy)
    expect(town.usos.grants).toBe(1)
    // Past the hour for which the clock of USOS is trusted, too.
    town.under.putForward(61)
    await town.under.town.background.tidy()
    expect((await evidenceOf(town.under, transferId)).code).toBe('USER_GONE')
    await noLeaveIsLeft()
  })

  it('at home, when the student was found', async () => {
    const browser = new PlainBrowser()
    await browser.open(town.under.town.smpUrl(pierwszy))
    await browser.press('Start')
    await browser.press(buttonOf('ada'))
    expect(browser.heading).toBe('Where are your results?')
    await noLeaveIsLeft()
  })

  it('at home, when the look-up failed', async () => {
    const browser = new PlainBrowser()
    await browser.open(town.under.town.smpUrl(pierwszy))
    await browser.press('Start')
    const known = watch('services/users/user')
    const pressed = browser.press(buttonOf('ada'))
    await until(known, { everyMs: 5 })
    await town.usos.is('forbidden')
    await pressed
    expect(browser.heading).toBe('The student records give us nothing')
    expect(town.lines()).toContainEqual(
      expect.objectContaining({ event: 'sis.failed', entry: pierwszy, connection: pierwszy, kind: 'forbidden' }),
    )
    await town.usos.is('well')
    await noLeaveIsLeft()
  })
})
