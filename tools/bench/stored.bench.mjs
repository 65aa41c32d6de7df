// Whether a transfer costs more when many are stored; README.md says how this is measured.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openPostgres } from '@emrex-gateway/store'
import { postgresUrl, runsWith, startPostgres } from '@emrex-gateway/testing'
import { medianOf, percentile, verdict } from './figures.mjs'
import { fillStore } from './load/fill-store.mjs'
import { postgresCpuMs } from './load/postgres-cpu.mjs'
import { startLoadTown } from './load/start-load-town.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

const rounds = Number(process.env['EMREX_BENCH_ROUNDS'] ?? 9)
const many = Number(process.env['EMREX_BENCH_STORED'] ?? 1_000_000)
const few = 1000
/** Transfers in a turn, one after the other. */
const inTurn = 12

/**
 * @param {string} name
 * @param {() => Promise<string | undefined>} makeDatabase gives its address; SQLite has none
 * @param {() => number} databaseMs
 */
async function compare(name, makeDatabase, databaseMs) {
  /** @type {Awaited<ReturnType<typeof startLoadTown>>[]} */
  const towns = []
  try {
    for (const stored of [few, many]) {
      const url = await makeDatabase()
      const town = await startLoadTown({ transcript: false, ...(url === undefined ? {} : { url }) })
      towns.push(town)
      for (let count = 0; count < 8; count++) await town.carry()
      const where = url === undefined ? { file: join(town.folder, 'gateway.sqlite') } : { url }
      await town.apart(async () => {
        const rows = await fillStore(where, stored)
        console.log(
          `${name}: ${Object.entries(rows)
            .map(([table, count]) => `${count} ${table}`)
            .join(', ')}`,
        )
      })
      for (let count = 0; count < 40; count++) await town.carry()
    }
    /** @typedef {{ cpu: number, time: number }} Figures @type {Figures[][]} */
    const figures = [[], []]
    for (let round = 0; round < rounds; round++)
      for (const [index, town] of towns.entries()) {
        const [before] = await town.usage()
        const databaseBefore = databaseMs()
        for (let count = 0; count < inTurn; count++) await town.carry()
        const [after] = await town.usage()
        if (before === undefined || after === undefined) throw new Error('there is no instance')
        figures[index]?.push({
          cpu: (after.cpuMs - before.cpuMs + databaseMs() - databaseBefore) / inTurn,
          time: percentile(
            Object.values(after.times).map(({ milliseconds }) => milliseconds),
            0.5,
          ),
        })
      }
    const of = (/** @type {keyof Figures} */ key) => {
      const [withFew = [], withMany = []] = figures.map((all) => all.map((each) => each[key]))
      const ratios = withMany.map((value, round) => value / (withFew[round] ?? Number.NaN))
      const ratio = percentile(ratios, 0.5)
      return [medianOf(withFew), medianOf(withMany), medianOf(ratios, 2), verdict(ratio <= 1.1, '≤ 1.10 ×')]
    }
    return [
      [`${name}: CPU of one, gateway and database, ms`, ...of('cpu')],
      [`${name}: gateway time of one, ms`, ...of('time')],
    ]
  } finally {
    for (const town of towns) await town.stop()
  }
}

console.log(machine())
const rows = await compare(
  'SQLite',
  async () => undefined,
  () => 0,
)
if (runsWith('postgresql', 'the cost of a transfer on PostgreSQL')) {
  const server = await startPostgres({ durable: true })
  const fresh = async () => {
    const database = `stored_${randomBytes(4).toString('hex')}`
    const knex = openPostgres({ url: postgresUrl(server), maxConnections: 1 })
    await knex.raw('create database ??', [database])
    await knex.destroy()
    return postgresUrl(server, database)
  }
  try {
    rows.push(...(await compare('PostgreSQL', fresh, () => postgresCpuMs(server.folder))))
  } finally {
    await server.close()
  }
}
console.log(
  `one student at a time, without transcript; ${rounds} turns each of ${inTurn} transfers, taking turns; medians (lowest–highest), of the ratios of neighbouring turns too`,
)
printTable(['', `${few} stored`, `${many} stored`, 'ratio', 'target'], rows)
