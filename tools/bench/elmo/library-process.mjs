// Our library in a process of its own: `library-process.mjs FOLDER ENGINE`. Asked on standard input, a question a line, as
// java/ElmoBench.java is: `run OPERATION DOCUMENT MILLISECONDS`, `load OPERATION DOCUMENT`, `memory`.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { percentile } from '../figures.mjs'
import { memory } from './memory.mjs'

const began = performance.now()
const { pack, receive, writeAndSign } = await import('./our-operations.mjs')
const [folder = '', engine = 'ours'] = process.argv.slice(2)
const text = (/** @type {string} */ name) => readFileSync(`${folder}/${name}`, 'latin1')
const key = { privateKey: text('key.pem'), certificate: text('certificate.pem') }
const options = {
  certificate: key.certificate,
  engine: /** @type {import('./our-operations.mjs').Engine} */ (engine),
}

let loaded = ''
let packed = ''
/** @type {any} */
let model

/** @param {string} operation @param {string} document */
function load(operation, document) {
  const wanted = `${operation === 'receive' ? 'packed' : 'model'} ${document}`
  if (wanted === loaded) return
  packed = ''
  model = undefined
  if (operation === 'receive') packed = text(`${document}.packed`)
  else model = JSON.parse(readFileSync(`${folder}/${document}.json`, 'utf8'))
  loaded = wanted
}

/** @param {string} operation */
async function once(operation) {
  if (operation === 'receive') return receive(packed, options)
  const xml = writeAndSign(model, key, options.engine)
  if (operation === 'pack') pack(xml)
}

/**
 * The median of as many runs as the time allows, and their number.
 *
 * @param {string} operation
 * @param {string} document
 * @param {number} milliseconds
 */
async function run(operation, document, milliseconds) {
  load(operation, document)
  const times = []
  const end = performance.now() + milliseconds
  do {
    const start = performance.now()
    await once(operation)
    times.push(performance.now() - start)
  } while (performance.now() < end)
  return `${percentile(times, 0.5)} ${times.length}`
}

/** @param {string[]} question */
async function answer([what = '', operation = '', document = '', milliseconds = '0']) {
  if (what === 'run') return run(operation, document, Number(milliseconds))
  if (what === 'memory') return memory().join(' ')
  load(operation, document)
  return 'loaded'
}

console.log(`ready ${performance.now() - began}`)
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(line.split(' ')).catch((/** @type {unknown} */ error) => `failed ${String(error)}`))
}
