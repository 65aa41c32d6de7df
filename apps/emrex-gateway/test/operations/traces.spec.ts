import { until } from '@emrex-gateway/testing'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { canariesIn } from '../personal-canaries.js'
import { storyOf, type TownUnderTest } from '../town-under-test.js'
import { samplesOf, sumOf, townWithOperations } from './town-with-operations.js'
import { TraceCollector, type SeenSpan } from './trace-collector.js'

jest.setTimeout(120_000)

describe('traces', () => {
  let collector: TraceCollector
  let under: TownUnderTest
  beforeAll(async () => {
    collector = await TraceCollector.start()
    under = await townWithOperations({ operations: { traces: { endpoint: collector.endpoint } } })
  })
  afterAll(async () => {
    await under.stop()
    await collector.close()
  })
  const named = (name: string): SeenSpan[] => collector.spans.filter((span) => span.name === name)

  it('have a span for each request by its route, for each question to a system, the registry and the delivery', async () => {
    const story = storyOf('ordinary')
    await carryStory(story, under.town.smpUrl(story.home))
    await until(() => named('sis submit').length > 0 && named('GET /smp/:entry/transfers/:transfer').length > 1)
    const [hub] = named('GET /smp/:entry/transfers/:transfer')
    expect(hub?.attributes).toMatchObject({
      'http.route': '/smp/:entry/transfers/:transfer',
      'http.response.status_code': 200,
    })
    expect(named('sis reports')[0]?.attributes).toEqual({ 'emrex.system': 'zielonobrzeg' })
    expect(named('sis submit')[0]?.attributes).toEqual({ 'emrex.system': 'nordfjord' })
    expect(named('registry fetch').length).toBeGreaterThan(0)
    // A question that a request asked hangs below it.
    const [find] = named('sis find')
    const parent = collector.spans.find(({ spanId }) => spanId === find?.parentSpanId)
    expect([parent?.traceId, parent?.attributes['http.route']]).toEqual([
      find?.traceId,
      expect.stringMatching(/^\/ncp\/:entry/),
    ])
  })

  it('hold nothing about a person, and no reference to a transfer', () => {
    const all = collector.bodies.join('\n')
    expect(canariesIn(all)).toEqual([])
    const references = under.lines.flatMap((line) => (JSON.parse(line) as { reference?: string }).reference ?? [])
    expect(references.filter((reference) => all.includes(reference))).toEqual([])
  })

  it('believe nothing that a request says about traces of others', async () => {
    const stranger = '0af7651916cd43dd8448eb211c80319c'
    const before = collector.spans.length
    await fetch(under.town.smpUrl('nordfjord'), { headers: { traceparent: `00-${stranger}-b7ad6b7169203331-01` } })
    await until(() => collector.spans.length > before)
    expect(collector.spans.some(({ traceId }) => traceId === stranger)).toBe(false)
  })

  it.each(['refuses', 'hangs'] as const)('disturb no transfer when the collector %s', async (mood) => {
    collector.mood = mood
    const failures = async () => sumOf(await samplesOf(under, 'emrex_trace_export_failures_total'))
    const before = await failures()
    const story = storyOf('ordinary')
    const browser = await carryStory(story, under.town.smpUrl(story.home))
    expect(browser.page.status).toBe(200)
    expect(browser.page.url).toContain('/transfers/')
    await until(async () => (await failures()) > before)
    expect(await failures()).toBeGreaterThan(before)
    collector.mood = 'well'
  })
})
