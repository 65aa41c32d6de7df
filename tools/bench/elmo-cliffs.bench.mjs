// Documents made of one repeated thing, from 10 KB to 10 MB: does time grow as size does? README.md says more.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { cliffShapes } from './elmo/cliff-shapes.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

const program = fileURLToPath(new URL('elmo/cliff-process.mjs', import.meta.url))
const operations = ['parse', 'verify', 'verify, xml-crypto', 'read', 'validate', 'validate and write']
const sizes = ['10 KB', '100 KB', '1 MB', '10 MB']
/** An operation that took so long is not tried at the next size. */
const longestMs = 1000
const processMs = 20_000
/**
 * More milliseconds per megabyte than this many times those of a tenth of the size, and it is called a cliff. Trees of a
 * megabyte outlive the first rounds of collecting garbage, which costs up to four times as much; what is quadratic costs ten.
 */
const steep = 5
/** More milliseconds per megabyte than this at the largest size that was measured, and it is called slow. */
const slow = 2000
/** Shorter times say little. */
const leastMs = 20

/** @typedef {{ length: number, outcome: string, ms: number }} Measured */

/**
 * @param {string} shape
 * @param {string} operation
 * @param {string} certificate
 * @returns {{ measured: Measured[], isStuck: boolean }}
 */
function measure(shape, operation, certificate) {
  const { stdout, signal, status } = spawnSync(
    process.execPath,
    [program, shape, operation, certificate, `${longestMs}`],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: processMs },
  )
  if (signal === null && status !== 0) throw new Error(`the process for "${shape}" failed`)
  // The last line may be cut off.
  const lines = stdout.split('\n').filter((line) => line.endsWith('}'))
  return { measured: lines.map((line) => JSON.parse(line)), isStuck: signal !== null }
}

const perMegabyte = (/** @type {Measured} */ { ms, length }) => ms / (length / 1e6)

/** Of each size the shorter time. @param {readonly Measured[]} some @param {readonly Measured[]} others */
const shorterOf = (some, others) =>
  (some.length > others.length ? some : others).map((one, index) => {
    const [a = one, b = one] = [some[index], others[index]]
    return a.ms < b.ms ? a : b
  })

/**
 * The steepest step from one size to the next. Collecting garbage costs a step once, where objects begin to outlive it:
 * what stays flat behind a step does not grow.
 *
 * @param {readonly Measured[]} measured
 */
function growthOf(measured) {
  const steps = measured.slice(1).map((one, index) => {
    const before = /** @type {Measured} */ (measured[index])
    return one.ms < leastMs || one.length < 5 * before.length ? 0 : perMegabyte(one) / perMegabyte(before)
  })
  const lasting = steps.map((step, index) => {
    const behind = measured[index + 2]
    const goesOn = behind !== undefined && !behind.outcome.startsWith('ELMO_TOO_') && steps[index + 1] !== 0
    return goesOn ? Math.min(step, steps[index + 1] ?? step) : step
  })
  return Math.max(0, ...lasting)
}

/** @param {readonly Measured[]} measured @param {boolean} isStuck @param {number} growth */
function judge(measured, isStuck, growth) {
  const last = measured.at(-1)
  if (measured.some(({ outcome }) => outcome.startsWith('CRASH'))) return 'CRASH'
  if (isStuck) return `CLIFF: no end in ${processMs / 1000} s`
  if (growth >= steep) return 'CLIFF'
  return last !== undefined && last.ms > longestMs && perMegabyte(last) > slow ? 'SLOW' : ''
}

/** @param {Measured | undefined} found */
const cell = (found) =>
  found === undefined ? '–' : `${perMegabyte(found).toPrecision(3)} ${found.outcome.replace('ELMO_', '')}`

console.log(machine())
console.log(
  `milliseconds of processor time per MB at each size, and what came of it; growth: the steepest lasting step from one size to the next, of times over ${leastMs} ms; ${steep} and more is a CLIFF, over ${slow} ms per MB is SLOW`,
)
const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-cliffs-'))
const certificate = join(folder, 'certificate.pem')
writeFileSync(certificate, (await makeThrowawaySigner()).certificate)
const wanted = process.env['EMREX_BENCH_SHAPE'] ?? ''
const found = { cliffs: 0, slow: 0 }
try {
  for (const shape of Object.keys(cliffShapes).filter((name) => name.includes(wanted))) {
    const rows = operations.map((operation) => {
      let { measured, isStuck } = measure(shape, operation, certificate)
      // With other work on the machine a step may look steep once, but not in each of three processes.
      for (let again = 0; again < 2 && judge(measured, isStuck, growthOf(measured)).startsWith('CLIFF'); again++) {
        const next = measure(shape, operation, certificate)
        isStuck &&= next.isStuck
        measured = shorterOf(measured, next.measured)
      }
      const growth = growthOf(measured)
      const judgement = judge(measured, isStuck, growth)
      if (judgement === 'SLOW') found.slow++
      else if (judgement !== '') found.cliffs++
      const cells = sizes.map((_, index) => cell(measured[index]))
      return [`  ${operation}`, ...cells, growth === 0 ? '' : growth.toFixed(1), judgement]
    })
    printTable([shape, ...sizes, 'growth', ''], rows)
  }
  console.log(`${found.cliffs} cliffs, ${found.slow} slow`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
