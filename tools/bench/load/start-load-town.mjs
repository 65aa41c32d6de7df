import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@emrex-gateway/testing'
import { prepareTown } from '@emrex-gateway/town'
import yaml from 'yaml'
import { benchStories, fillRecords } from '../fill-records.mjs'
import { forkMeasured } from '../fork-measured.mjs'
import { carryNumbered } from '../number-transfers.mjs'
import { balance } from './balance.mjs'

const program = new URL('instance-process.mjs', import.meta.url)
/** All students come from one address here, and it is to be seen how long they wait, so nobody is turned away. */
const many = 1_000_000
const operations = {
  limits: Object.fromEntries(
    ['startsPerAddress', 'loginsPerAddress', 'returnsPerAddress', 'startsPerEntry'].map((name) => [name, many]),
  ),
  busy: { requests: many, lagMilliseconds: many },
}

/**
 * A town whose gateway is one process, or several behind a balancer; the rest of the town is in this process.
 *
 * @typedef {Awaited<ReturnType<typeof startLoadTown>>} LoadTown
 * @param {object} plan
 * @param {string} [plan.url] of a PostgreSQL database; else a SQLite file in the folder of the town
 * @param {number} [plan.count] of instances
 * @param {boolean} [plan.transcript] whether each document holds the readable transcript
 */
export async function startLoadTown({ url, count = 1, transcript = true }) {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-'))
  await fillRecords(folder)
  const town = await prepareTown({
    ...{ folder, port: 0, logLevel: 'silent' },
    rewriteSettings(text) {
      const settings = yaml.parse(text)
      for (const ncp of settings.ncp) ncp.transcript = { ...ncp.transcript, attach: transcript }
      const database = url === undefined ? settings.database : { url }
      return yaml.stringify({ ...settings, database, operations: { ...settings.operations, ...operations } })
    },
  })
  const settings = yaml.parse(readFileSync(town.settingsFile, 'utf8'))
  const ports = count === 1 ? [town.port] : []
  while (ports.length < count) ports.push(await freePort())
  const start = () =>
    Promise.all(
      ports.map((port) => {
        const file = join(folder, `settings-${port}.yaml`)
        writeFileSync(file, yaml.stringify({ ...settings, listen: { ...settings.listen, port } }))
        return forkMeasured(program, [file])
      }),
    )
  const stopBalancer = count === 1 ? async () => {} : await balance(town.port, ports)
  let instances = await start()
  const stopInstances = () => Promise.all(instances.map((instance) => instance.stop()))
  let turn = 0
  return {
    folder,
    /** One whole transfer of the next student. */
    carry() {
      const story = benchStories[turn++ % benchStories.length] ?? benchStories[0]
      if (story === undefined) throw new Error('there are no stories')
      return carryNumbered(story, town.smpUrl(story.home))
    },
    usage: () => Promise.all(instances.map((instance) => instance.usage())),
    /** Does something with the database while no gateway is on it. @param {() => Promise<void>} work */
    async apart(work) {
      await stopInstances()
      await work()
      instances = await start()
    },
    async stop() {
      await stopInstances()
      await stopBalancer()
      await town.close()
      rmSync(folder, { recursive: true })
    },
  }
}
