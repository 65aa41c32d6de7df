import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, loginName } from '@emrex-gateway/town'
import { storyOf, TownUnderTest } from './town-under-test.js'

const ordinary = storyOf('ordinary')
const changedName = storyOf('changed-name')
const day = 24 * 60

let under: TownUnderTest
beforeEach(async () => {
  under = await TownUnderTest.start()
}, 60_000)
afterEach(() => under.stop())

const inDatabase = async (name: string, work: (knex: ReturnType<typeof openSqlite>) => Promise<unknown>) => {
  const knex = openSqlite({ file: join(under.town.folder, `${name}.sqlite`) })
  await work(knex)
  await knex.destroy()
}
const stateOf = async (transferId: string) => (await under.smp(ordinary.home).transfers.load(transferId))?.state.state

async function openStaffPage(): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(under.town.smpUrl(changedName.home))
  await browser.press({ action: '/staff' })
  await browser.press(loginName(`staff-${changedName.home}`))
  return browser
}

describe('when time runs out', () => {
  it('one transfer that cannot end keeps no other from ending, and is told to the operator', async () => {
    // A decided import waits for its SIS; its document is lost, so that nothing can be done with it.
    await inDatabase(ordinary.home, (knex) => knex.schema.dropTable('emrex_import_item'))
    const stuck = await under.ask(ordinary)
    await under.answer(stuck, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await stuck.browser.press('Take these results into my record')
    await inDatabase('gateway', (knex) => knex('emrex_body').where({ transfer: stuck.transferId }).delete())

    under.putForward(30 * day - 30)
    const next = await under.ask(ordinary)
    await openStaffPage()
    under.putForward(120)
    await under.town.background.tidy()

    expect(await stateOf(stuck.transferId)).toBe('decided')
    expect(await stateOf(next.transferId)).toBe('ended')
    const logged = under.lines.map((line) => JSON.parse(line) as { event: string; kind?: string })
    const reference = stuck.transferId.slice(0, 8)
    expect(logged).toContainEqual(expect.objectContaining({ event: 'transfer.stuck', reference, code: 'USER_GONE' }))
    expect(logged).toContainEqual(expect.objectContaining({ event: 'transfer.removed', kind: 'staff' }))
  }, 60_000)

  it('a case that is over is not shown to staff any more, even before its end is written', async () => {
    await carryStory(changedName, under.town.smpUrl(changedName.home))
    expect((await openStaffPage()).text).toContain('Horvatinović')
    under.putForward(31 * day)
    const browser = await openStaffPage()
    expect([browser.page.status, browser.heading]).toEqual([200, 'Cases that need a decision'])
    expect(browser.text).not.toContain('Horvatinović')
  }, 60_000)
})
