import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, PlainBrowser } from '@emrex-gateway/testing'
import { loginName, ncpButton, oidcLoginLabel, samlLoginLabel } from '@emrex-gateway/town'
import { canariesIn } from '../personal-canaries.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { caught, pressAtLogin, send, sides } from './held-answer.js'
import { rewriteTown } from './rewrite-town.js'
import { secondOidc, startSecondLogins, type SecondLogins } from './second-logins.js'

const minuteMs = 60_000
const story = storyOf('ordinary')

let under: TownUnderTest
let second: SecondLogins
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-login-privacy-'))
  const port = await freePort()
  second = await startSecondLogins(folder, port)
  under = await TownUnderTest.start({ folder, port, realLogins: true, rewriteSettings: rewriteTown(second.add) })
}, minuteMs)
afterAll(async () => {
  await under.stop()
  await second.close()
}, minuteMs)

/** What stood in messages of logins: no line may have it, whole or in a part that says something. */
const messages: string[] = []
const remember = (fields: Readonly<Record<string, string>>) => {
  for (const value of Object.values(fields))
    if (value.length > 15 && !/^https?:/.test(value)) messages.push(value.slice(0, 120))
}

function expectNothingPersonal(): void {
  const unsafe = under.lines.flatMap((line) => {
    const found = [...canariesIn(line), ...messages.filter((message) => line.includes(message))]
    return found.length > 0 ? [{ found, line }] : []
  })
  expect(unsafe).toEqual([])
}
const events = () => under.lines.map((line) => (JSON.parse(line) as { event: string }).event)

const faults = {
  [samlLoginLabel]: ['Cancel', 'Log in too weakly', 'keep most of it to yourself', 'Log in an hour ago'],
  [oidcLoginLabel]: ['Cancel', ', by a weak login', ', without a birth date', ', an hour late'],
}

describe('the log at level debug, while people come by real logins,', () => {
  it.each(Object.entries(faults))(
    'names nobody, whatever becomes of the login: %s',
    async (label, buttons) => {
      for (const side of sides)
        for (const button of [...buttons, loginName(story.student)]) {
          const browser = new PlainBrowser()
          await side.goToLogins(under.town, browser)
          await browser.press(label)
          await pressAtLogin(browser, button)
          if (button === loginName(story.student)) expect(browser.heading).toBe(side.after)
        }
      const browser = new PlainBrowser()
      await browser.open(under.town.smpUrl(story.home))
      await browser.press('Start')
      await browser.press(label)
      await pressAtLogin(browser, loginName(story.student))
      await browser.press(ncpButton(story))
      await browser.press(label)
      await pressAtLogin(browser, loginName(story.student))
      await browser.press('Show what will be sent')
      await browser.press('Send to')
      expect(browser.heading).toBe('Your results have arrived')
      expect(events().filter((event) => event === 'transfer.changed').length).toBeGreaterThan(20)
      expectNothingPersonal()
    },
    minuteMs,
  )

  it.each(['town-saml', 'town-oidc', secondOidc])(
    'names nobody and nothing secret when answers are bent: %s',
    async (login) => {
      for (const side of sides) {
        const { answer } = await caught(under.town, side, login)
        remember(answer.fields)
        for (const name of Object.keys(answer.fields)) {
          const value = answer.fields[name]!
          for (const bent of ['', value.slice(1), `${value}x`, loginName(story.student), '05068907693'])
            await send({ ...answer, fields: { ...answer.fields, [name]: bent } })
        }
        const again = await caught(under.town, side, login)
        remember(again.answer.fields)
        await send(again.answer)
        await send(again.answer)
      }
      expect(events()).toContain('problem.shown')
      expectNothingPersonal()
    },
    minuteMs,
  )

  it(
    'names nobody when a login goes away',
    async () => {
      await second.stopOidc()
      for (const side of sides) {
        const browser = new PlainBrowser()
        await side.goToLogins(under.town, browser)
        under.putForward(61)
        await under.town.gateway.loginWatch.refresh()
        under.putForward(-61)
      }
      expect(events()).toContain('login.unavailable')
      expectNothingPersonal()
      await second.startOidc()
    },
    minuteMs,
  )
})
