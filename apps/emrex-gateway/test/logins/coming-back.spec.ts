import { PlainBrowser } from '@emrex-gateway/testing'
import { loginName, oidcLoginLabel, samlLoginLabel } from '@emrex-gateway/town'
import { TownUnderTest } from '../town-under-test.js'
import { pressAtLogin, sides } from './held-answer.js'

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
})
