// Whole transfers through both roles; README.md says how this is measured.
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { medianOf, mebibytes, percentile } from './figures.mjs'
import { benchStories, fillRecords } from './fill-records.mjs'
import { machine } from './machine.mjs'
import { carryNumbered } from './number-transfers.mjs'
import { startGatewayProcess } from './start-gateway-process.mjs'

const rounds = Number(process.env['EMREX_BENCH_ROUNDS'] ?? 5)
/** Transfers of each student in a round. */
const perStudent = Number(process.env['EMREX_BENCH_TRANSFERS'] ?? 10)

const gateway = await startGatewayProcess(fillRecords)
/** @param {import('@emrex-gateway/town').Story} story */
const carry = (story) => carryNumbered(story, `${gateway.origin}/smp/${story.home}`)

/**
 * Every student carries so many transfers, one after the other; so many students do it at the same time.
 *
 * @param {number} atATime
 */
async function round(atATime) {
  const before = await gateway.usage()
  const began = performance.now()
  const waiting = [...benchStories]
  const work = async () => {
    for (let story = waiting.shift(); story !== undefined; story = waiting.shift())
      for (let count = 0; count < perStudent; count++) await carry(story)
  }
  await Promise.all(Array.from({ length: atATime }, work))
  const seconds = (performance.now() - began) / 1000
  const { cpuMs, times } = await gateway.usage()
  const measured = Object.values(times)
  const transfers = benchStories.length * perStudent
  if (measured.length !== transfers) throw new Error(`${measured.length} transfers were measured, not ${transfers}`)
  const milliseconds = measured.map((one) => one.milliseconds)
  return {
    perSecond: transfers / seconds,
    p50: percentile(milliseconds, 0.5),
    p95: percentile(milliseconds, 0.95),
    cpu: (cpuMs - before.cpuMs) / transfers,
    requests: measured.reduce((sum, { requests }) => sum + requests, 0) / transfers,
  }
}

/** The sizes of the signed documents, as they lie in the student systems at home. */
async function documentBytes() {
  const sizes = []
  for (const { home } of benchStories) {
    const knex = openSqlite({ file: join(gateway.folder, `${home}.sqlite`), readOnly: true })
    for (const { bytes } of await knex('emrex_import').select(knex.raw('length(elmo_xml) as bytes'))) sizes.push(bytes)
    await knex.destroy()
  }
  return sizes
}

try {
  console.log(machine())
  const idle = await gateway.usage()
  await round(benchStories.length)
  const modes = [1, benchStories.length]
  /** @type {Awaited<ReturnType<typeof round>>[][]} */
  const results = modes.map(() => [])
  for (let count = 0; count < rounds; count++)
    for (const [index, atATime] of modes.entries()) results[index]?.push(await round(atATime))

  const sizes = await documentBytes()
  const kilobytes = (/** @type {number} */ part) => (percentile(sizes, part) / 1000).toFixed(1)
  console.log(
    `whole transfers, both roles in one process, HTTP on loopback; signed document ${kilobytes(0.5)} KB (${kilobytes(0)}–${kilobytes(1)})`,
  )
  console.log(
    `${rounds} round(s) of ${benchStories.length * perStudent} transfers each way, after a warm-up of one round; medians of the rounds (lowest–highest)`,
  )
  const row = (/** @type {string[]} */ ...cells) =>
    console.log(
      cells
        .map((cell) => cell.padEnd(30))
        .join('')
        .trimEnd(),
    )
  row('', ...modes.map((atATime) => (atATime === 1 ? 'one student at a time' : `${atATime} students at a time`)))
  /** @type {(name: string, key: keyof typeof results[0][0]) => void} */
  const figures = (name, key) => row(name, ...results.map((all) => medianOf(all.map((one) => one[key]))))
  figures('transfers per second', 'perSecond')
  figures('gateway time p50, ms', 'p50')
  figures('gateway time p95, ms', 'p95')
  figures('CPU per transfer, ms', 'cpu')
  figures('requests per transfer', 'requests')
  const { peakBytes } = await gateway.usage()
  console.log(`peak memory ${mebibytes(peakBytes)} (idle before the first transfer: ${mebibytes(idle.rssBytes)})`)
  console.log(
    'gateway time: from the arrival of a request to the end of its answer, in the process of the gateway, summed over all requests of a transfer; the students are a second process. CPU per transfer also has what no request waits for: the delivery to the SIS.',
  )
} finally {
  await gateway.stop()
}
