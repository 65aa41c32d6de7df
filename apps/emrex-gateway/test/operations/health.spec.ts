import type { AnyState, ReasonCode } from '@emrex-gateway/core'
import {
  describeWith,
  makeThrowawaySigner,
  PlainBrowser,
  startPostgres,
  until,
  type DatabaseServer,
} from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { freshDatabase } from '../database/town-on-postgres.js'
import { Relay } from '../database/relay.js'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { acceptButton, carryToReview } from '@emrex-gateway/town'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storyOf, type TownUnderTest } from '../town-under-test.js'
import { canariesIn } from '../personal-canaries.js'
import { atDoor, healthOf, samplesOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(120_000)
const day = 24 * 60
const story = storyOf('ordinary')

/** A whole transfer, whether or not anything is brought by itself. */
async function carry({ town }: TownUnderTest): Promise<void> {
  const browser = new PlainBrowser()
  await carryToReview(story, town.smpUrl(story.home), browser)
  await browser.press(acceptButton)
  await town.background.deliver()
}

describe('/health', () => {
  let under: TownUnderTest
  beforeAll(async () => {
    const ending = await makeThrowawaySigner({
      commonName: 'ends soon',
      notAfter: new Date(Date.now() + 12.5 * 86_400_000),
    })
    under = await townWithOperations({
      change: (settings) => {
        const registries = settings['registries'] as object[]
        const far = {
          name: 'Ends Soon',
          countryCode: 'DK',
          url: 'https://ends.example/',
          certificates: [ending.certificate],
        }
        return { ...settings, registries: [...registries, { id: 'by-hand', kind: 'static', entries: [far] }] }
      },
    })
    // A look of the gateway's own at a day to which a test puts the clock would count until that day.
    await under.town.background.stop()
    await under.town.gateway.operations.systemWatch.refresh()
    await under.town.gateway.registry.refresh()
  })
  afterAll(() => under.stop())

  it('says of a gateway in order that it is, and names every part of it', async () => {
    const health = await healthOf(under)
    const { systems, logins, ncps, smps } = under.town.gateway
    expect(health).toMatchObject({ ready: true, draining: false, store: { answers: true, writable: true } })
    expect(health.systems.map(({ id, ok }) => [id, ok])).toEqual([...systems.keys()].map((id) => [id, true]))
    expect(health.logins.map(({ id }) => id)).toEqual([...logins.keys()])
    const certificatesFor = (wanted: string) =>
      health.certificates.flatMap(({ use, name }) => (use === wanted ? name : [])).sort()
    expect(certificatesFor('signing')).toEqual(ncps.map(({ entry }) => entry.id).sort())
    expect(certificatesFor('receipts')).toEqual(smps.map(({ flow }) => flow.entry.id).sort())
    expect(health.registry).toMatchObject({ stale: false, ageSeconds: expect.any(Number) as number })
    expect(health.limits).toEqual({ countedBy: 'one instance' })
    expect((await atDoor(under, '/health/live')).status).toBe(200)
    expect((await atDoor(under, '/health/ready')).status).toBe(200)
  })

  it('names each place where the evidence does not hold, for people and for alarms', async () => {
    await carry(under)
    const { auditWatch } = under.town.gateway
    await auditWatch.look()
    const labels = `role="smp",entry="${story.home}"`
    expect((await healthOf(under)).evidence).toMatchObject({ chains: 2, broken: [] })
    expect((await samplesOf(under, 'emrex_evidence_faults')).get(labels)).toBe(0)

    const knex = openSqlite({ file: join(under.town.folder, 'gateway.sqlite') })
    const line = { kind: 'smp', entry: story.home, seq: 2 }
    const { event } = (await knex<{ event: string }>('emrex_audit').where(line).first('event'))!
    const write = (change: string) => knex('emrex_audit').where(line).update({ event: change })
    await write('import.decided.twice')
    await auditWatch.look()
    const { status, trouble, evidence, ready } = await healthOf(under)
    expect(evidence.broken).toEqual([{ role: 'smp', entry: story.home, line: 2, fault: 'changed' }])
    expect([status, ready]).toEqual(['trouble', true])
    expect(trouble).toContain(`evidence smp ${story.home}: changed at line 2`)
    expect((await samplesOf(under, 'emrex_evidence_faults')).get(labels)).toBe(1)

    // Put back, it is good again with the next look of this instance, whoever's turn the day's look was.
    await write(event)
    await knex.destroy()
    under.putForward(day + 1)
    await under.town.gateway.store.once(
      'audit-look',
      `${Math.floor(under.now().getTime() / 86_400_000)}`,
      under.now().getTime() + 2 * 86_400_000,
    )
    await auditWatch.inTurn()
    under.putForward(-day - 1)
    expect((await healthOf(under)).evidence.broken).toEqual([])
    expect((await samplesOf(under, 'emrex_evidence_faults')).get(labels)).toBe(0)
  })

  it('tells of deliveries and events that nobody brings, because their place has left the settings', async () => {
    const { store } = under.town.gateway
    const ofBefore = ['deliver:renamed', 'webhook:jobs:hr:old']
    await store
      .transfers('smp')
      .create(
        { entry: 'renamed', state: { state: 'decided' }, browser: '', expiresAt: under.now().getTime() + 86_400_000 },
        { jobs: ofBefore.map((queue) => ({ queue, key: 'one', payload: null })) },
      )
    const { left, trouble } = await healthOf(under)
    expect(left).toEqual(ofBefore.map((queue) => ({ queue, jobs: 1 })))
    // Whoever takes out a receiver does not want its events any more.
    expect(trouble.filter((line) => line.startsWith('jobs '))).toEqual([
      'jobs deliver:renamed: 1 left, and the settings have no such place any more',
    ])
    // As an instance with the settings of before does it.
    for (const queue of ofBefore) {
      const [job] = await store.jobs.claim(queue, { owner: 'before', leaseSeconds: 60, limit: 1 })
      await store.jobs.done(job!)
    }
    expect((await healthOf(under)).left).toEqual([])
  })

  it('tells of cases that no staff sees, because their entry or their system has another name in the settings', async () => {
    const { store, smps } = under.town.gateway
    const expiresAt = under.now().getTime() + 86_400_000
    const wait = (kind: 'smp' | 'case', entry: string, state: string) =>
      store.transfers(kind).create({ entry, state: { state }, browser: '', expiresAt })
    const seen = smps.find(({ staff }) => staff !== undefined)!.flow.entry
    const made = [
      await wait('smp', 'renamed', 'needs-staff'),
      await wait('case', 'records-of-before', 'open'),
      await wait('smp', seen.id, 'needs-staff'),
      await wait('case', seen.target.id, 'open'),
    ]
    const { unseen, trouble } = await healthOf(under)
    expect(unseen).toEqual([
      { of: 'renamed', cases: 1 },
      { of: 'records-of-before', cases: 1 },
    ])
    expect(trouble.filter((line) => line.startsWith('cases '))).toEqual([
      'cases renamed: 1 wait, and no staff sees them',
      'cases records-of-before: 1 wait, and no staff sees them',
    ])
    for (const { id } of made) for (const kind of ['smp', 'case'] as const) await store.transfers(kind).remove(id)
    expect((await healthOf(under)).unseen).toEqual([])
  })

  it('tells how many days are left to a certificate whose end is near, whosever it is', async () => {
    const { status, trouble, certificates } = await healthOf(under)
    expect(certificates[0]).toMatchObject({ use: 'registry', name: 'Ends Soon', daysLeft: 12 })
    expect([status, trouble]).toEqual(['trouble', ['certificate registry Ends Soon: 12 days left']])
    const days = await samplesOf(under, 'emrex_certificate_days_left')
    expect(days.get('use="registry",name="Ends Soon"')).toBe(12)
    under.putForward(320 * day)
    const later = await healthOf(under)
    for (const { entry } of under.town.gateway.ncps)
      expect(later.trouble.filter((line) => line.startsWith(`certificate signing ${entry.id}: 4`))).toHaveLength(1)
    expect(later.trouble).toContain('registry: a list is too old')
    under.putForward(-320 * day)
  })

  it('measures the certificate of a system by its own end, and not by that of the authority beside it', async () => {
    const { rollover } = under.town.gateway.operations
    const endsAt = (days: number) => new Date(under.now().getTime() + (days + 0.5) * 86_400_000).toISOString()
    const ends = [3650, 5].map((days) => ({ what: 'system records', endsAt: endsAt(days) }))
    const files = jest.spyOn(rollover, 'certificates', 'get').mockReturnValue(ends)
    const days = await samplesOf(under, 'emrex_certificate_days_left')
    files.mockRestore()
    expect(days.get('use="system",name="system records"')).toBe(5)
  })

  it('names a system that does not answer, by asking it and by those who ask it', async () => {
    const { systemWatch } = under.town.gateway.operations
    for (let question = 0; question < 3; question++) systemWatch.heard('solvik', false)
    expect((await healthOf(under)).trouble).toContain('system solvik')
    systemWatch.heard('solvik', true)
    expect((await healthOf(under)).trouble).not.toContain('system solvik')
    // A good look ends it too, and it comes when it would have come: here the last one was just now.
    under.putForward(6)
    await systemWatch.refresh()
    for (let question = 0; question < 3; question++) systemWatch.heard('solvik', false)
    under.putForward(4)
    await systemWatch.refresh()
    expect((await healthOf(under)).trouble).toContain('system solvik')
    under.putForward(2)
    await systemWatch.refresh()
    expect((await healthOf(under)).trouble).not.toContain('system solvik')
    await under.atUniversity('solvik', (knex) => knex.raw('drop view emrex_person'))
    under.putForward(6)
    await systemWatch.refresh()
    const health = await healthOf(under)
    expect(health.trouble).toContain('system solvik')
    expect(health.systems.find(({ id }) => id === 'solvik')?.findings.join('')).not.toBe('')
    expect((await samplesOf(under, 'emrex_system_up')).get('system="solvik"')).toBe(0)
    expect(health.ready).toBe(true)
  })

  it('names an NCP whose answers cannot be used, three in a row, and takes it back after a good one', async () => {
    const broken = async () => {
      const asked = await under.ask(story)
      await under.answer(asked, { elmo: Buffer.from('no document').toString('base64') })
      await asked.browser.open(asked.hub)
    }
    await broken()
    await broken()
    expect((await healthOf(under)).ncps).toEqual([])
    await broken()
    const [ncp] = (await healthOf(under)).ncps
    expect(ncp?.inARow).toBe(3)
    expect((await healthOf(under)).trouble).toContain(`ncp ${ncp?.ncp}: 3 transfers in a row`)
    await carry(under)
    expect((await healthOf(under)).ncps).toEqual([])
  })

  it('takes nothing back, and holds nothing against an NCP, for who stops before its answer and for mistakes of ours', () => {
    const { ncpWatch } = under.town.gateway.operations
    const ends = (before: 'asked' | 'answered', code: ReasonCode) => {
      const from = { state: before, ncp: { name: 'Far Away' } }
      ncpWatch.moved(from, { state: 'ended', code } as AnyState)
      return ncpWatch.inTrouble.find(({ ncp }) => ncp === 'Far Away')?.inARow
    }
    for (let times = 0; times < 2; times++) expect(ends('answered', 'CERT_UNKNOWN')).toBeUndefined()
    expect(ends('answered', 'INTERNAL')).toBeUndefined()
    expect(ends('asked', 'USER_CANCEL')).toBeUndefined()
    expect(ends('answered', 'CERT_UNKNOWN')).toBe(3)
    expect(ends('answered', 'USER_CANCEL')).toBeUndefined()
  })

  it('holds nothing about a person', async () => {
    expect(canariesIn((await atDoor(under, '/health')).text)).toEqual([])
  })

  it('names keys that were changed and cannot be used', async () => {
    writeFileSync(join(under.town.folder, 'poland.pem'), 'no certificate')
    await under.town.gateway.operations.rollover.check()
    const { trouble, keys } = await healthOf(under)
    expect(trouble).toContain('keys ncp poland')
    // The university at home signs its receipts with the same files.
    expect(keys.refused.map(({ what }) => what)).toEqual(['ncp poland', 'smp zielonobrzeg'])
    expect((await samplesOf(under, 'emrex_keys_refused')).get('what="ncp poland"')).toBe(1)
    rmSync(join(under.town.folder, 'poland.pem'))
  })
})

describeWith(describe, 'postgresql', 'readiness and a database that goes away', () => {
  let server: DatabaseServer
  let relay: Relay
  let under: TownUnderTest
  beforeAll(async () => {
    server = await startPostgres()
    relay = await Relay.start(server.port)
    const url = new URL(await freshDatabase(server))
    url.port = String(relay.port)
    under = await townWithOperations({ change: (settings) => ({ ...settings, database: { url: url.href } }) })
  })
  afterAll(async () => {
    await under?.stop()
    await relay.close()
    await server.close()
  })

  it.each(['cut', 'die'] as const)(
    'is false within 5 s, while the process says that it lives, and true again (%s)',
    async (fault) => {
      const places = [
        (path: string) => fetch(new URL(path, under.town.smpUrl('nordfjord'))).then(({ status }) => status),
        (path: string) => atDoor(under, path).then(({ status }) => status),
      ]
      for (const at of places) expect([await at('/health/ready'), await at('/health/live')]).toEqual([200, 200])
      relay[fault]()
      const begun = performance.now()
      for (const at of places) expect([await at('/health/ready'), await at('/health/live')]).toEqual([503, 200])
      // Two places were asked, one after the other.
      expect(performance.now() - begun).toBeLessThan(2 * 5000)
      expect(await healthOf(under)).toMatchObject({
        status: 'not ready',
        trouble: expect.arrayContaining(['store: no answer']) as string[],
      })
      relay.mend()
      for (const at of places) await until(async () => (await at('/health/ready')) === 200)
    },
  )
})
