import { carryStory, stories } from '@emrex-gateway/town'
import { reasons } from '@emrex-gateway/core'
import { canariesIn } from '../personal-canaries.js'
import type { TownUnderTest } from '../town-under-test.js'
import { storyOf } from '../town-under-test.js'
import { atDoor, samplesOf, sumOf, townWithOperations } from './town-with-operations.js'

let under: TownUnderTest
beforeAll(async () => {
  under = await townWithOperations()
}, 180_000)
afterAll(() => under.stop(), 60_000)

const carried = ['ordinary', 'cancelled', 'no-results', 'too-little'].map(storyOf)

describe('/metrics', () => {
  it('counts each transfer by entry, state and code, and what was asked on its way', async () => {
    for (const story of carried) await carryStory(story, under.town.smpUrl(story.home))
    const transfers = await samplesOf(under, 'emrex_transfers_total')
    for (const { home, ncp, expected } of carried) {
      const same = carried.filter((story) => story.home === home && story.expected.smp === expected.smp).length
      const state = expected.smp === 'COMPLETED' ? 'delivered' : 'ended'
      expect(transfers.get(`role="smp",entry="${home}",state="${state}",code="${expected.smp}"`)).toBe(same)
      if (expected.ncp === 'COMPLETED')
        expect(transfers.get(`role="ncp",entry="${ncp}",state="sent",code="COMPLETED"`)).toBe(1)
    }
    expect(sumOf(transfers, 'state="started"')).toBe(carried.length)
    const steps = await samplesOf(under, 'emrex_transfer_step_seconds_count')
    expect(sumOf(steps, 'state="decided"')).toBe(1)
    expect(sumOf(await samplesOf(under, 'emrex_logins_total'), 'outcome="ok"')).toBeGreaterThanOrEqual(carried.length)
    const questions = await samplesOf(under, 'emrex_sis_questions_total')
    expect(questions.get('system="nordfjord",question="submit",outcome="ok"')).toBe(1)
    expect(questions.get('system="zielonobrzeg",question="reports",outcome="ok"')).toBe(1)
    expect(sumOf(await samplesOf(under, 'emrex_sis_question_seconds_count'))).toBe(sumOf(questions))
    expect(sumOf(await samplesOf(under, 'emrex_ncp_answers_total'), 'outcome="verified"')).toBe(1)
  }, 60_000)

  it('tells routes by their template and never by their path', async () => {
    await fetch(`${under.town.smpUrl('nordfjord')}/there-is-no-such-page`)
    await fetch(new URL('/wp-login.php?user=nobody', under.town.smpUrl('nordfjord')), { method: 'PROPFIND' })
    const labels = [...(await samplesOf(under, 'emrex_http_requests_total')).keys()]
    const routes = new Set(labels.map((label) => /route="([^"]*)"/.exec(label)?.[1]))
    expect(routes).toContain('/smp/:entry/transfers/:transfer')
    expect(routes).toContain('none')
    expect(
      [...routes].filter((route) => !/^(none|(\/(:?[a-z-]+|\*[a-z]+))+|\/ncp\/:entry|\/smp\/:entry)$/.test(route!)),
    ).toEqual([])
    expect(labels.some((label) => label.includes('method="other"'))).toBe(true)
    expect(labels.filter((label) => /wp-login|nobody|there-is-no/.test(label))).toEqual([])
  })

  it('holds nothing about a person, and no label whose values have no end', async () => {
    const { text } = await atDoor(under, '/metrics')
    expect(canariesIn(text)).toEqual([])
    const ids = under.lines.flatMap((line) => (JSON.parse(line) as { reference?: string }).reference ?? [])
    expect(ids.length).toBeGreaterThan(0)
    expect(ids.filter((id) => text.includes(id))).toEqual([])
    const codes = new Set([...text.matchAll(/code="([^"]*)"/g)].map(([, code]) => code))
    expect([...codes].filter((code) => code !== '' && !Object.hasOwn(reasons, code!))).toEqual([])
    const ended = (await samplesOf(under, 'emrex_transfers_total')).size
    const again = stories.find(({ id }) => id === 'ordinary')!
    await carryStory(again, under.town.smpUrl(again.home))
    expect((await samplesOf(under, 'emrex_transfers_total')).size).toBe(ended)
  }, 60_000)

  it('tells deliveries, certificates, the registry, logins and the process', async () => {
    const days = await samplesOf(under, 'emrex_certificate_days_left')
    for (const { entry } of under.town.gateway.ncps)
      expect(days.get(`use="signing",name="${entry.id}"`)).toBeGreaterThan(300)
    expect([...(await samplesOf(under, 'emrex_deliveries'))]).toContainEqual(['entry="nordfjord",state="dead"', 0])
    expect((await samplesOf(under, 'emrex_registry_entries')).get('')).toBeGreaterThan(2)
    expect((await samplesOf(under, 'emrex_registry_age_seconds')).get('')).toBeLessThan(600)
    expect(sumOf(await samplesOf(under, 'emrex_login_up'))).toBe(under.town.gateway.logins.size)
    expect((await samplesOf(under, 'emrex_ready')).get('')).toBe(1)
    expect((await samplesOf(under, 'nodejs_eventloop_lag_seconds')).size).toBe(1)
    expect((await samplesOf(under, 'process_resident_memory_bytes')).get('')).toBeGreaterThan(1_000_000)
  })

  it('is not to be had from the address of the visitors, nor anything else at the door', async () => {
    expect((await fetch(new URL('/metrics', under.town.smpUrl('nordfjord')))).status).toBe(404)
    expect((await fetch(new URL('/health', under.town.smpUrl('nordfjord')))).status).toBe(404)
    expect((await atDoor(under, '/smp/nordfjord')).status).toBe(404)
  })

  it('survives a path that is no address', async () => {
    expect((await atDoor(under, '//')).status).toBe(404)
    expect((await atDoor(under, '/metrics?of=everything')).status).toBe(200)
  })
})
