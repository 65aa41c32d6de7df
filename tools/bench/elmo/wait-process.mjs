// How long small requests wait while a large document is received in the same process: `wait-process.mjs FOLDER ENGINE`.
import { readFileSync } from 'node:fs'
import { percentile } from '../figures.mjs'
import { receive } from './our-operations.mjs'

const [folder = '', engine = 'ours'] = process.argv.slice(2)
const text = (/** @type {string} */ name) => readFileSync(`${folder}/${name}`, 'latin1')
const large = text('40m.packed')
const small = text('100k.packed')
const options = {
  certificate: text('certificate.pem'),
  engine: /** @type {import('./our-operations.mjs').Engine} */ (engine),
}
const everyMs = 10
const largeDocuments = 8
const longestMs = 30_000

for (let count = 0; count < 30; count++) await receive(small, options)
await receive(large, options)

/** Of each request: from its arrival to its begin, and to its end. @type {[number, number][]} */
const waits = []
const state = { working: true }

/** Requests arrive by the clock, whether the process looks or not; they are answered one after the other. */
async function answerRequests() {
  for (let arrival = performance.now(); state.working; arrival += everyMs) {
    const early = arrival - performance.now()
    await new Promise((resolve) => (early > 0 ? setTimeout(resolve, early) : setImmediate(resolve)))
    const begin = performance.now()
    await receive(small, options)
    waits.push([Math.max(0, begin - arrival), performance.now() - arrival])
  }
}

const requests = answerRequests()
const end = performance.now() + longestMs
const times = []
while (times.length < largeDocuments && performance.now() < end) {
  const began = performance.now()
  // As a body that has arrived: in a turn of its own.
  await new Promise((resolve) => setImmediate(resolve))
  await receive(large, options)
  times.push(performance.now() - began)
}
state.working = false
await requests
const part = (/** @type {0 | 1} */ which, /** @type {number} */ at) =>
  percentile(
    waits.map((wait) => wait[which]),
    at,
  )
console.log(
  JSON.stringify({
    requests: waits.length,
    largeMs: percentile(times, 0.5),
    wait: [part(0, 0.5), part(0, 0.99), part(0, 1)],
    answer: [part(1, 0.5), part(1, 0.99), part(1, 1)],
  }),
)
