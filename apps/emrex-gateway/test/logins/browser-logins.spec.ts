import { describeWith } from '@emrex-gateway/testing'
import { storyOf, TownInBrowser } from '../browser/town-in-browser.js'
import type { Student } from '../browser/student.js'
import {
  bringHome,
  byOidc,
  bySaml,
  carryBy,
  goToLoginsAbroad,
  goToLoginsAtHome,
  type LoginFault,
} from './real-login.js'
import { demandSubstantial, rewriteTown } from './rewrite-town.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'the real logins of the town, in a real browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start({ realLogins: true, rewriteSettings: rewriteTown(demandSubstantial) })
  }, minuteMs)
  afterAll(() => town.stop(), minuteMs)

  it.each([
    { home: bySaml, abroad: byOidc, story: 'ordinary', how: 'SAML at home, OpenID Connect abroad' },
    { home: byOidc, abroad: bySaml, story: 'half-credits', how: 'OpenID Connect at home, SAML abroad' },
  ])(
    'bring results home: $how',
    async ({ story: id, ...logins }) => {
      const story = storyOf(id)
      const student = await town.student()
      await carryBy(town, student, story, logins)
      const { deliveries, items } = await town.rowsAt(story)
      expect({ deliveries, items: items.length }).toEqual({ deliveries: 1, items: story.offered })
      // The button leads to the login on another site and back: the policy of the page must let the form go there.
      await student.press('Log out of')
      if (logins.home === byOidc) {
        await student.sees('Log out?')
        await student.press('Log out')
      }
      await student.sees('You are logged out')
      expect(student.page.url()).toMatch(/\/smp\/[a-z]+\/login\/town-(saml|oidc)\/logout/)
      await student.page.context().close()
    },
    minuteMs,
  )

  const reasons: Readonly<Record<LoginFault, { heading: string; code: string; says?: RegExp; next?: RegExp }>> = {
    cancelled: { heading: 'You stopped the login', code: 'USER_CANCEL' },
    'too weak': {
      ...{ heading: 'The login did not work', code: 'LOGIN_TOO_WEAK' },
      ...{ says: /not strong enough for study results/, next: /a stronger one, such as your national electronic ID/ },
    },
    'no birth date': {
      ...{ heading: 'The login did not work', code: 'ID_INSUFFICIENT' },
      ...{ says: /did not tell us enough to find your results safely/, next: /start again with another login/ },
    },
    expired: {
      ...{ heading: 'The login did not work', code: 'LOGIN_EXPIRED' },
      ...{ says: /no longer valid when it reached us/, next: /Please try again without a break/ },
    },
  }

  /** Everything that the page of a failed login must have: why, what to do, the same login again, and the others. */
  async function expectReason(student: Student, fault: LoginFault, failed: string, other: string): Promise<void> {
    const { heading, says, next } = reasons[fault]
    await student.sees(heading)
    const text = await student.text()
    for (const words of [says, next]) if (words !== undefined) expect(text).toMatch(words)
    expect(text).toMatch(/You can try again/)
    const button = (name: string) => student.page.getByRole('button', { name }).count()
    expect([await button('Try the login again'), await button(other), await button(failed)]).toEqual([1, 1, 0])
    expect(student.page.url()).toMatch(/\/transfers\/[\w-]+$/)
  }

  const faults = Object.keys(reasons) as LoginFault[]

  it.each([bySaml, byOidc])(
    'end on a page with the reason and what to do at home, each time; and the next try works: $how',
    async (login) => {
      const other = login === bySaml ? byOidc : bySaml
      const student = await town.student()
      await goToLoginsAtHome(town, student, storyOf('ordinary'))
      await student.press(login.label)
      for (const fault of faults) {
        await login.press(student, login.faults[fault])
        await expectReason(student, fault, login.label, other.label)
        expect(await town.homeState(student)).toMatchObject({ state: 'login-failed', code: reasons[fault].code })
        await student.press('Try the login again')
      }
      await login.logInAs(student, 'ingrid')
      await student.sees('Where are your results?')
      await student.page.context().close()
    },
    minuteMs,
  )

  it.each([bySaml, byOidc])(
    'end on a page with the reason and what to do abroad, and another login brings the results home: $how',
    async (login) => {
      const story = storyOf(login === bySaml ? 'modules' : 'missing-code')
      const other = login === bySaml ? byOidc : bySaml
      const student = await town.student()
      await goToLoginsAtHome(town, student, story)
      await student.press(other.label)
      await other.logInAs(student, story.student)
      await goToLoginsAbroad(student, story)
      await student.press(login.label)
      for (const [index, fault] of faults.entries()) {
        if (index > 0) await student.press('Try the login again')
        await login.press(student, login.faults[fault])
        await expectReason(student, fault, login.label, other.label)
      }
      await student.press(other.label)
      await other.logInAs(student, story.student)
      await bringHome(student)
      expect((await town.rowsAt(story)).deliveries).toBe(1)
      await student.page.context().close()
    },
    minuteMs,
  )
})
