import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { EmrexError } from '@emrex-gateway/core'
import { DeliveryWorker } from '@emrex-gateway/smp'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, loginName } from '@emrex-gateway/town'
import { readWholeStore } from './read-whole-store.js'
import { storyOf, TownUnderTest } from './town-under-test.js'

const ordinary = storyOf('ordinary')
const changedName = storyOf('changed-name')
const day = 24 * 60

let under: TownUnderTest
beforeEach(async () => {
  under = await TownUnderTest.start()
}, 180_000)
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
    const stuck = await under.ask(ordinary)
    await inDatabase('gateway', (knex) =>
      knex.raw(`create trigger stuck before update on emrex_transfer when old.id = '${stuck.transferId}'
        begin select raise(fail, 'this row cannot be written'); end`),
    )
    under.putForward(30 * day - 30)
    const next = await under.ask(ordinary)
    await openStaffPage()
    under.putForward(120)
    await under.town.background.tidy()

    expect(await stateOf(stuck.transferId)).toBe('asked')
    expect(await stateOf(next.transferId)).toBe('ended')
    const logged = under.lines.map((line) => JSON.parse(line) as { event: string; kind?: string })
    const reference = stuck.transferId.slice(0, 8)
    expect(logged).toContainEqual(expect.objectContaining({ event: 'transfer.stuck', reference, code: 'INTERNAL' }))
    expect(logged).toContainEqual(expect.objectContaining({ event: 'transfer.removed', kind: 'staff' }))
  }, 60_000)

  it('transfers whose seal key is gone keep no other from ending, go too, and are told; a decided one waits', async () => {
    const gone = await under.ask(ordinary)
    const promised = await under.ask(ordinary)
    await under.answer(promised, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    const flow = under.smp(ordinary.home)
    await inDatabase(ordinary.home, (knex) => knex.schema.renameTable('emrex_import_item', 'away'))
    await flow.accept((await flow.transfers.load(promised.transferId))!)
    const next = await under.ask(ordinary)
    const sealed = new Map<string, Buffer>()
    await inDatabase('gateway', async (knex) => {
      for (const { transferId: id } of [gone, promised]) {
        const row = (await knex<{ id: string; sealed: Buffer }>('emrex_transfer').where({ id }).first())!
        sealed.set(id, row.sealed)
        // The first bytes of what is sealed name its key.
        const ofNobody = Buffer.concat([Buffer.alloc(4), row.sealed.subarray(4)])
        await knex('emrex_transfer').where({ id }).update({ sealed: ofNobody })
      }
    })
    under.putForward(31 * day)
    await under.town.background.deliver()
    await under.town.background.tidy()

    expect(await stateOf(next.transferId)).toBe('ended')
    expect(await stateOf(gone.transferId)).toBeUndefined()
    const logged = under.lines.map((line) => JSON.parse(line) as { event: string })
    const unreadable = { event: 'transfer.unreadable', code: 'INTERNAL', removed: 1, kept: 1 }
    expect(logged).toContainEqual(expect.objectContaining(unreadable))
    expect(logged).toContainEqual(expect.objectContaining({ event: 'retention.deleted', 'unreadable transfers': 1 }))
    const reference = promised.transferId.slice(0, 8)
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'delivery.unreadable', reference, code: 'INTERNAL' }),
    )

    // The key is given again.
    await inDatabase(ordinary.home, (knex) => knex.schema.renameTable('away', 'emrex_import_item'))
    const { transferId: id } = promised
    await inDatabase('gateway', (knex) =>
      knex('emrex_transfer')
        .where({ id })
        .update({ sealed: sealed.get(id)! }),
    )
    under.putForward(120)
    await under.town.background.deliver()
    expect(await stateOf(promised.transferId)).toBe('delivered')
  }, 60_000)

  it('a decided import keeps its promise and its document, however long the student system is away', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await inDatabase(ordinary.home, (knex) => knex.schema.renameTable('emrex_import_item', 'away'))
    await asked.browser.press('Take these results into my record')
    for (let month = 0; month < 3; month++) {
      under.putForward(31 * day)
      await under.town.background.tidy()
      expect(await stateOf(asked.transferId)).toBe('decided')
    }

    await inDatabase(ordinary.home, (knex) => knex.schema.renameTable('away', 'emrex_import_item'))
    under.putForward(120)
    await under.town.background.deliver()
    expect(await stateOf(asked.transferId)).toBe('delivered')
    expect((await under.imports(ordinary.home)).map(({ items }) => items.length)).toEqual([1])
  }, 60_000)

  it('an import whose last attempt failed is told in the audit, and waits for an operator', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await inDatabase(ordinary.home, (knex) => knex.schema.renameTable('emrex_import_item', 'away'))
    await under.town.background.stop()
    await asked.browser.press('Take these results into my record')
    // The first try, which the press begins by itself.
    await under.town.background.deliver()
    const { store, log } = under.town.gateway
    const options = { owner: 'test', leaseSeconds: 60, retrySeconds: 1, maxAttempts: 2, now: () => under.now() }
    under.putForward(60)
    await new DeliveryWorker(under.smp(ordinary.home), store, log, options).run()
    const last = (await under.audit(asked.transferId)).at(-1)
    expect(last).toMatchObject({ event: 'import.failed', code: 'SIS_DOWN' })
    expect(await store.jobs.counts(`deliver:${ordinary.home}`)).toEqual({ ready: 0, running: 0, dead: 1 })
    expect(await stateOf(asked.transferId)).toBe('decided')
  }, 60_000)

  it('an import whose every attempt ends the process is tried less and less often, and given up after the last', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await under.town.background.stop()
    await under.smp(ordinary.home).accept((await under.smp(ordinary.home).transfers.load(asked.transferId))!)
    const { store, log } = under.town.gateway
    const options = { owner: 'dies', leaseSeconds: 60, retrySeconds: 600, maxAttempts: 2, now: () => under.now() }
    let attempts = 0
    // Nothing is written after that, as when the system has killed us for our memory.
    const die = () => {
      attempts++
      throw new EmrexError('LEASE_LOST', 'the test stops the delivery here')
    }
    const worker = new DeliveryWorker(under.smp(ordinary.home), store, log, options, (point) => {
      if (point === 'submitting') die()
    })
    const attemptsAfter = async (minutes: number) => {
      under.putForward(minutes)
      await worker.run()
      return attempts
    }
    expect(await attemptsAfter(0)).toBe(1)
    expect(await attemptsAfter(2)).toBe(1)
    expect(await attemptsAfter(10)).toBe(2)
    expect(await attemptsAfter(10)).toBe(2)
    expect(await store.jobs.counts(`deliver:${ordinary.home}`)).toMatchObject({ dead: 0 })
    expect(await attemptsAfter(20)).toBe(2)
    expect(await store.jobs.counts(`deliver:${ordinary.home}`)).toEqual({ ready: 0, running: 0, dead: 1 })
    const last = (await under.audit(asked.transferId)).at(-1)
    expect(last).toMatchObject({ event: 'import.failed', code: 'INTERNAL' })
    expect(await stateOf(asked.transferId)).toBe('decided')
  }, 60_000)

  it('what an NCP said is shown to the student for ten minutes, and is then nowhere', async () => {
    const asked = await under.ask(ordinary)
    const said = 'Ingrid Tveitnesli has no results here.'
    await under.answer(asked, { returnCode: 'NCP_NO_RESULTS', returnMessage: said, elmo: undefined })
    expect(asked.browser.text).toContain(said)
    await asked.browser.open(asked.hub)
    expect(asked.browser.text).toContain(said)
    const atHome = await under.smp(ordinary.home).transfers.load(asked.transferId)
    expect(JSON.stringify(atHome?.state)).not.toContain('Tveitnesli')
    const { bodies } = await readWholeStore(under.town)
    expect(bodies).toMatchObject({ 'smp ended/message': said })

    under.putForward(11)
    await under.town.background.tidy()
    await asked.browser.open(asked.hub)
    expect(asked.browser.heading).toBe('There are no results to send')
    expect(asked.browser.text).not.toContain('Tveitnesli')
    expect((await readWholeStore(under.town)).bodies).toEqual({})
  }, 60_000)

  it('a case that is over is not shown to staff any more, even before its end is written', async () => {
    await carryStory(changedName, under.town.smpUrl(changedName.home))
    expect((await openStaffPage()).text).toContain('Horvatinović')
    under.putForward(31 * day)
    const browser = await openStaffPage()
    expect([browser.page.status, browser.heading]).toEqual([200, 'Cases that need a decision'])
    expect(browser.text).not.toContain('Horvatinović')
  }, 60_000)

  it('a case that nobody decided ends as one, is told to the operator, and its student is not told to have been away', async () => {
    const student = await carryStory(changedName, under.town.smpUrl(changedName.home))
    under.putForward(30 * day + 60)
    await under.town.background.tidy()
    await student.open(student.page.url)
    expect([student.page.status, student.heading]).toEqual([410, 'This case is over'])
    expect(student.text).toContain('Nobody dealt with these results in time.')
    const transfer = student.page.url.split('/').at(-1)!
    const expired = { event: 'case.expired', entry: changedName.home, code: 'CASE_EXPIRED' }
    const told = { ...expired, reference: transfer.slice(0, 8) }
    expect(under.lines.map((line) => JSON.parse(line) as object)).toContainEqual(expect.objectContaining(told))
    expect((await under.town.gateway.store.audit.list({ transfer })).at(-1)).toMatchObject(expired)
  }, 60_000)

  it('a case whose time runs out while staff look at it cannot be decided any more, and they are told so', async () => {
    await carryStory(changedName, under.town.smpUrl(changedName.home))
    under.putForward(30 * day - 10)
    const browser = await openStaffPage()
    expect(browser.text).toContain('Horvatinović')
    await under.putForwardUntidied(11)
    await browser.press({ action: 'decide', button: 'Same person', fields: { reason: 'Saw the passport' } })
    expect([browser.page.status, browser.heading]).toEqual([200, 'Cases that need a decision'])
    expect(browser.text).toContain('That case is over: somebody decided or closed it, or its time has run out.')
    await under.town.background.deliver()
    expect(await under.imports(changedName.home)).toEqual([])
  }, 60_000)

  it.each([false, true])(
    'staff whose session is over are told that it is their login that ended, and no case (swept: %s)',
    async (swept) => {
      const student = await carryStory(changedName, under.town.smpUrl(changedName.home))
      const browser = await openStaffPage()
      if (swept) under.putForward(61)
      else await under.putForwardUntidied(61)
      if (swept) await under.town.background.tidy()
      await browser.press({ action: 'decide', button: 'Same person', fields: { reason: 'Saw the passport' } })
      expect([browser.page.status, browser.heading]).toEqual([410, 'You are logged out'])
      expect(browser.text).toContain('A decision that you pressed just now did not count. Every case is where it was')
      const transfer = student.page.url.split('/').at(-1)!
      expect((await under.smp(changedName.home).transfers.load(transfer))?.state.state).toBe('needs-staff')
    },
    60_000,
  )
})
