import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, freePort } from '@emrex-gateway/testing'
import { townEntries } from '@emrex-gateway/town'
import { storyOf, TownInBrowser } from '../browser/town-in-browser.js'
import { byOidc, carryBy, goToLoginsAtHome } from './real-login.js'
import { demandSubstantial, rewriteTown } from './rewrite-town.js'
import { ageless, bySimpleSaml, startSimpleSamlLogins, type SimpleSamlLogins } from './simple-saml-logins.js'

const minuteMs = 60_000

describeWith(describe, 'simplesamlphp', 'logins by SimpleSAMLphp', () =>
  describeWith(describe, 'chromium', 'in a real browser', () => {
    let logins: SimpleSamlLogins
    let town: TownInBrowser
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'emrex-simplesaml-'))
      const port = await freePort()
      logins = await startSimpleSamlLogins(folder, townEntries(port))
      town = await TownInBrowser.start({
        ...{ folder, port, realLogins: true },
        rewriteSettings: rewriteTown(demandSubstantial, logins.add),
      })
    }, 3 * minuteMs)
    afterAll(async () => {
      await town.stop()
      await logins.close()
    }, minuteMs)

    it.each([
      { home: bySimpleSaml('none'), abroad: bySimpleSaml('none'), story: 'ordinary' },
      { home: bySimpleSaml('aes256-gcm'), abroad: bySimpleSaml('aes256-gcm'), story: 'half-credits' },
      { home: bySimpleSaml('aes128-cbc'), abroad: bySimpleSaml('aes256-gcm'), story: 'modules' },
      { home: byOidc, abroad: bySimpleSaml('aes128-cbc'), story: 'missing-code' },
    ])(
      'bring results home: $home.how at home, $abroad.how abroad',
      async ({ story: id, ...used }) => {
        const story = storyOf(id)
        const student = await town.student()
        await carryBy(town, student, story, used)
        const { deliveries, items } = await town.rowsAt(story)
        expect({ deliveries, items: items.length }).toEqual({ deliveries: 1, items: story.offered })
        await student.page.context().close()
      },
      minuteMs,
    )

    it(
      'that tell no birth date end on a page with the reason, and somebody whom they tell goes on from there',
      async () => {
        const student = await town.student()
        const login = bySimpleSaml('aes256-gcm')
        await goToLoginsAtHome(town, student, storyOf('ordinary'))
        await student.press(login.label)
        await login.logInAs(student, ageless)
        await student.sees('The login did not work')
        expect(await student.text()).toContain('did not tell us enough to find your results safely')
        expect(await town.homeState(student)).toMatchObject({ code: 'ID_INSUFFICIENT' })
        await student.press('Try the login again')
        await login.logInAs(student, 'ingrid')
        await student.sees('Where are your results?')
        await student.page.context().close()
      },
      minuteMs,
    )
  }),
)
