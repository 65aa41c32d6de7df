// Receiving and sending with our library, beside others; README.md says how this is measured and what the columns mean.
import { documents, documentNames } from './elmo/make-elmo.mjs'
import { commandLines, isInstalled } from './elmo/command-lines.mjs'
import { findSchema } from './elmo/find-schema.mjs'
import { makeBenchFiles } from './elmo/make-bench-files.mjs'
import { startLibrary } from './elmo/start-engine.mjs'
import { startJava } from './elmo/start-java.mjs'
import { mebibytes, percentile, verdict } from './figures.mjs'
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'

const rounds = Number(process.env['EMREX_BENCH_ROUNDS'] ?? 5)
/** How long an engine repeats an operation before the first round, and in each. */
const warmUpMs = 2000
const roundMs = 500
const median = (/** @type {readonly number[]} */ values) => percentile(values, 0.5)
const ms = (/** @type {number | undefined} */ value) => (value === undefined ? '–' : value.toPrecision(3))
const times = (/** @type {number} */ value) => `${value.toFixed(2)} ×`

console.log(machine())
const { folder, sizes, remove } = await makeBenchFiles(documentNames)
/** @typedef {'ours' | 'reference' | 'jdk' | 'jdk unread' | 'command line'} Column */
/** @type {Map<Column, () => Promise<import('./elmo/start-engine.mjs').StartedEngine>>} */
const starts = new Map([
  ['ours', () => startLibrary(folder, 'ours')],
  ['reference', () => startLibrary(folder, 'reference')],
])
/** @type {ReturnType<typeof commandLines> | undefined} */
let programs

const schema = findSchema(folder)
if (schema === undefined) {
  console.log('skipped: JDK and xmllint need a schema; none was found beside the project, and the library derives none')
} else {
  console.log(`JDK and xmllint validate with ${schema.whose}`)
  const java = startJava(folder, schema.file)
  if (java === undefined) console.log('skipped: the JDK needs java and javac; install a JDK')
  else starts.set('jdk', java)
  if (isInstalled('xmlsec1') && isInstalled('xmllint')) programs = commandLines(folder, schema.file)
  else console.log("skipped: the command line needs xmlsec1 and xmllint; install Debian's xmlsec1 and libxml2-utils")
}

/**
 * The medians of the rounds' medians, by document and column.
 *
 * @param {'receive' | 'send' | 'pack'} operation
 */
async function measure(operation) {
  const engines = await startAll()
  const repeat = operation === 'pack' ? undefined : programs?.[operation]
  /** @type {Map<import('./elmo/make-elmo.mjs').DocumentName, Map<Column, number>>} */
  const results = new Map()
  for (const document of documentNames) {
    /** @type {Map<Column, number[]>} */
    const all = new Map()
    const add = (/** @type {Column} */ column, /** @type {number} */ value) =>
      all.set(column, [...(all.get(column) ?? []), value])
    for (const [, engine] of engines) await engine.run(operation, document, warmUpMs)
    for (let round = 0; round < rounds; round++) {
      for (const [column, engine] of engines) {
        add(column, await engine.run(operation, document, roundMs))
        if (column === 'jdk' && operation === 'receive')
          add('jdk unread', await engine.run('receive-unread', document, roundMs))
      }
      // They take long, and no other work is counted for them.
      if (round < 3 && repeat !== undefined) add('command line', repeat(document))
    }
    results.set(document, new Map([...all].map(([column, values]) => [column, median(values)])))
  }
  for (const [, engine] of engines) await engine.stop()
  return results
}

/** @returns {Promise<[Column, import('./elmo/start-engine.mjs').StartedEngine][]>} */
async function startAll() {
  /** @type {[Column, import('./elmo/start-engine.mjs').StartedEngine][]} */
  const engines = []
  for (const [column, start] of starts) engines.push([column, await start()])
  return engines
}

/**
 * @param {string} title
 * @param {'receive' | 'send' | 'pack'} operation
 * @param {(document: import('./elmo/make-elmo.mjs').DocumentName) => { toJdk?: number, fromReference?: number }} targets
 */
async function printOperation(title, operation, targets) {
  const rows = []
  for (const [document, found] of await measure(operation)) {
    const [ours = NaN, reference = NaN, jdk] = [found.get('ours'), found.get('reference'), found.get('jdk')]
    const unread = found.get('jdk unread')
    const { toJdk, fromReference } = targets(document)
    rows.push([
      document,
      ms(ours),
      ms(reference),
      ms(jdk),
      ms(found.get('command line')),
      jdk === undefined ? '–' : times(ours / jdk),
      toJdk === undefined || jdk === undefined ? '' : verdict(ours / jdk <= toJdk, `≤ ${toJdk} ×`),
      times(reference / ours),
      fromReference === undefined ? '' : verdict(reference / ours >= fromReference, `≥ ${fromReference} ×`),
      ...(unread === undefined ? [] : [ms(unread), times(ours / unread)]),
    ])
  }
  console.log(`\n${title}`)
  printTable(
    [
      ...['', 'ours', 'xml-crypto', 'JDK', 'xmlsec1 + xmllint', 'ours / JDK', 'target', 'xml-crypto / ours', 'target'],
      ...(operation === 'receive' && starts.has('jdk') ? ['JDK that reads nothing', 'ours / it'] : []),
    ],
    rows,
  )
}

/** How far the memory of each engine grows above that of its idle process, for the largest document. */
async function printMemory() {
  const document = '40m'
  const rows = []
  for (const operation of /** @type {const} */ (['receive', 'pack'])) {
    for (const [column, start] of starts) {
      const engine = await start()
      await engine.run(operation, '20k', warmUpMs)
      const idle = await engine.memory()
      await engine.load(operation, document)
      const holding = await engine.memory()
      // Three times: what the first leaves behind counts.
      for (let count = 0; count < 3; count++) await engine.run(operation, document, 0)
      const { peak } = await engine.memory()
      await engine.stop()
      if (idle.now < 0) return console.log('skipped: the memory of a process is read from /proc')
      const bytes = sizes[document]?.signedBytes ?? NaN
      const factor = (peak - idle.now) / bytes
      rows.push([
        operation === 'receive' ? 'receive' : 'write, sign, pack',
        column === 'reference' ? 'xml-crypto' : column,
        mebibytes(idle.now),
        mebibytes(holding.now - idle.now),
        mebibytes(peak - idle.now),
        times(factor),
        times((peak - holding.now) / bytes),
        column === 'ours' ? verdict(factor <= 5, '≤ 5 ×') : '',
      ])
    }
  }
  console.log('\nmemory for the document of 40 MB, resident; × is of the size of the signed document')
  printTable(['', '', 'idle', 'input', 'peak above idle', '', 'without the input', 'target'], rows)
}

try {
  console.log(
    documentNames
      .map((name) => `${name}: ${sizes[name]?.signedBytes} bytes signed, ${sizes[name]?.packedBytes} packed`)
      .join('; '),
  )
  console.log(
    `milliseconds, medians of ${rounds} rounds' medians, the engines taking turns, each in a process of its own and warm`,
  )
  await printOperation(
    'receive: unpack, verify, validate, read (command line: verify and validate)',
    'receive',
    (name) => ({
      toJdk: name === '40m' ? 0.4 : 0.3,
      fromReference: documents[name].attachments > 0 ? undefined : 15,
    }),
  )
  await printOperation('send, not packed: write, sign (command line: sign)', 'send', (name) => ({
    toJdk: documents[name].attachments > 0 ? undefined : 0.3,
  }))
  await printOperation('send: write, sign, pack', 'pack', () => ({ toJdk: 0.6 }))
  await printMemory()
} finally {
  remove()
}
