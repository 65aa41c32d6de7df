import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, freePort, until } from '@emrex-gateway/testing'
import { loginName, oidcLoginLabel, samlLoginLabel } from '@emrex-gateway/town'
import type { Student } from '../browser/student.js'
import { storyOf, TownInBrowser } from '../browser/town-in-browser.js'
import { violationsOf } from '../browser/violations-of.js'
import { addManyLogins, manyLogins } from './many-logins.js'
import { byOidc, bySaml, goToLoginsAbroad, goToLoginsAtHome } from './real-login.js'
import { rewriteTown, type TownSettingsFile } from './rewrite-town.js'
import { secondOidc, startSecondLogins, type SecondLogins } from './second-logins.js'

const minuteMs = 60_000
const story = storyOf('ordinary')
const secondLabel = 'A second login by OpenID Connect'
const downText = 'Not available at the moment'
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** With pushed requests, it is noticed at once that the issuer does not answer. */
const push = ({ logins }: TownSettingsFile) => {
  const { settings } = logins.find(({ id }) => id === secondOidc)!
  settings['pushedRequests'] = 'when-offered'
}

describeWith(describe, 'chromium', 'the page of logins, with many of them', () => {
  let second: SecondLogins
  let town: TownInBrowser
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-choice-'))
    const port = await freePort()
    second = await startSecondLogins(folder, port)
    // It does not answer when the gateway starts.
    await second.stopOidc()
    town = await TownInBrowser.start({
      ...{ folder, port, realLogins: true },
      rewriteSettings: rewriteTown(second.add, push, addManyLogins),
    })
    // The gateway asks every login at its start, and does not wait for the answers to serve pages.
    await until(() => town.town.gateway.loginWatch.down.length > 0)
  }, minuteMs)
  afterAll(async () => {
    await town.stop()
    await second.close()
  }, minuteMs)

  const shown = async ({ page }: Student): Promise<string[]> =>
    (await page.locator('.choice:visible .choice-label').allTextContents()).map((label) => label.trim())
  const groups = ({ page }: Student) => page.locator('main h2:visible').allTextContents()

  it(
    'starts with a login that is down shown as not available, and the others work; it comes back by itself',
    async () => {
      const student = await town.student()
      await goToLoginsAtHome(town, student, story)
      expect(await shown(student)).toContain(secondLabel)
      expect(await student.page.getByRole('button', { name: secondLabel }).count()).toBe(0)
      expect(await student.page.locator('.choice.disabled').innerText()).toContain(downText)
      expect(town.town.gateway.loginWatch.down).toEqual([secondOidc])
      await student.press(oidcLoginLabel)
      await byOidc.logInAs(student, story.student)
      await student.sees('Where are your results?')

      await second.startOidc()
      // One that was down is asked again after a minute; the login itself goes by the clock of everybody.
      town.putForward(1.1)
      await town.town.gateway.loginWatch.refresh()
      town.putForward(-1.1)
      const next = await town.student()
      await goToLoginsAtHome(town, next, story)
      expect(await next.page.locator('.choice.disabled').count()).toBe(0)
      await next.press(secondLabel)
      await next.press(loginName(story.student))
      await next.sees('Where are your results?')

      // And goes away again, while somebody looks at the page.
      const last = await town.student()
      await goToLoginsAtHome(town, last, story)
      await second.stopOidc()
      await last.press(secondLabel)
      await last.sees('The login did not work')
      expect(await last.text()).toContain('The login service does not answer at the moment. You did nothing wrong.')
      await last.press(samlLoginLabel)
      await bySaml.logInAs(last, story.student)
      await last.sees('Where are your results?')
      await second.startOidc()
      for (const one of [student, next, last]) await one.page.context().close()
    },
    minuteMs,
  )

  it(
    'has them by their kind, with their countries and what they are good for',
    async () => {
      const student = await town.student()
      await goToLoginsAtHome(town, student, story)
      expect(await groups(student)).toEqual([
        'Student logins',
        'Logins of universities',
        'Electronic identity of a country',
        'Logins for demonstrations',
      ])
      const inGroup = (heading: string) =>
        student.page.getByRole('region', { name: heading }).locator('.choice-label').allTextContents()
      expect((await inGroup('Logins of universities')).sort()).toEqual(
        manyLogins.filter(({ kind }) => kind === 'federation').map(({ label }) => label),
      )
      expect(await inGroup('Electronic identity of a country')).toEqual(
        expect.arrayContaining([
          samlLoginLabel,
          ...manyLogins.filter(({ kind }) => kind === 'eid').map(({ label }) => label),
        ]),
      )
      const button = student.page.getByRole('button', { name: 'Northern universities' })
      expect(await button.innerText()).toMatch(/Finland, Denmark, Norway[\s\S]*Finds you at University of Nordfjordvik/)
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'finds by country and by name while one types, without case and accents',
    async () => {
      const student = await town.student()
      await goToLoginsAtHome(town, student, story)
      const all = await shown(student)
      const field = student.page.getByRole('searchbox')
      for (const [words, ...found] of [
        ['finland', 'Northern universities', 'Suomi.fi-tunnistus'],
        ['SPAIN', 'Southern universities', 'Cl@ve'],
        ['autenticacao', 'Autenticação.gov'],
        ['itsme', 'itsme'],
        ['campus nordfjordvik', 'Campus card of Nordfjordvik'],
        ['atlantis'],
      ] as const) {
        await field.pressSequentially(words)
        expect((await shown(student)).sort()).toEqual([...found].sort())
        expect((await groups(student)).length).toBeLessThanOrEqual(found.length)
        expect(await student.page.getByRole('status').innerText()).toContain(String(found.length))
        // Enter chooses nothing.
        await field.press('Enter')
        await field.fill('')
        expect(await shown(student)).toEqual(all)
      }
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'is used by keyboard alone',
    async () => {
      const student = await town.student()
      await goToLoginsAtHome(town, student, story)
      const { page } = student
      const focused = () =>
        page.evaluate<string>('document.activeElement.textContent.trim() || document.activeElement.type')
      const tabTo = async (text: string) => {
        for (let tab = 0; tab < 40 && !(await focused()).startsWith(text); tab++) await page.keyboard.press('Tab')
        expect(await focused()).toMatch(new RegExp(`^${text}`))
        const outline = await page.evaluate<number>('parseFloat(getComputedStyle(document.activeElement).outlineWidth)')
        expect(outline).toBeGreaterThanOrEqual(2)
      }
      await tabTo('search')
      await page.keyboard.type('belgium')
      await tabTo('itsme')
      await page.keyboard.press('Enter')
      await student.sees(samlLoginLabel)
      await student.page.context().close()
    },
    minuteMs,
  )

  it.each([{ side: 'home' }, { side: 'abroad' }])(
    'has nothing that axe finds serious, and fits a phone, before and after a failure: at $side',
    async ({ side }) => {
      for (const options of [phone, { colorScheme: 'dark' as const }]) {
        const student = await town.student(options)
        await goToLoginsAtHome(town, student, story)
        if (side === 'abroad') {
          await student.press(samlLoginLabel)
          await bySaml.logInAs(student, story.student)
          await goToLoginsAbroad(student, story)
        }
        for (const name of ['the choice', 'after a failure']) {
          const serious = (await violationsOf(student.page)).filter(
            ({ impact }) => impact === 'serious' || impact === 'critical',
          )
          expect({ name, serious }).toEqual({ name, serious: [] })
          const [inner, scroll] = await student.page.evaluate<number[]>(
            '[innerWidth, document.documentElement.scrollWidth]',
          )
          expect({ name, scroll }).toEqual({ name, scroll: inner })
          if (name === 'after a failure') continue
          await student.press(samlLoginLabel)
          await bySaml.press(student, bySaml.faults.expired)
          await student.sees('The login did not work')
        }
        await student.page.context().close()
      }
    },
    2 * minuteMs,
  )

  it(
    'remembers nothing about the person: the cookie of the transfer is all that the browser keeps of us',
    async () => {
      const student = await town.student()
      const { page } = student
      const kept = async () => {
        const ours = (await page.context().cookies()).filter(({ name }) => !/^_(session|interaction)/.test(name))
        const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
        return { cookies: ours.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })), stored }
      }
      const cookie = { name: expect.stringMatching(/^emrex-[\w-]{12}$/), httpOnly: true, sameSite: 'Lax' }
      await goToLoginsAtHome(town, student, story)
      const first = await shown(student)
      await page.getByRole('searchbox').fill('finland')
      expect(await kept()).toEqual({ cookies: [cookie], stored: '[{},{}]' })
      await page.getByRole('searchbox').fill('')
      await student.press(oidcLoginLabel)
      await byOidc.logInAs(student, story.student)
      await student.sees('Where are your results?')
      expect(await kept()).toEqual({ cookies: [cookie], stored: '[{},{}]' })
      // Whoever begins again finds the page as everybody does.
      await goToLoginsAtHome(town, student, story)
      expect(await shown(student)).toEqual(first)
      expect(await page.getByRole('searchbox').inputValue()).toBe('')
      expect(await kept()).toEqual({ cookies: [cookie, cookie], stored: '[{},{}]' })
      await page.context().close()
    },
    minuteMs,
  )
})
