// How many transfers a machine carries; README.md says how this is measured.
import { setTimeout as wait } from 'node:timers/promises'
import { postgresUrl, runsWith, startPostgres } from '@emrex-gateway/testing'
import { mebibytes, percentile, verdict } from './figures.mjs'
import { postgresCpuMs } from './load/postgres-cpu.mjs'
import { startLoadTown } from './load/start-load-town.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

const seconds = Number(process.env['EMREX_BENCH_SECONDS'] ?? 20)
const studentsAtOnce = 12
const pacePerSecond = 25
const warmUp = 60

/** @typedef {import('./load/start-load-town.mjs').LoadTown} LoadTown */

/**
 * @param {LoadTown} town
 * @param {() => number} databaseMs
 * @param {() => Promise<number>} work gives how many transfers it carried
 */
async function measure(town, databaseMs, work) {
  const cpu = async () => {
    const usages = await town.usage()
    const own = process.cpuUsage()
    return {
      gateway: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      database: databaseMs(),
      students: (own.user + own.system) / 1000,
      usages,
    }
  }
  const before = await cpu()
  const began = performance.now()
  const transfers = await work()
  const elapsed = performance.now() - began
  const after = await cpu()
  /** Of a transfer, with all its requests, at whichever instance. @type {Map<string, number>} */
  const sums = new Map()
  for (const { times } of after.usages)
    for (const [transfer, { milliseconds }] of Object.entries(times))
      sums.set(transfer, (sums.get(transfer) ?? 0) + milliseconds)
  return {
    perSecond: (transfers * 1000) / elapsed,
    transferMs: [...sums.values()],
    requestMs: after.usages.flatMap(({ requestMs }) => requestMs),
    // Of one core.
    shares: /** @type {const} */ (['gateway', 'database', 'students']).map(
      (who) => (after[who] - before[who]) / elapsed,
    ),
    cpuMs: (after.gateway - before.gateway) / transfers,
    peak: after.usages.map(({ peakBytes }) => mebibytes(peakBytes)).join(', '),
  }
}

/** So many students, each with one transfer after the other. @param {LoadTown} town */
async function asFastAsItGoes(town) {
  const end = performance.now() + seconds * 1000
  let transfers = 0
  const student = async () => {
    for (; performance.now() < end; transfers++) await town.carry()
  }
  await Promise.all(Array.from({ length: studentsAtOnce }, student))
  return transfers
}

/** One begins at every beat, however many are under way. @param {LoadTown} town @param {number} perSecond */
async function paced(town, perSecond) {
  /** @type {Promise<void>[]} */
  const all = []
  const began = performance.now()
  while (all.length < perSecond * seconds) {
    const carried = town.carry()
    // Waited for below, together.
    carried.catch(() => {})
    all.push(carried)
    await wait(Math.max(0, began + (all.length * 1000) / perSecond - performance.now()))
  }
  await Promise.all(all)
  return all.length
}

const three = (/** @type {readonly number[]} */ values) =>
  [0.5, 0.95, 0.99].map((part) => percentile(values, part).toFixed(0)).join(' / ')
const percent = (/** @type {readonly number[]} */ shares) =>
  shares.map((share) => `${Math.round(share * 100)}`).join(' / ')

/** @type {string[][]} */
const fast = []
/** @type {string[][]} */
const even = []

/** @param {string} name @param {Parameters<typeof startLoadTown>[0]} plan @param {() => number} databaseMs */
async function load(name, plan, databaseMs) {
  const town = await startLoadTown(plan)
  try {
    const named = `${name}, ${plan.transcript ? 'with' : 'without'} transcript`
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let count = 0; count < warmUp / 4; count++) await town.carry()
      }),
    )
    await town.usage()
    const most = await measure(town, databaseMs, () => asFastAsItGoes(town))
    fast.push([
      named,
      most.perSecond.toFixed(1),
      verdict(most.perSecond >= 50, '≥ 50'),
      three(most.transferMs),
      most.cpuMs.toFixed(1),
      percent(most.shares),
      most.peak,
    ])
    // What is carried in excess of what goes would only measure how long the queue has become.
    const pace = Math.min(pacePerSecond, Math.floor(most.perSecond * 0.6))
    const at = await measure(town, databaseMs, () => paced(town, pace))
    const p95 = percentile(at.transferMs, 0.95)
    even.push([
      named,
      String(pace),
      three(at.transferMs),
      verdict(p95 < 100 && pace === pacePerSecond, '< 100'),
      three(at.requestMs),
      at.cpuMs.toFixed(1),
      percent(at.shares),
    ])
  } finally {
    await town.stop()
  }
}

console.log(machine())
const none = () => 0
for (const transcript of [true, false]) {
  await load('SQLite, one process', { transcript }, none)
  if (!runsWith('postgresql', 'load on PostgreSQL')) continue
  for (const count of [1, 2]) {
    const server = await startPostgres({ durable: true })
    try {
      const url = postgresUrl(server)
      await load(`PostgreSQL, ${count === 1 ? 'one process' : 'two processes'}`, { url, count, transcript }, () =>
        postgresCpuMs(server.folder),
      )
    } finally {
      await server.close()
    }
  }
}
console.log(
  `whole transfers, both roles, HTTP on loopback, ${seconds} s each, after ${warmUp} to warm up; shares are percent of one core: gateway / database / students; times in ms: p50 / p95 / p99`,
)
console.log(`\nas fast as it goes: ${studentsAtOnce} students, each with one transfer after the other`)
printTable(['', 'a second', 'target', 'gateway time of a transfer', 'CPU of one, ms', 'shares', 'peak memory'], fast)
console.log(`\none begins at every beat`)
printTable(
  ['', 'a second', 'gateway time of a transfer', 'target of p95', 'of a request', 'CPU of one, ms', 'shares'],
  even,
)
