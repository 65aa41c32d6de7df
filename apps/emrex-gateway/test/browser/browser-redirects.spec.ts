import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, makeThrowawaySigner, startStandInNcp, until, type StandInNcp } from '@emrex-gateway/testing'
import { students } from '@emrex-gateway/town'
import type { Page } from 'playwright-core'
import { parse, stringify } from 'yaml'
import { installLoginPlugin, startFarAway, type FarAway } from './far-away.js'
import type { Student } from './student.js'
import { storyOf, TownInBrowser } from './town-in-browser.js'

const minuteMs = 60_000
const personOf = (id: string) => students.find((one) => one.id === id)!

interface Settings {
  readonly logins: { id: string; plugin: string; settings: unknown }[]
  readonly registries: unknown[]
  readonly smp: { id: string; logins: string[] }[]
  readonly ncp: { id: string; logins: string[]; receivers: { known: unknown[] } }[]
}

/** What the browser says about our policy on the pages of one person. */
function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text())
  })
  return complaints
}

// The stand-in NCP signs by xmlsec1.
describeWith(describe, 'xmlsec1', 'partners, with documents signed by another implementation', () =>
  describeWith(describe, 'chromium', 'that redirect on to a third host', () => {
    let town: TownInBrowser
    let far: FarAway
    let ncp: StandInNcp
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'emrex-redirects-'))
      const { given, family, birthDate } = personOf('ingrid')
      const [site, standIn] = await Promise.all([
        startFarAway(),
        makeThrowawaySigner().then((signer) =>
          startStandInNcp({
            signer,
            mode: 'login_first',
            loginHost: 'login.far-away.localhost',
            person: { givenNames: given, familyName: family, birthDate: birthDate! },
          }),
        ),
      ])
      far = site
      ncp = standIn
      installLoginPlugin(folder)
      town = await TownInBrowser.start({ folder, rewriteSettings })
    }, minuteMs)
    afterAll(() => Promise.all([town.stop(), far.stop(), ncp.close()]), minuteMs)

    function rewriteSettings(yaml: string): string {
      const settings = parse(yaml) as Settings
      const login = (id: string, way: 'redirect' | 'post', student: string) => {
        const { given, family, birthDate, esiNumber, home } = personOf(student)
        const domain = { nordfjord: 'nordfjordvik.example', bjorklunda: 'bjorklunda.example' }[home as 'nordfjord']
        const identifiers = [{ scheme: 'esi', value: `urn:schac:personalUniqueCode:int:esi:${domain}:${esiNumber}` }]
        const person = { id: student, given, family, birthDate, identifiers }
        const entrance = `${far.origin('entrance')}/authorize`
        settings.logins.push({
          id,
          plugin: 'login-far-away',
          settings: { entrance, way, label: `Login by ${way}`, person },
        })
        return id
      }
      settings.smp.find(({ id }) => id === 'nordfjord')!.logins = [
        login('far-redirect', 'redirect', 'ingrid'),
        login('far-post', 'post', 'ingrid'),
      ]
      const croatia = settings.ncp.find(({ id }) => id === 'croatia')!
      croatia.logins = [login('far-abroad', 'redirect', 'oskar')]
      settings.ncp
        .find(({ id }) => id === 'poland')!
        .receivers.known.push({ name: 'A client', origin: far.origin(''), furtherOrigins: [far.origin('inside')] })
      const { name, url, certificate } = { name: 'Far Away University', ...ncp }
      settings.registries.push({
        id: 'far-away',
        kind: 'static',
        entries: [{ name, countryCode: 'FI', url, institutions: [name], certificates: [certificate] }],
      })
      return stringify(settings)
    }

    async function logInAtHome(student: Student, way: 'redirect' | 'post'): Promise<void> {
      await student.page.goto(town.town.smpUrl('nordfjord'))
      await student.press('Start')
      await student.sees('Log in at University of Nordfjordvik')
      if (way === 'post') await student.pressOnward('Login by post')
      else await student.press('Login by redirect')
      await student.sees('A login far away')
      expect(new URL(student.page.url()).origin).toBe(far.origin('login'))
      await student.pressOnward('It is me')
      await student.sees('Where are your results?')
    }

    it.each([
      { way: 'redirect', javaScriptEnabled: true },
      { way: 'post', javaScriptEnabled: true },
      { way: 'redirect', javaScriptEnabled: false },
      { way: 'post', javaScriptEnabled: false },
    ] as const)(
      'lead through a login at home that begins with a $way (script: $javaScriptEnabled)',
      async ({ way, javaScriptEnabled }) => {
        const student = await town.student({ javaScriptEnabled })
        const complaints = complaintsOf(student.page)
        await logInAtHome(student, way)
        expect(complaints).toEqual([])
        await student.page.context().close()
      },
      minuteMs,
    )

    it(
      'lead through a login abroad, from the form that confirms the receiver',
      async () => {
        const student = await town.student()
        const complaints = complaintsOf(student.page)
        await town.walk(student, storyOf('zero-credits'), 'receiver')
        await student.page.getByRole('checkbox').check()
        await student.press('Continue to login')
        await student.sees('A login far away')
        await student.press('It is me')
        await student.sees('Choose your results')
        expect(await student.text()).toContain('Oskar Lindmarksson-Ek')
        expect(complaints).toEqual([])
        await student.page.context().close()
      },
      minuteMs,
    )

    it.each([true, false])(
      'are an NCP that sends the person on to its own login, and the results still come home (script: %s)',
      async (javaScriptEnabled) => {
        const student = await town.student({ javaScriptEnabled })
        const complaints = complaintsOf(student.page)
        await logInAtHome(student, 'redirect')
        const visited: string[] = []
        student.page.on('framenavigated', (frame) => void visited.push(new URL(frame.url()).origin))
        await student.pressOnward('Go to Far Away University')
        if (!javaScriptEnabled) {
          await student.sees('Stand-in login')
          await student.follow('Continue')
          await student.sees('Stand-in NCP')
          await student.press('Continue')
        }
        await student.sees('Your results have arrived')
        expect(visited).toContain(ncp.loginOrigin)
        expect(ncp.received[0]).toMatchObject({ method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
        expect(complaints).toEqual([])
        await student.page.context().close()
      },
      minuteMs,
    )

    /** A client of another origin asks the Polish NCP; `on` is the site to which it passes the answer. */
    async function sendTo(student: Student, on: string): Promise<string> {
      const back = `${far.origin('')}/return?on=${on}`
      const ask = new URLSearchParams({ ncp: town.town.ncpUrl('poland'), session: `session-of-${on}`, back })
      await student.page.goto(`${far.origin('')}/ask?${ask}`)
      await student.press('Fetch')
      await student.press('Ingrid Solbakk Tveitnesli')
      await student.press('Show what will be sent')
      await student.sees('Check what will be sent')
      const answer = student.page.waitForResponse((response) => response.url().endsWith('/send'))
      await student.press('Send to A client')
      return (await (await answer).headerValue('content-security-policy')) ?? ''
    }

    it(
      'take an ELMO from a page whose policy names the receiver and its further origin, and no other',
      async () => {
        const student = await town.student()
        const complaints = complaintsOf(student.page)
        const policy = await sendTo(student, 'inside')
        expect(policy).toMatch(new RegExp(`; form-action ${far.origin('')} ${far.origin('inside')}$`))
        await student.sees('Arrived at inside.localhost')
        const { fields } = far.arrived.find(({ at }) => at === `${far.origin('inside')}/arrived`)!
        expect(fields.get('returnCode')).toBe('NCP_OK')
        expect(fields.get('elmo')!.length).toBeGreaterThan(1000)
        expect(complaints).toEqual([])
        await student.page.context().close()
      },
      minuteMs,
    )

    it(
      'do not take it to an origin that nobody listed: the browser stops it, and says so',
      async () => {
        const student = await town.student()
        const complaints = complaintsOf(student.page)
        await sendTo(student, 'outside')
        await until(() => complaints.length > 0)
        expect(complaints).toEqual([expect.stringContaining('form-action')])
        expect(far.arrived.map(({ at }) => at)).not.toContain(`${far.origin('outside')}/arrived`)
        await student.page.context().close()
      },
      minuteMs,
    )
  }),
)
