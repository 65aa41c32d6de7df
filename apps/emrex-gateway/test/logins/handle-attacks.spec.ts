import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainBrowser } from '@emrex-gateway/testing'
import { AttackedTown, hubIn, oidc, saml } from './attacked-town.js'
import { begin, caught, deliver, hold, send, sides, type HeldAnswer } from './held-answer.js'
import { secondOidc, secondSaml } from './second-logins.js'

const minuteMs = 60_000

let attacked: AttackedTown
beforeAll(async () => {
  attacked = await AttackedTown.start()
}, 3 * minuteMs)
afterAll(() => attacked.stop(), minuteMs)

describe.each(sides.map((side) => ({ ...side, it: side })))('a handle, at $side,', ({ it: side }) => {
  const long = 'a'.repeat(10_000)
  it.each([
    { login: saml, what: 'an address', handle: 'https://evil.example/go', code: 'SESSION_UNKNOWN' },
    { login: saml, what: 'a script', handle: 'javascript:alert(document.domain)', code: 'SESSION_UNKNOWN' },
    { login: saml, what: 'markup', handle: '"><script>alert(1)</script>', code: 'SESSION_UNKNOWN' },
    { login: saml, what: '10 kB', handle: long, code: 'SESSION_UNKNOWN' },
    { login: saml, what: 'nothing', handle: '', code: 'SESSION_UNKNOWN' },
    { login: saml, what: 'absent', handle: undefined, code: 'SESSION_UNKNOWN' },
    { login: oidc, what: 'an address', handle: 'https://evil.example/go', code: 'SESSION_UNKNOWN' },
    { login: oidc, what: 'markup', handle: '"><script>alert(1)</script>', code: 'SESSION_UNKNOWN' },
    { login: oidc, what: '10 kB', handle: long, code: 'SESSION_UNKNOWN' },
    { login: oidc, what: 'nothing', handle: '', code: 'SESSION_UNKNOWN' },
    { login: oidc, what: 'absent', handle: undefined, code: 'SESSION_UNKNOWN' },
  ])(
    'SP-16 OI-01 that is $what belongs to nobody and is shown nowhere: $login',
    async ({ login, handle, code }) => {
      const { browser, answer } = await caught(attacked.town, side, login)
      const name = login === saml ? 'RelayState' : 'state'
      const { [name]: good, ...rest } = answer.fields
      const fields = handle === undefined ? rest : { ...rest, [name]: handle }
      for (const accept of ['application/json', 'text/html']) {
        const said = await send({ ...answer, fields }, { headers: { accept } })
        expect(said.status).toBeGreaterThanOrEqual(400)
        expect(said.location).toBeUndefined()
        if (accept === 'application/json') expect(said.code).toBe(code)
        if (handle) expect(said.body.includes(handle)).toBe(false)
      }
      expect(good).toBeDefined()
      await attacked.expectLoggedIn(browser, side, hubIn(await send(answer)))
    },
    minuteMs,
  )

  it.each([
    { at: saml, of: oidc },
    { at: oidc, of: saml },
  ])(
    'SP-16 SP-18 OI-07 of $of does not open $at',
    async ({ at, of }) => {
      const mine = await caught(attacked.town, side, at)
      const other = await caught(attacked.town, side, of)
      const [here, there] = at === saml ? ['RelayState', 'state'] : ['state', 'RelayState']
      const fields = { ...mine.answer.fields, [here]: other.answer.fields[there]! }
      // Even where both were begun in one browser.
      const cookie = `${mine.answer.cookie}; ${other.answer.cookie}`
      expect(await send({ ...mine.answer, fields, cookie })).toMatchObject({ status: 409, code: 'SESSION_REPLAYED' })
      await attacked.expectLoggedIn(other.browser, side, hubIn(await send(other.answer)))
      await attacked.expectLoggedIn(mine.browser, side, hubIn(await send(mine.answer)))
    },
    minuteMs,
  )

  it(
    'SP-18 that was given to one login is not answered by another, whatever that one signs',
    async () => {
      const browser = new PlainBrowser()
      await side.goToLogins(attacked.town, browser)
      const form = browser.forms.find(({ buttons }) => buttons.some(({ value }) => value === saml))!
      // The page that carries our request to the first login.
      await browser.submit(form, new URLSearchParams([...form.fields.map(([...pair]) => pair), ['login', saml]]))
      const { fields } = browser.forms.find(({ autoSubmit }) => autoSubmit)!
      await browser.followAutoSubmit()
      const good = await hold(browser)
      attacked.second.saml.register('https://town.example/emrex-gateway', {
        encryptionCertificate: readFileSync(join(attacked.town.folder, 'saml-encryption.pem'), 'utf8'),
      })
      const forged = await attacked.second.saml.answer(Object.fromEntries(fields), 'oskar')
      expect(forged['RelayState']).toBe(good.fields['RelayState'])
      // At the address of the other login nobody waits for it.
      const elsewhere = good.url.replace(`/${saml}/`, `/${secondSaml}/`)
      expect(await send({ ...good, url: elsewhere, fields: forged })).toMatchObject({ code: 'SESSION_REPLAYED' })
      const hub = hubIn(await send({ ...good, fields: forged }))
      await attacked.expectFailed(browser, side, hub)
      const [refused] = (await attacked.audit(hub)).filter(({ event }) => event === 'login.failed')
      // Its key is not one of the first login, which is noticed before its name is read.
      expect(refused).toMatchObject({ code: 'LOGIN_FAILED', facts: { provider: saml, detail: 'sig-invalid' } })
      await browser.press('Try the login again')
      await deliver(browser, await hold(browser))
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it(
    'OI-07 with a code of one issuer never brings that code to another',
    async () => {
      const first = await caught(attacked.town, side, oidc)
      const other = await caught(attacked.town, side, secondOidc)
      const before = (await attacked.second.oidc.asked()).filter((asked) => asked === 'POST /token').length
      const elsewhere = first.answer.url.replace(`/${oidc}/`, `/${secondOidc}/`)
      expect(await send({ ...first.answer, url: elsewhere })).toMatchObject({ code: 'SESSION_REPLAYED' })
      const fields = { ...first.answer.fields, state: other.answer.fields['state']! }
      await attacked.expectFailed(other.browser, side, hubIn(await send({ ...other.answer, fields })))
      expect((await attacked.second.oidc.asked()).filter((asked) => asked === 'POST /token')).toHaveLength(before)
      await attacked.expectLoggedIn(first.browser, side, hubIn(await send(first.answer)))
      await other.browser.press('Try the login again')
      await deliver(other.browser, await hold(other.browser))
      expect(other.browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it(
    'SP-17 is of no use to whoever put a cookie into the browser before the login',
    async () => {
      const attacker = await caught(attacked.town, side, saml)
      const host = new URL(attacker.answer.url).hostname
      const planted = attacker.browser.cookieHeader(host)
      const { browser, answer } = await caught(attacked.town, side, saml)
      const hub = hubIn(await send(answer))
      const own = browser.cookieHeader(host)
      const look = async (cookie: string) =>
        (await fetch(`${attacked.originOf(side)}${hub}`, { headers: { cookie, accept: 'application/json' } })).status
      const name = own.slice(0, own.indexOf('='))
      // Neither the cookie of another transfer, nor its secret under the name of this one, nor both beside each other.
      const secret = planted.slice(planted.indexOf('=') + 1)
      expect([await look(planted), await look(`${name}=${secret}`), await look(`${name}=${secret}; ${own}`)]).toEqual([
        403, 403, 403,
      ])
      expect(await look(own)).toBe(200)
    },
    minuteMs,
  )

  it.each<{ readonly how: string; readonly change: (good: HeldAnswer) => Parameters<typeof send> }>([
    {
      how: 'JSON',
      change: (good) => [good, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(good.fields) }],
    },
    { how: 'plain text', change: (good) => [good, { headers: { 'content-type': 'text/plain' } }] },
    {
      how: 'a form of several parts',
      change: (good) => [good, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    },
    {
      how: 'two Responses',
      change: (good) => [good, { body: `${new URLSearchParams(good.fields)}&SAMLResponse=PHg%2B` }],
    },
    { how: 'two handles', change: (good) => [good, { body: `${new URLSearchParams(good.fields)}&RelayState=x` }] },
    { how: 'nothing', change: (good) => [good, { body: '' }] },
  ])(
    'SP-22 does not help an answer that comes as $how',
    async ({ change }) => {
      const { browser, answer } = await caught(attacked.town, side, saml)
      const said = await send(...change(answer))
      expect([said.status >= 400 && said.status < 500, said.location]).toEqual([true, undefined])
      await attacked.expectLoggedIn(browser, side, hubIn(await send(answer)))
    },
    minuteMs,
  )

  it(
    'SP-22 does not help a Response that comes by an address',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, saml)
      await attacked.expectFailed(browser, side, hubIn(await send({ ...answer, method: 'GET' })))
    },
    minuteMs,
  )

  it(
    'OI-18 brings its code by a form of another site as well, without a cookie',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, oidc)
      await deliver(browser, { ...answer, method: 'POST' })
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it.each([
    { error: 'access_denied', heading: 'You stopped the login' },
    { error: 'server_error', heading: 'The login did not work' },
    { error: '<b>x</b>', heading: 'The login did not work' },
  ])(
    'OI-15 with the error $error shows nothing of what the issuer says about it',
    async ({ error, heading }) => {
      const { browser, answer } = await caught(attacked.town, side, oidc)
      const { state, iss } = answer.fields
      const said = { error, error_description: '<img src=x onerror=alert(1)>', error_uri: 'https://evil.example/' }
      const nameless = await send({ ...answer, fields: { ...said, iss: iss! } }, { headers: { accept: 'text/html' } })
      expect(nameless.status).toBeGreaterThanOrEqual(400)
      const hub = hubIn(await send({ ...answer, fields: { ...said, iss: iss!, state: state! } }))
      await browser.open(`${attacked.originOf(side)}${hub}`)
      expect(browser.heading).toBe(heading)
      for (const page of [nameless.body, browser.page.html]) expect(page).not.toMatch(/onerror|evil\.example|<b>x/)
      await browser.press('Try the login again')
      await deliver(browser, await hold(browser))
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it(
    'OI-16 SP-21 goes out with the address of the settings, whatever the browser says that our name is',
    async () => {
      const browser = new PlainBrowser()
      await side.goToLogins(attacked.town, browser)
      browser.holdAt = ({ pathname }) => pathname === '/auth'
      await begin(browser, secondOidc)
      const asked = new URL(browser.held!).searchParams
      const redirectUri = `${side.entry(attacked.town)}/login/${secondOidc}/callback`
      expect(asked.get('redirect_uri')).toBe(redirectUri)
      // The page that begins the login, asked for again under a false name.
      const said = await send(
        { method: 'GET', url: browser.page.url.replace(/\/login$/, ''), fields: {}, cookie: '' },
        {
          headers: {
            host: 'evil.example',
            'x-forwarded-host': 'evil.example',
            cookie: browser.cookieHeader(new URL(browser.page.url).hostname),
          },
        },
      )
      expect(`${said.location}${said.body}`).not.toContain('evil.example')
      expect(new URL(said.location!).searchParams.get('redirect_uri')).toBe(redirectUri)
    },
    minuteMs,
  )
})
