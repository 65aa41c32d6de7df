// One operation on one shape, at one size after the other, until it takes too long:
// `cliff-process.mjs SHAPE OPERATION CERTIFICATE MILLISECONDS`. Prints a line of JSON for each size.
import { readFileSync } from 'node:fs'
import * as library from '@emrex-gateway/elmo'
import { cliffShapes } from './cliff-shapes.mjs'

const [shape = '', operation = '', certificateFile = '', longest = '1000'] = process.argv.slice(2)
const certificates = [readFileSync(certificateFile, 'latin1')]
const sizes = [10_000, 100_000, 1_000_000, 10_000_000]

/** @typedef {{ xml: Buffer }} Input */
/** @type {Record<string, (input: Input) => string>} */
const operations = {
  parse: ({ xml }) => (library.parseXml(xml), 'ok'),
  verify: ({ xml }) => verify(xml, {}),
  'verify, xml-crypto': ({ xml }) => verify(xml, { engine: 'reference' }),
  read: ({ xml }) => `${library.readElmo(xml).problems.length} problems`,
  validate: ({ xml }) => `${library.validateElmoXml(xml).problems.length} problems`,
  'validate and write': ({ xml }) => (library.writeElmo(library.readElmo(xml).elmo), 'ok'),
}

/** @param {Buffer} xml @param {object} engine */
function verify(xml, engine) {
  const outcome = library.verifyElmo(xml, { certificates, at: new Date(), ...engine })
  return outcome.verified ? 'verified' : outcome.code
}

const codeOf = (/** @type {unknown} */ error) =>
  error instanceof library.ElmoError ? error.code : `CRASH ${error instanceof Error ? error.message.slice(0, 60) : ''}`

/** In milliseconds. */
const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The shortest of a few runs, in processor time: other work on the machine counts little. @param {() => string} once */
function measure(once) {
  let outcome = ''
  let best = Infinity
  const end = performance.now() + 50
  do {
    const began = processorTime()
    try {
      outcome = once()
    } catch (error) {
      outcome = codeOf(error)
    }
    best = Math.min(best, processorTime() - began)
  } while (performance.now() < end)
  return { outcome, ms: best }
}

const run = /** @type {(input: Input) => string} */ (operations[operation])
const warm = Buffer.from(cliffShapes['courses']?.(20_000) ?? '')
for (let count = 0; count < 5; count++) measure(() => run({ xml: warm }))
for (const bytes of sizes) {
  const xml = Buffer.from(cliffShapes[shape]?.(bytes) ?? '')
  const { outcome, ms } = measure(() => run({ xml }))
  console.log(JSON.stringify({ length: xml.length, outcome, ms }))
  if (ms > Number(longest)) break
}
