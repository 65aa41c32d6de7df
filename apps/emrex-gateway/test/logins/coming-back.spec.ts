import { PlainBrowser } from '@emrex-gateway/testing'
import { loginName, oidcLoginLabel, samlLoginLabel } from '@emrex-gateway/town'
import { TownUnderTest } from '../town-under-test.js'
import { begin, deliver, hold, pressAtLogin, sides } from './held-answer.js'

const minuteMs = 60_000

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start({ realLogins: true })
}, minuteMs)
afterAll(() => under.stop(), minuteMs)

describe.each(sides)('somebody who comes back from the page of a login, at $side,', (side) => {
  it.each([
    { from: oidcLoginLabel, to: samlLoginLabel },
    { from: samlLoginLabel, to: oidcLoginLabel },
  ])(
    'chooses again: $from, then $to',
    async ({ from, to }) => {
      const browser = new PlainBrowser()
      await side.goToLogins(under.town, browser)
      const [hub, heading] = [browser.page.url, browser.heading]
      await browser.press(from)
      expect(browser.page.url).not.toContain(new URL(side.entry(under.town)).pathname)
      // What was asked for is good for a minute with some issuers: nobody is sent there once more.
      under.putForward(2)
      await browser.open(hub)
      under.putForward(-2)
      expect([browser.page.url, browser.heading]).toEqual([hub, heading])
      await browser.press(to)
      await pressAtLogin(browser, loginName('ingrid'))
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it.each([
    { first: 'town-oidc', second: 'town-saml' },
    { first: 'town-saml', second: 'town-saml' },
  ])(
    'after another was begun in a second tab, is told so, and finishes that one: $first, then $second',
    async ({ first, second }) => {
      const browser = new PlainBrowser()
      await side.goToLogins(under.town, browser)
      const hub = browser.page.url
      await begin(browser, first)
      const old = await hold(browser)
      under.putForward(2)
      await browser.open(hub)
      under.putForward(-2)
      await begin(browser, second)
      const newer = await hold(browser)
      await deliver(browser, old)
      await browser.followAutoSubmit()
      expect([browser.page.status, browser.heading]).toEqual([403, 'The login has expired'])
      await deliver(browser, newer)
      await browser.followAutoSubmit()
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )
})
