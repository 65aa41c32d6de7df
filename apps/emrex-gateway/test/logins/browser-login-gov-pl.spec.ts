import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, freePort } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import { watchRequests, type SeenRequest } from '../browser/seen-requests.js'
import { storyOf, TownInBrowser } from '../browser/town-in-browser.js'
import { startGovLogins, type GovLogins } from './login-gov-pl.js'
import { byOidc, carryBy, goToLoginsAbroad, goToLoginsAtHome, type RealLogin } from './real-login.js'
import { demandSubstantial, rewriteTown } from './rewrite-town.js'

const minuteMs = 60_000

const byLoginGovPl: RealLogin = {
  how: 'login.gov.pl',
  label: 'login.gov.pl',
  async logInAs(student, person) {
    await student.sees('login.gov.pl stand-in')
    await student.press(loginName(person))
  },
}

describeWith(describe, 'xmlsec1', 'the stand-in of login.gov.pl, which verifies what we sign by xmlsec1', () =>
  describeWith(describe, 'chromium', 'in a real browser', () => {
    let gov: GovLogins
    let town: TownInBrowser
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'emrex-gov-'))
      const port = await freePort()
      gov = await startGovLogins(folder, port)
      town = await TownInBrowser.start({
        ...{ folder, port, realLogins: true },
        rewriteSettings: rewriteTown(demandSubstantial, gov.add),
      })
    }, 3 * minuteMs)
    afterAll(async () => {
      await town.stop()
      await gov.close()
    }, minuteMs)

    it(
      'brings results home by the profile pl-login-gov',
      async () => {
        const story = storyOf('half-credits')
        const student = await town.student()
        const watch = watchRequests()
        await carryBy(town, student, story, { home: byLoginGovPl, abroad: byOidc })
        watch.stop()
        const { deliveries, items } = await town.rowsAt(story)
        expect({ deliveries, items: items.length }).toEqual({ deliveries: 1, items: story.offered })
        // Our request by the browser, and our question by a back channel of its own.
        expect(gov.verified).toEqual(['AuthnRequest', 'ArtifactResolve'])
        // The artifact comes by a post of their site without our cookie, and once more from a page of ours.
        const isAnswer = ({ method, path }: SeenRequest) =>
          method === 'POST' && path.endsWith('/login/gov-home/callback')
        expect(watch.seen.filter(isAnswer).map(({ site, cookies }) => [site, cookies.length])).toEqual([
          ['cross-site', 0],
          ['same-origin', 1],
        ])
        await student.page.context().close()
      },
      minuteMs,
    )

    it(
      'refuses a weak login abroad, and finds somebody who comes again with a better one',
      async () => {
        const student = await town.student()
        await goToLoginsAtHome(town, student, { ...storyOf('half-credits'), home: 'bjorklunda' })
        await student.press(byOidc.label)
        await byOidc.logInAs(student, 'stanislaw')
        await goToLoginsAbroad(student, { ...storyOf('half-credits'), ncp: 'poland' })
        await student.press(byLoginGovPl.label)
        await student.press('Log in too weakly')
        await student.sees('The login did not work')
        expect(await student.text()).toContain('not strong enough for study results')
        await student.press('Try the login again')
        await byLoginGovPl.logInAs(student, 'stanislaw')
        // He studies there, and took everything elsewhere.
        await student.sees('There are no results to send')
        await student.page.context().close()
      },
      minuteMs,
    )
  }),
)
