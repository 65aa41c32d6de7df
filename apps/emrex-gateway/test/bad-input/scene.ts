import { formToken } from '@emrex-gateway/web'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, loginName, waitForImport, type UniversityId } from '@emrex-gateway/town'
import { storyOf, type Asked, type TownUnderTest } from '../town-under-test.js'

/** A transfer of one browser, and what that browser holds to act in it. */
export interface Held {
  readonly id: string
  readonly url: string
  readonly cookie: string
  readonly secret: string
  readonly token: string
}

const held = (browser: PlainBrowser, host: string, url = browser.page.url): Held => {
  const id = url.split('/').at(-1)!
  const cookie = browser
    .cookieHeader(host)
    .split('; ')
    .find((pair) => pair.includes(id.slice(0, 12)))!
  const secret = cookie.slice(cookie.indexOf('=') + 1)
  return { id, url, cookie, secret, token: formToken(secret, id) }
}

const fieldOf = (browser: PlainBrowser, name: string): string =>
  browser.forms.flatMap(({ fields }) => fields).find(([field]) => field === name)![1]

/** Transfers in the states that bad requests aim at; none of them is touched while the scene is in use. */
export interface Scene {
  readonly under: TownUnderTest
  /** At home it waits for an answer; abroad the login is on the screen. */
  readonly asked: Asked
  readonly atLogin: Held
  readonly atHome: Held
  /** Another one abroad, at the choice of results. */
  readonly choosing: Held
  /** One that is over: what it was answered with and logged in with was used. */
  readonly usedSessionId: string
  readonly usedLoginHandle: string
  /** What the browser of that login sends to the NCP. */
  readonly usedCookie: string
  /** A `sessionId` that was given up for a fresh one. */
  readonly voidSessionId: string
  /** An answer that waits for its student. */
  readonly reviewing: Held
  /** A case worker's session, and the case before them. */
  readonly staff: Held
  readonly caseId: string
  /** Somebody who began a staff login and did not finish it. */
  readonly nearlyStaff: Held
}

const ordinary = storyOf('ordinary')

export async function makeScene(under: TownUnderTest): Promise<Scene> {
  const asked = await under.ask(ordinary)
  const choosing = await under.ask(ordinary)
  await choosing.browser.press(loginName(ordinary.student))

  const used = await under.ask(storyOf('half-credits'))
  const usedLoginHandle = fieldOf(used.browser, 'state')
  await under.preview(used)
  await used.browser.press('Send to')
  await used.browser.press('Take these results into my record')
  await waitForImport(used.browser)

  const givenUp = await under.ask(ordinary)
  await givenUp.browser.open(givenUp.hub)
  await givenUp.browser.press({ action: 'choose-again' })

  const reviewing = await under.ask(ordinary)
  await under.answer(reviewing, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })

  const changedName = storyOf('changed-name')
  const waiting = await carryStory(changedName, under.town.smpUrl(changedName.home))
  const staff = await startStaff(under, changedName.home)
  await staff.press(loginName(`staff-${changedName.home}`))
  return {
    under,
    asked,
    atLogin: held(asked.browser, '127.0.0.1'),
    atHome: held(asked.browser, 'localhost', asked.hub),
    choosing: held(choosing.browser, '127.0.0.1'),
    usedSessionId: used.sessionId,
    usedLoginHandle,
    usedCookie: used.browser.cookieHeader('127.0.0.1'),
    voidSessionId: givenUp.sessionId,
    reviewing: held(reviewing.browser, 'localhost'),
    staff: held(staff, 'localhost'),
    caseId: waiting.page.url.split('/').at(-1)!,
    nearlyStaff: await nearlyStaff(under, changedName.home),
  }
}

async function startStaff(under: TownUnderTest, home: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(under.town.smpUrl(home))
  await browser.press({ action: '/staff' })
  return browser
}

async function nearlyStaff(under: TownUnderTest, home: UniversityId): Promise<Held> {
  const browser = await startStaff(under, home)
  const { staff } = under.town.gateway.smps.find(({ flow }) => flow.entry.id === home)!
  const [session] = await staff!.sessions.list({ entry: home, states: ['staff-login'], limit: 1 })
  return held(browser, 'localhost', `${under.town.smpUrl(home)}/staff/${session!.id}`)
}
