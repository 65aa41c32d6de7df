// What a single request feels: beside a large document, and in a process that has just started.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findSchema } from './elmo/find-schema.mjs'
import { makeBenchFiles } from './elmo/make-bench-files.mjs'
import { startLibrary } from './elmo/start-engine.mjs'
import { startJava } from './elmo/start-java.mjs'
import { percentile, verdict } from './figures.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

const freshProcesses = 7
const waitProgram = fileURLToPath(new URL('elmo/wait-process.mjs', import.meta.url))
const engines = /** @type {const} */ (['ours', 'reference'])
const nameOf = (/** @type {string} */ engine) => (engine === 'reference' ? 'xml-crypto' : engine)
const ms = (/** @type {number} */ value) => value.toFixed(1)
const median = (/** @type {readonly number[]} */ values) => percentile(values, 0.5)

console.log(machine())
const { folder, remove } = await makeBenchFiles(['20k', '100k', '40m'])
try {
  const waits = engines.map((engine) => {
    const { status, stdout } = spawnSync(process.execPath, [waitProgram, folder, engine], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 300_000,
    })
    if (status !== 0) throw new Error('the process of the requests failed')
    const { requests, largeMs, wait, answer } = JSON.parse(stdout)
    const target = engine === 'ours' ? verdict(wait[1] <= 50, '≤ 50 ms') : ''
    return [nameOf(engine), `${requests}`, ms(largeMs), ...wait.map(ms), target, ...answer.map(ms)]
  })
  console.log('\nrequests of 100 KB, one every 10 ms, while documents of 40 MB are received in the same process; ms')
  printTable(
    ['', 'requests', '40 MB takes', 'wait p50', 'p99', 'longest', 'target of p99', 'answered p50', 'p99', 'longest'],
    waits,
  )

  const schema = findSchema(folder)
  const java = schema && startJava(folder, schema.file)
  const starts = [
    ...engines.map((engine) => /** @type {const} */ ([nameOf(engine), () => startLibrary(folder, engine)])),
    ...(java === undefined ? [] : [/** @type {const} */ (['JDK', java])]),
  ]
  const cold = []
  for (const [name, start] of starts) {
    /** @type {number[][]} */
    const columns = [[], [], [], []]
    for (let count = 0; count < freshProcesses; count++) {
      const began = performance.now()
      const engine = await start()
      const [first, second] = [await engine.run('receive', '20k', 0), await engine.run('receive', '20k', 0)]
      const all = [engine.readyMs, first, second, performance.now() - began]
      await engine.stop()
      for (const [index, value] of all.entries()) columns[index]?.push(value)
    }
    cold.push([name, ...columns.map((values) => ms(median(values)))])
  }
  console.log(
    `\nthe first document, 20 KB, of a process that has just started; ms, medians of ${freshProcesses} processes`,
  )
  printTable(['', 'making ready', 'first receive', 'second', 'start to second'], cold)
} finally {
  remove()
}
