// Puts malformed documents through all that is done with a document that arrives: `malformed-process.ts COUNT EVERY`.
// One in EVERY is also shown to the reference engine. Run in a plain process of
// Node with --expose-gc, so that no memory of a test runner is counted. Prints a MalformedReport as JSON.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmoXml } from '../src/document/validate-elmo-xml.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { ElmoError } from '../src/elmo-error.js'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import { verifyElmo, type VerificationOutcome, type VerificationPolicy } from '../src/signature/verify-elmo.js'
import { parseXml } from '../src/xml/parse-xml.js'
import { attackTwins } from './attack-mutants.js'
import { malformedDocument, soundDocument } from './malformed-documents.js'

export interface MalformedReport {
  /** In seconds of processor. */
  readonly slowest: { readonly seconds: number; readonly number: number }
  /** In MB, above what was held after a twentieth of the documents: at worst, at the end, and resident at the end. */
  readonly growth: { readonly most: number; readonly last: number; readonly resident: number }
  /** How often a document came to what. */
  readonly tally: Readonly<Record<string, number>>
  /** How many were shown to the reference engine. */
  readonly byReference: number
}

const [count = 0, referenceEvery = 1] = process.argv.slice(2).map(Number)

/** What a step gave, or the code with which it refused. Anything else that is thrown is a crash. */
function attempt<T>(step: () => T): { readonly value?: T; readonly code?: string } {
  try {
    return { value: step() }
  } catch (error) {
    if (error instanceof ElmoError && error.code.startsWith('ELMO_')) return { code: error.code }
    throw error
  }
}

const verdictOf = (outcome: VerificationOutcome): string => (outcome.verified ? 'verified' : outcome.code)

let byReference = 0

/** All that is done with a document that arrives. Gives what it came to. */
function putThrough(received: string | Uint8Array, policy: VerificationPolicy, withReference: boolean): string {
  const opened = attempt(() => unpackElmo(received))
  const xml = opened.value?.xml ?? (typeof received === 'string' ? Buffer.from(received) : received)
  const parsed = attempt(() => parseXml(xml))
  const read = attempt(() => readElmo(xml))
  const judged = attempt(() => validateElmoXml(xml))
  if (read.value !== undefined) validateElmo(read.value.elmo)
  // What cannot be parsed is refused the same way everywhere.
  if (parsed.code !== undefined) assert.deepEqual([read.code, judged.code], [parsed.code, parsed.code])
  const outcome = verifyElmo(xml, policy)
  const fast = verdictOf(outcome)
  if (outcome.verified) assert.deepEqual(outcome.document.elmo, readElmo(outcome.document.signedBytes).elmo)
  if (withReference) {
    byReference++
    const reference = verifyElmo(xml, { ...policy, engine: 'reference' })
    assert.equal(verdictOf(reference), fast)
    if (outcome.verified && reference.verified) {
      assert.equal(Buffer.compare(outcome.document.signedBytes, reference.document.signedBytes), 0)
    }
  }
  if (opened.code !== undefined) return `${opened.code} unpacking`
  return parsed.code ?? (read.code !== undefined ? `${read.code} reading` : `read, ${fast}`)
}

/** Seconds of processor that this process has used: others on the machine do not count. */
const secondsUsed = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** In MB: what is held on to, and what is resident, after a collection of garbage. */
function memory(): { readonly held: number; readonly resident: number } {
  assert(globalThis.gc !== undefined)
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { held: (heapUsed + external) / 2 ** 20, resident: rss / 2 ** 20 }
}

function goldenDocuments(): Buffer[] {
  const testdata = new URL('../testdata/', import.meta.url)
  return ['', 'releases/', 'foreign/'].flatMap((folder) =>
    readdirSync(new URL(folder, testdata))
      .filter((name) => name.endsWith('.xml'))
      .map((name) => readFileSync(fileURLToPath(new URL(folder + name, testdata)))),
  )
}

const twins = await attackTwins()
const policy = { certificates: [twins[0]!.signer.certificate], at: new Date() }
const sound = [...goldenDocuments(), ...twins.slice(0, 8).map(({ text }) => Buffer.from(text))].map(soundDocument)
const tally: Record<string, number> = {}
let slowest = { seconds: 0, number: 0 }
const warmUp = count / 20
let before = memory()
let most = 0
for (let number = 0; number < count; number++) {
  if (number === warmUp) before = memory()
  else if (number > warmUp && number % 1_000 === 0) most = Math.max(most, memory().held)
  // As a service does between its requests: until then zlib keeps what it closes in `process.nextTick`.
  await setImmediate()
  const received = malformedDocument(sound, number)
  const begun = secondsUsed()
  let came: string
  try {
    came = putThrough(received, policy, number % referenceEvery === 0)
  } catch (error) {
    throw new Error(`document ${number}`, { cause: error })
  }
  const seconds = secondsUsed() - begun
  if (seconds > slowest.seconds) slowest = { seconds, number }
  tally[came] = (tally[came] ?? 0) + 1
}
const after = memory()
const report: MalformedReport = {
  slowest,
  growth: {
    most: Math.max(most, after.held) - before.held,
    last: after.held - before.held,
    resident: after.resident - before.resident,
  },
  tally,
  byReference,
}
console.log(JSON.stringify(report))
