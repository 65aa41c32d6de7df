import { readFileSync } from 'node:fs'
import {
  defaults,
  SisError,
  type ReasonCode,
  type SisConnection,
  type SisErrorKind,
  type TransferKind,
} from '@emrex-gateway/core'
import { parse } from 'yaml'
import { observedSystem } from '../../src/operations/observed-system.js'
import { noTracing } from '../../src/operations/tracing.js'
import { TownUnderTest } from '../town-under-test.js'
import { atDoor, healthOf, samplesOf, townWithOperations } from './town-with-operations.js'

const page = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')
const text = page('observability.md')
const section = (title: string) => text.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!
const firstCells = (part: string) => [...part.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell!)

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
}
const rules = (parse(page('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)

describe('docs/observability.md and docs/alerts.yaml', () => {
  let under: TownUnderTest
  let metrics: string
  beforeAll(async () => {
    under = await townWithOperations()
    metrics = (await atDoor(under, '/metrics')).text
  }, 120_000)
  afterAll(() => under.stop(), 60_000)
  const named = () =>
    [...metrics.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => ({ name: name!, type: type! }))

  it('name every metric of ours, and none that does not exist', () => {
    const ours = named()
      .map(({ name }) => name)
      .filter((name) => name.startsWith('emrex_'))
    expect(firstCells(section('Metrics')).sort()).toEqual(ours.sort())
  })

  it('have the labels of each metric', () => {
    const registered = under.town.gateway.operations.metrics.registry
    for (const line of section('Metrics').matchAll(/^\| `(emrex_\w+)` +\|([^|]*)\|/gm)) {
      const metric = registered.getSingleMetric(line[1]!) as unknown as { labelNames: string[] }
      expect([line[1], [...line[2]!.matchAll(/`(\w+)`/g)].map(([, label]) => label)]).toEqual([
        line[1],
        metric.labelNames,
      ])
    }
  })

  it('have every role that a metric can have', async () => {
    const told = /`role` is ([^.]*)\./.exec(section('Metrics').replace(/\s+/g, ' '))![1]!
    // One that is missing here does not compile.
    const roles: Record<TransferKind, true> = {
      ncp: true,
      smp: true,
      staff: true,
      case: true,
      history: true,
      request: true,
    }
    for (const role of Object.keys(roles) as TransferKind[]) {
      const state = { state: 'kept' }
      await under.town.gateway.store
        .transfers(role)
        .create({ entry: 'poland', state, browser: '', expiresAt: Date.now() })
    }
    const labels = [...(await samplesOf(under, 'emrex_transfers_total')).keys()].join('\n')
    const counted = new Set([...labels.matchAll(/role="(\w+)"/g)].map(([, role]) => role))
    expect([...told.matchAll(/`(\w+)`/g)].map(([, role]) => role).sort()).toEqual([...counted].sort())
  })

  it('use in each alert only metrics that exist, and say of each what to do', () => {
    const known = new Set(
      named().flatMap(({ name, type }) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    )
    for (const { alert, expr } of rules) {
      const used = [...expr.matchAll(/\b(?:emrex|process|nodejs)_[a-z_]+/g)].map(([metric]) => metric)
      expect([alert, used.length > 0]).toEqual([alert, true])
      expect([alert, used.filter((metric) => !known.has(metric))]).toEqual([alert, []])
      // A label in an expression that the metric does not have would never fire.
      for (const [, metric, matchers] of expr.matchAll(/\b((?:emrex)_[a-z_]+)\{([^}]*)\}/g)) {
        const single = under.town.gateway.operations.metrics.registry.getSingleMetric(metric!.replace(/_bucket$/, ''))
        const { labelNames } = single as unknown as { labelNames: string[] }
        for (const [, label] of matchers!.matchAll(/(\w+)(?:=|!=|=~|!~)"/g))
          expect([alert, labelNames]).toEqual([alert, expect.arrayContaining([label])])
      }
    }
    const told = [...section('Alarms').matchAll(/^### (\S+)\n\n\S/gm)].map(([, alert]) => alert)
    expect(told).toEqual(rules.map(({ alert }) => alert))
  })

  it('have every field of the health, and no other', async () => {
    const fields = new Set([...Object.keys(await healthOf(under)), 'retention'])
    expect(firstCells(section('Health')).sort()).toEqual([...fields].sort())
  })

  it('have an alert for deliveries that wait, which one that fails again and again keeps up', async () => {
    const { store } = under.town.gateway
    await under.town.background.stop()
    const { expr } = rules.find(({ alert }) => alert === 'EmrexDeliveriesLate')!
    const [, metric, , states = ''] = /(emrex_\w+)(\{state=~"([^"]*)"\})?/.exec(expr)!
    const most = Number(/ > (\d+)$/.exec(expr)![1])
    /** Whether a scrape at this moment keeps it up. */
    const isUp = async () => {
      const own = [...(await samplesOf(under, metric!))].filter(([labels]) => labels.includes('entry="nordfjord"'))
      const wanted = own.filter(([labels]) => new RegExp(`state="(${states})"`).test(labels) || states === '')
      return wanted.reduce((sum, [, value]) => sum + value, 0) > most
    }
    const expiresAt = under.now().getTime() + 86_400_000
    const decided = { entry: 'nordfjord', state: { state: 'decided' }, browser: '', expiresAt }
    const queue = 'deliver:nordfjord'
    await store.transfers('smp').create(decided, { jobs: [{ queue, key: 'one', payload: null }] })
    const seen: boolean[] = []
    for (let tries = 0; tries < 4; tries++) {
      const [job] = await store.jobs.claim(queue, { owner: 'test', leaseSeconds: 60, limit: 1 })
      if (tries > 0) seen.push(await isUp())
      await store.jobs.fail(job!, { code: 'SIS_DOWN', retryAt: under.now().getTime() + 20 * 60_000 })
      if (tries > 0) seen.push(await isUp())
      under.putForward(20)
    }
    expect(new Set(seen)).toEqual(new Set([true]))
    const [job] = await store.jobs.claim(queue, { owner: 'test', leaseSeconds: 60, limit: 1 })
    await store.jobs.done(job!)
    expect(await isUp()).toBe(false)
  })

  it('count as a failing question what the health of a system counts so', async () => {
    const { expr } = rules.find(({ alert }) => alert === 'EmrexSystemFailing')!
    const { metrics } = under.town.gateway.operations
    // One that is missing here does not compile.
    const kinds: Record<SisErrorKind, true> = {
      ...{ credential: true, forbidden: true, expired: true, 'unknown-person': true, ambiguous: true, refused: true },
      ...{ 'rate-limited': true, unavailable: true, timeout: true, 'bad-data': true, unsupported: true },
    }
    const failing = ['broken']
    for (const kind of Object.keys(kinds) as SisErrorKind[]) {
      const find = () => Promise.reject(new SisError(kind, 'as asked for', { connection: 'fails' }))
      const heard = (_: string, works: boolean) => works || failing.push(kind)
      const system = { id: 'fails', source: { find }, check: () => {}, close: () => {} } as unknown as SisConnection
      const observed = observedSystem(system, { metrics, tracing: noTracing, heard })
      await expect(observed.source!.find({} as never, {} as never)).rejects.toMatchObject({ kind })
    }
    expect(/outcome=~"([^"]*)"/.exec(expr)![1]!.split('|').sort()).toEqual(failing.sort())
  })

  it('wake nobody for the certificate of another NCP, whose documents are taken after its end, and tell of it by day', () => {
    const uses = ['signing', 'receipts', 'system', 'registry']
    const told = rules.flatMap(({ alert, expr, labels }) =>
      [...expr.matchAll(/emrex_certificate_days_left\{use(=|!=|!~)"([^"]*)"\}/g)].flatMap(([, is, pattern]) =>
        uses
          .filter((use) => new RegExp(`^(${pattern})$`).test(use) === (is === '='))
          .map((use) => `${alert} ${labels.severity} ${use}`),
      ),
    )
    expect(told.filter((line) => line.endsWith(' registry'))).toEqual(['EmrexNcpCertificateOver ticket registry'])
    expect(told.filter((line) => line.includes(' page '))).toEqual([
      'EmrexCertificateOver page signing',
      'EmrexCertificateOver page system',
    ])
  })

  it('ask for a zero of what has no series before it first happens', () => {
    const labelled = (metric: string) => {
      const single = under.town.gateway.operations.metrics.registry.getSingleMetric(metric)
      const { labelNames, type } = single as unknown as { labelNames: string[]; type: string }
      return type === 'counter' && labelNames.length > 0
    }
    const asked = rules.flatMap(({ alert, expr }) =>
      [...expr.matchAll(/(emrex_\w+)[^=]*== 0/g)].flatMap(([part, metric]) =>
        labelled(metric!) ? [{ alert, part }] : [],
      ),
    )
    expect(asked.map(({ alert }) => alert)).toEqual(['EmrexRetentionStopped'])
    for (const { part } of asked) expect(part).toContain('or vector(0)')
  })

  it('call a transfer failed by us at once, and no document of another', async () => {
    const { expr } = rules.find(({ alert }) => alert === 'EmrexTransfersFail')!
    const failed = [...expr.matchAll(/emrex_transfers_total\{([^}]*code[^}]*)\}/g)].map(([, matchers]) => matchers!)
    /** How many transfers count as failed by us. */
    const counted = async () => {
      const samples = await samplesOf(under, 'emrex_transfers_total')
      const isWanted = (labels: string) =>
        failed.some((matchers) =>
          [...matchers.matchAll(/(\w+)=~?"([^"]*)"/g)].every(([, label, values]) =>
            new RegExp(`${label}="(${values})"`).test(labels),
          ),
        )
      return [...samples].reduce((sum, [labels, value]) => (isWanted(labels) ? sum + value : sum), 0)
    }
    const end = async (role: 'ncp' | 'smp', before: string, state: { state: string; code: ReasonCode }) => {
      const transfers = under.town.gateway.store.transfers(role)
      const expiresAt = under.now().getTime() + 86_400_000
      await transfers.save(
        await transfers.create({ entry: 'poland', state: { state: before }, browser: '', expiresAt }),
        { state },
      )
      return counted()
    }
    expect(await end('smp', 'answered', { state: 'ended', code: 'DOC_SCHEMA' })).toBe(0)
    expect(await end('ncp', 'previewed', { state: 'answering', code: 'DOC_SCHEMA' })).toBe(1)
    expect(await end('ncp', 'identified', { state: 'answering', code: 'SIS_DOWN' })).toBe(2)
    expect(await end('smp', 'decided', { state: 'ended', code: 'SIS_DOWN' })).toBe(3)
  })

  it('tell the limits as they are', () => {
    const limits = section('Limits').replace(/,(\d{3})/g, '$1')
    for (const part of [
      `${defaults.limitStartsPerAddress} in ${defaults.limitWindowSeconds / 60} min`,
      `${defaults.limitLoginsPerAddress} in ${defaults.limitWindowSeconds / 60} min`,
      `${defaults.limitStartsPerEntry} in ${defaults.limitWindowSeconds / 60} min`,
      `${defaults.limitCallsPerKey} in ${defaults.limitWindowSeconds / 60} min`,
      `${defaults.busyRequests} `,
      `${3 * defaults.busyRequests} `,
      `${defaults.busyLagMilliseconds} ms`,
      `${defaults.requestHeadersTimeoutSeconds} s`,
      `${defaults.slowBodyMinBytes / 1024} KiB in ${defaults.slowBodySeconds} s`,
    ])
      expect(limits).toContain(`| ${part}`)
  })
})
