import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, loadSettings, startGateway } from '@emrex-gateway/gateway'
import { freePort, PlainBrowser } from '@emrex-gateway/testing'
import { AttackedTown, hubIn, oidc, saml } from './attacked-town.js'
import { caught, deliver, send, sides } from './held-answer.js'

const minuteMs = 60_000

let attacked: AttackedTown
beforeAll(async () => {
  attacked = await AttackedTown.start()
}, minuteMs)
afterAll(() => attacked.stop(), minuteMs)

const everywhere = [saml, oidc].flatMap((login) => sides.map((side) => ({ ...side, it: side, login })))

describe.each(everywhere)('an answer of $login, at $side,', ({ it: side, login }) => {
  it(
    'SP-06 OI-14 that comes 40 times at once logs in once, and the person goes on',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, login)
      const said = await Promise.all(Array.from({ length: 40 }, () => send(answer)))
      const accepted = said.filter(({ status }) => status === 303)
      expect(accepted).toHaveLength(1)
      const codes = said.flatMap(({ code }) => code ?? [])
      expect([codes.length, ...new Set(codes)]).toEqual([39, 'SESSION_REPLAYED'])
      const hub = hubIn(accepted[0]!)
      expect(
        (await attacked.audit(hub)).map(({ event }) => event).filter((event) => event.startsWith('login.')),
      ).toEqual(['login.started', 'login.completed'])
      await attacked.expectLoggedIn(browser, side, hub)
    },
    minuteMs,
  )

  it(
    'SP-06 OI-01 that comes again later is refused, here and at a gateway that was started since',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, login)
      const hub = hubIn(await send(answer))
      expect(await send(answer)).toMatchObject({ status: 409, code: 'SESSION_REPLAYED' })
      const port = await freePort()
      const file = join(attacked.town.folder, 'restarted.yaml')
      const settings = readFileSync(join(attacked.town.folder, 'settings.yaml'), 'utf8')
      writeFileSync(file, settings.replace(/^ {2}port: \d+$/m, `  port: ${port}`))
      const restarted = await startGateway(loadSettings(file), createLog('silent'), { beside: true })
      try {
        expect(await send(answer, { port })).toMatchObject({ status: 409, code: 'SESSION_REPLAYED' })
        // The good twin: it does take an answer that is new.
        const other = await caught(attacked.town, side, login)
        await attacked.expectLoggedIn(other.browser, side, hubIn(await send(other.answer, { port })))
      } finally {
        await restarted.stop()
      }
      await attacked.expectLoggedIn(browser, side, hub)
    },
    minuteMs,
  )

  it(
    'SP-15 OI-01 of an attacker, posted by the browser of a victim, shows the victim nothing and logs nobody in',
    async () => {
      const attacker = await caught(attacked.town, side, login, 'oskar')
      const victim = await caught(attacked.town, side, login)
      await deliver(victim.browser, attacker.answer)
      expect([victim.browser.page.status, victim.browser.heading]).toEqual([403, 'This was started in another browser'])
      await attacked.expectLoggedIn(victim.browser, side, hubIn(await send(victim.answer)))
      expect(victim.browser.text).not.toContain('Oskar')
    },
    minuteMs,
  )

  it(
    'SP-15 OI-18 does not log in the one who began the login when somebody else was made to finish it',
    async () => {
      const attacker = await caught(attacked.town, side, login)
      const { id } = (await side.waiting(attacked.town))!
      const victim = new PlainBrowser()
      await victim.open(attacked.town.address)
      await deliver(victim, attacker.answer)
      expect([victim.page.status, victim.heading]).toEqual([403, 'This was started in another browser'])
      expect((await attacked.under.audit(id)).map(({ event }) => event)).not.toContain('login.completed')
      expect((await side.waiting(attacked.town))?.id).toBe(id)
      // The good twin: the same answer, in the browser that began.
      await deliver(attacker.browser, attacker.answer)
      expect(attacker.browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it(
    'OI-18 that comes without a cookie is not judged: a form is posted once more by a page of ours',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, login)
      const bare = { ...answer, cookie: '' }
      const said = await send(bare, { headers: { accept: 'text/html' } })
      expect([said.status, said.location]).toEqual([login === saml ? 200 : 403, undefined])
      const fields = { ...answer.fields, 'posted-again': 'yes' }
      expect(await send({ ...bare, fields, method: 'POST' })).toMatchObject({ status: 403, code: 'OTHER_BROWSER' })
      await deliver(browser, answer)
      expect(browser.heading).toBe(side.after)
    },
    minuteMs,
  )

  it(
    'that was swapped for one of another transfer is refused, and the other transfer does not notice',
    async () => {
      const attacker = await caught(attacked.town, side, login, 'oskar')
      const victim = await caught(attacked.town, side, login)
      const handle = login === saml ? 'RelayState' : 'state'
      const fields = { ...attacker.answer.fields, [handle]: victim.answer.fields[handle]! }
      const { cookie } = victim.answer
      await attacked.expectFailed(victim.browser, side, hubIn(await send({ ...attacker.answer, fields, cookie })))
    },
    minuteMs,
  )

  it(
    'SP-21 goes by the addresses of the settings alone, whatever Host and forwarding headers say',
    async () => {
      const forged = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      }
      const { browser, answer } = await caught(attacked.town, side, login)
      const said = await send(answer, { headers: forged })
      await attacked.expectLoggedIn(browser, side, hubIn(said))
    },
    minuteMs,
  )

  it(
    'SP-16 OI-16 with an address to go on to is not followed there',
    async () => {
      const { browser, answer } = await caught(attacked.town, side, login)
      const more = Object.fromEntries(
        ['next', 'returnUrl', 'redirect_uri', 'target'].map((name) => [name, 'https://evil.example/']),
      )
      const said = await send({ ...answer, fields: { ...answer.fields, ...more } })
      expect(said.body).not.toContain('evil.example')
      await attacked.expectLoggedIn(browser, side, hubIn(said))
    },
    minuteMs,
  )
})
