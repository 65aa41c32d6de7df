import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unescape } from 'node:querystring'
import { setTimeout as wait } from 'node:timers/promises'
import { format } from 'node:util'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { PlainBrowser, textOfHtml } from '@emrex-gateway/testing'
import { carryStory, loginName, stories, students, type UniversityId } from '@emrex-gateway/town'
import { badAnswers } from './bad-input/bad-answers.js'
import { badNcpRequests } from './bad-input/bad-ncp-requests.js'
import { badOwnForms } from './bad-input/bad-own-forms.js'
import { sendBadRequest } from './bad-input/bad-request.js'
import { badSmpRequests } from './bad-input/bad-smp-requests.js'
import { makeScene } from './bad-input/scene.js'
import { canariesIn } from './personal-canaries.js'
import { readWholeStore } from './read-whole-store.js'
import { storyOf, TownUnderTest } from './town-under-test.js'
import { watchTraffic, type Traffic } from './watch-traffic.js'

interface Line {
  readonly event: string
  readonly reference?: string
  readonly kind?: string
  readonly from?: string
  readonly to?: string
  readonly code?: string
}
interface Row {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly version: number
}

const ordinary = storyOf('ordinary')
const consoleMethods = ['log', 'info', 'warn', 'error', 'debug'] as const
const originalConsole = { ...console }

let under: TownUnderTest
let traffic: Traffic
/** What a browser was shown where something was refused. */
const problemPages: string[] = []
const printed: string[] = []
const everyId = new Set<string>()

beforeAll(async () => {
  // A library that prints by itself would pass by the log.
  for (const method of consoleMethods) console[method] = (...said: unknown[]) => void printed.push(format(...said))
  traffic = watchTraffic()
  under = await TownUnderTest.start()
}, 180_000)
afterAll(async () => {
  traffic.stop()
  Object.assign(console, originalConsole)
  await under.stop()
})

const logged = (): Line[] => under.lines.map((line) => JSON.parse(line) as Line)
const transfersNow = async (): Promise<Row[]> => {
  const { transfers } = JSON.parse((await readWholeStore(under.town)).rows) as { transfers: Row[] }
  for (const { id } of transfers) everyId.add(id)
  return transfers
}

/**
 * Every change of a student's transfer since its creation has its line. A session of staff may be renewed, and the date
 * of a decided import put off, without one: neither changes the state.
 */
async function expectEveryChangeLogged(): Promise<void> {
  // A delivery under way would change a state between the one look and the other.
  await under.town.background.deliver()
  const changes = logged().filter(({ event }) => event === 'transfer.changed')
  for (const { id, kind, state, version } of await transfersNow()) {
    const own = changes.filter((line) => line.kind === kind && line.reference === id.slice(0, 8))
    expect([kind, own.at(0)?.from, own.at(-1)?.to]).toEqual([kind, 'none', state])
    // A session of staff, a decided import that waits on, and a list of receipts are saved without a change of state.
    if (kind !== 'staff' && kind !== 'history' && state !== 'decided')
      expect([state, own.length]).toEqual([state, version])
    for (const [index, line] of own.entries()) if (index > 0) expect(line.from).toBe(own[index - 1]!.to)
  }
}

function expectNothingPersonal(): void {
  const unsafe = [...under.lines, ...printed].flatMap((line) => {
    const secrets = [...traffic.secrets].filter((secret) => secret.length > 15 && line.includes(secret))
    const ids = [...everyId].filter((id) => line.includes(id))
    const found = [...canariesIn(line), ...secrets, ...ids]
    return found.length > 0 ? [{ found, line }] : []
  })
  expect(unsafe).toEqual([])
}

describe('the log at level debug', () => {
  it('has a line for every change of state and names nobody, whatever students do', async () => {
    for (const story of stories) await carryStory(story, under.town.smpUrl(story.home))
    await expectEveryChangeLogged()
    expectNothingPersonal()
    const ends = [
      'COMPLETED',
      'USER_CANCEL',
      'NO_RESULTS',
      'ID_MISMATCH',
      'ID_NOT_FOUND',
      'ID_INSUFFICIENT',
      'NCP_ERROR',
    ]
    expect([...new Set(logged().flatMap(({ code }) => code ?? []))].sort()).toEqual(ends.sort())
  }, 120_000)

  it('… and whatever staff decide', async () => {
    const { home } = storyOf('changed-name')
    const staff = new PlainBrowser()
    await staff.open(under.town.smpUrl(home))
    await staff.press({ action: '/staff' })
    await staff.press(loginName(`staff-${home}`))
    await staff.press({
      action: 'decide',
      button: 'Same person: import',
      fields: { reason: 'Katarina Horvatinović showed her passport' },
    })
    expect(staff.page.status).toBe(200)
    expect(logged()).toContainEqual(expect.objectContaining({ from: 'needs-staff', to: 'decided' }))
    await expectEveryChangeLogged()
    expectNothingPersonal()
  }, 60_000)

  it('… and whatever is sent that should not be', async () => {
    const scene = await makeScene(under)
    for (const bad of [...badNcpRequests, ...badSmpRequests, ...badOwnForms]) {
      const response = await sendBadRequest(scene, bad, 'text/html')
      problemPages.push(await response.text())
    }
    for (const { change } of badAnswers) {
      const asked = await under.ask(ordinary)
      await under.answer(asked, change(under, asked))
      problemPages.push(asked.browser.page.html)
    }
    const shown = logged().filter(({ event }) => event === 'problem.shown')
    expect(shown).toHaveLength(badNcpRequests.length + badSmpRequests.length + badOwnForms.length)
    await expectEveryChangeLogged()
    expectNothingPersonal()
  }, 120_000)

  it('… and whatever an NCP says about a person', async () => {
    const asked = await under.ask(ordinary)
    const said = `${loginName('ingrid')} (05068907693) has no results`
    await under.answer(asked, { returnCode: 'NCP_ERROR', returnMessage: said })
    expect(asked.browser.text).toContain(said)
    await expectEveryChangeLogged()
    expectNothingPersonal()
  })

  it('… and whatever breaks in the student systems', async () => {
    await inDatabase('nordfjord', (knex) => knex.schema.dropTable('emrex_import_item'))
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await asked.browser.press('Take these results into my record')
    await under.town.background.deliver()
    expect(logged()).toContainEqual(expect.objectContaining({ event: 'delivery.failed', code: 'SIS_DOWN' }))

    for (const suffix of ['', '-wal', '-shm'])
      writeFileSync(join(under.town.folder, `jadrograd.sqlite${suffix}`), randomBytes(64 * 1024))
    const abroad = storyOf('diacritics')
    const atAbroad = await carryStory(abroad, under.town.smpUrl(abroad.home))
    expect(atAbroad.heading).toBe('The other university reported an error')
    const { home, student } = storyOf('no-credits')
    const atHome = new PlainBrowser()
    await atHome.open(under.town.smpUrl(home))
    await atHome.press('Start')
    await atHome.press(loginName(student))
    expect(atHome.heading).toBe('The student records are not available')
    problemPages.push(atHome.page.html)
    const failed = logged().filter(({ event }) => event === 'sis.failed')
    expect(failed).toEqual([
      expect.objectContaining({ entry: 'croatia', connection: 'jadrograd', code: 'SIS_DOWN' }),
      expect.objectContaining({ entry: 'jadrograd', connection: 'jadrograd', code: 'SIS_DOWN' }),
    ])
    await expectEveryChangeLogged()
    expectNothingPersonal()
  }, 60_000)

  it('… and when time goes by: what ends and what is removed has its line too', async () => {
    // Of the tidying, too: no round but ours.
    await under.town.background.stop()
    for (const days of [40, 2]) {
      under.putForward(days * 24 * 60)
      await under.town.background.tidy()
      await expectEveryChangeLogged()
    }
    const left = new Set((await transfersNow()).map(({ id }) => id))
    const removed = logged().filter(({ event }) => event === 'transfer.removed')
    const gone = [...everyId].filter((id) => !left.has(id)).map((id) => id.slice(0, 8))
    expect(removed.map(({ reference }) => reference).sort()).toEqual(gone.sort())
    expect(gone.length).toBeGreaterThan(50)
    expectNothingPersonal()
  }, 60_000)

  it('… and when the gateway’s own store breaks', async () => {
    const knex = openSqlite({ file: join(under.town.folder, 'gateway.sqlite') })
    await knex.schema.dropTable('emrex_audit')
    await knex.destroy()
    // That held up the process: connections whose time was over meanwhile end first.
    await wait(100)
    const { home } = ordinary
    const browser = new PlainBrowser()
    await browser.open(under.town.smpUrl(home))
    await browser.press('Start')
    expect([browser.page.status, browser.heading]).toEqual([500, 'Something went wrong on our side'])
    problemPages.push(browser.page.html)
    expect(logged()).toContainEqual(expect.objectContaining({ event: 'problem.shown', code: 'INTERNAL' }))
    expectNothingPersonal()
  })
})

describe('beside the log', () => {
  it('no address, no cookie and no problem page names anybody', () => {
    expect(students.length).toBeGreaterThan(15)
    expect([traffic.urls.size, traffic.cookies.size, problemPages.length].map((size) => size > 100)).toEqual([
      true,
      true,
      true,
    ])
    for (const url of traffic.urls) expect(canariesIn(unescape(url))).toEqual([])
    for (const cookie of traffic.cookies) expect(canariesIn(cookie)).toEqual([])
    for (const page of problemPages) expect(canariesIn(textOfHtml(page))).toEqual([])
  })
})

async function inDatabase(
  home: UniversityId,
  work: (knex: ReturnType<typeof openSqlite>) => Promise<unknown>,
): Promise<void> {
  const knex = openSqlite({ file: join(under.town.folder, `${home}.sqlite`) })
  try {
    await work(knex)
  } finally {
    await knex.destroy()
  }
}
