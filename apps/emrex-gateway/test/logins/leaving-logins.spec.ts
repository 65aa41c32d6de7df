import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith, PlainBrowser, verifyWithXmlsec1 } from '@emrex-gateway/testing'
import { acceptButton, loginName, ncpButton, oidcLoginLabel, samlLoginLabel, waitForImport } from '@emrex-gateway/town'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { pressAtLogin, sides } from './held-answer.js'

const minuteMs = 60_000

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start({ realLogins: true })
}, minuteMs)
afterAll(() => under.stop(), minuteMs)

const leave = (browser: PlainBrowser) => browser.forms.find(({ action }) => action.endsWith('/log-out'))

/** A whole transfer with one login at both ends; gives the last page of each. */
async function carry(label: string, storyId: string): Promise<{ browser: PlainBrowser; home: string; abroad: string }> {
  const story = storyOf(storyId)
  const browser = new PlainBrowser()
  const logIn = async () => {
    await browser.press(label)
    await pressAtLogin(browser, loginName(story.student))
  }
  await browser.open(under.town.smpUrl(story.home))
  await browser.press('Start')
  await logIn()
  await browser.press(ncpButton(story))
  await logIn()
  await browser.press('Show what will be sent')
  const abroad = browser.page.url.replace(/\/(select|preview)$/, '')
  await browser.press('Send to')
  await browser.press(acceptButton)
  await waitForImport(browser)
  expect(browser.heading).toBe('Your university has your results')
  return { browser, home: browser.page.url, abroad }
}

describe.each([
  { how: 'SAML', label: samlLoginLabel, story: 'ordinary', confirm: undefined },
  { how: 'OpenID Connect', label: oidcLoginLabel, story: 'half-credits', confirm: 'Log out' },
])('the last pages after a login by $how', ({ label, story, confirm }) => {
  it(
    'offer to leave the login, at home and abroad, once each',
    async () => {
      const { browser, home, abroad } = await carry(label, story)
      for (const [page, heading] of [
        [home, 'Your university has your results'],
        [abroad, 'Your results were handed over'],
      ] as const) {
        await browser.open(page)
        expect([browser.heading, browser.text]).toEqual([heading, expect.stringContaining(`Log out of ${label}`)])
        const form = leave(browser)!
        await pressAtLogin(browser, `Log out of ${label}`)
        if (confirm !== undefined) {
          // The issuer asks at home; abroad its session is gone already, and its page goes on by itself.
          const [asked] = browser.forms.filter(({ action }) => action.endsWith('/session/end/confirm'))
          expect(browser.heading).toBe(page === home ? 'Log out?' : '')
          if (page === home) await browser.press(confirm)
          else await browser.submit(asked!, new URLSearchParams(asked!.fields.map(([...pair]) => pair)))
        }
        expect([browser.heading, browser.page.status]).toEqual(['You are logged out', 200])
        expect(new URL(browser.page.url).pathname).toMatch(/\/login\/town-\w+\/logout$/)

        // Once more: there is nothing left to leave, by the page or by the form that it had.
        await browser.open(page)
        expect([browser.heading, leave(browser)]).toEqual([heading, undefined])
        await browser.submit(form, new URLSearchParams(form.fields.map(([...pair]) => pair)))
        expect([browser.page.url, browser.heading, leave(browser)]).toEqual([page, heading, undefined])
      }
    },
    minuteMs,
  )
})

describe('leaving a login', () => {
  it(
    'is offered to nobody who is not logged in, nor in another browser',
    async () => {
      const { browser, home } = await carry(samlLoginLabel, 'modules')
      const form = leave(browser)!
      const stranger = new PlainBrowser()
      await stranger.open(home)
      expect([stranger.page.status, leave(stranger)]).toEqual([403, undefined])
      await stranger.submit(form, new URLSearchParams(form.fields.map(([...pair]) => pair)))
      expect(stranger.page.status).toBe(403)
      await browser.open(home)
      expect(leave(browser)).toBeDefined()
    },
    minuteMs,
  )

  it(
    'is of no use once the transfer abroad is over: nothing is kept to do it with',
    async () => {
      const { abroad } = await carry(oidcLoginLabel, 'two-degrees')
      const id = new URL(abroad).pathname.split('/').at(-1)!
      const { transfers, entry } = under.town.gateway.ncps.find((flow) => abroad.includes(`/${flow.entry.id}/`))!
      const kept = () => transfers.body(id, 'login-session')
      expect(await kept()).toBeDefined()
      under.putForward(entry.idleMinutes + 1)
      await under.town.background.tidy()
      expect([(await transfers.load(id))?.state.state, await kept()]).toEqual(['ended', undefined])
      under.putForward(-entry.idleMinutes - 1)
    },
    minuteMs,
  )

  it('tells nobody that they are logged out where the login says that they are not', async () => {
    const browser = new PlainBrowser()
    const answer =
      '<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0"><samlp:Status>' +
      '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status></samlp:LogoutResponse>'
    const action = `${under.town.smpUrl('nordfjord')}/login/town-saml/logout`
    const form = { action, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
    await browser.submit(form, new URLSearchParams({ SAMLResponse: Buffer.from(answer).toString('base64') }))
    expect([browser.page.status, browser.heading]).toEqual([200, 'You may still be logged in'])
  })

  it('says that one is logged out when a browser comes back to it without a message, and knows no other login', async () => {
    const browser = new PlainBrowser()
    await browser.open(`${under.town.smpUrl('nordfjord')}/login/town-oidc/logout?state=%3Cb%3E`)
    expect([browser.heading, browser.page.html.includes('<b>')]).toEqual(['You are logged out', false])
    await browser.open(`${under.town.smpUrl('nordfjord')}/login/home-nordfjord/logout`)
    expect([browser.page.status, browser.heading]).toEqual([404, 'There is no such page'])
  })
})

describeWith(describe, 'xmlsec1', 'metadata for the operator of a login', () => {
  it.each(sides)('is SAML metadata of this entry that xmlsec1 verifies: $side', async (side) => {
    const entry = side.entry(under.town)
    const response = await fetch(`${entry}/login/town-saml/metadata`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^application\/samlmetadata\+xml/),
    ])
    const xml = await response.text()
    const certificate = readFileSync(join(under.town.folder, 'saml-signing.pem'), 'utf8')
    const root = ['urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor']
    expect(await verifyWithXmlsec1(xml, certificate, root)).toBe(true)
    expect(await verifyWithXmlsec1(xml.replace('/callback', '/elsewhere'), certificate, root)).toBe(false)
    for (const what of ['callback', 'logout']) expect(xml).toContain(`Location="${entry}/login/town-saml/${what}"`)
    const encryption = readFileSync(join(under.town.folder, 'saml-encryption.pem'), 'utf8')
    expect(xml.replace(/\s/g, '')).toContain(encryption.replace(/-----[A-Z ]+-----|\s/g, ''))
  })

  it('is a registration for OpenID Connect, and a login for demonstrations has none', async () => {
    const entry = under.town.smpUrl('nordfjord')
    const registration = (await (await fetch(`${entry}/login/town-oidc/metadata`)).json()) as Record<string, unknown>
    expect(registration).toMatchObject({ redirect_uris: [`${entry}/login/town-oidc/callback`] })
    expect(JSON.stringify(registration)).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
    expect((await fetch(`${entry}/login/home-nordfjord/metadata`)).status).toBe(404)
    expect((await fetch(`${entry}/login/nowhere/metadata`)).status).toBe(404)
  })
})
