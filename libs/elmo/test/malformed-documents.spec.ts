import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { jest } from '@jest/globals'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmoXml } from '../src/document/validate-elmo-xml.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { ElmoError } from '../src/elmo-error.js'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import { verifyElmo, type VerificationOutcome, type VerificationPolicy } from '../src/signature/verify-elmo.js'
import { parseXml } from '../src/xml/parse-xml.js'
import { attackTwins } from './attack-mutants.js'
import { malformedDocument, soundDocument } from './malformed-documents.js'

jest.setTimeout(6 * 3_600_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const count = isLong ? 100_000 : 5_000
/** The reference engine takes many times as long, so one in so many documents is shown to it, … */
const referenceEvery = isLong ? 20 : 5
/** … and none that is longer: xml-crypto's search takes a square of the number of siblings. */
const nodesForReference = 2_000

const testdata = new URL('../testdata/', import.meta.url)
const golden = ['', 'releases/', 'foreign/'].flatMap((folder) =>
  readdirSync(new URL(folder, testdata))
    .filter((name) => name.endsWith('.xml'))
    .map((name) => readFileSync(fileURLToPath(new URL(folder + name, testdata)))),
)

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

/** All that is done with a document that arrives. Gives what it came to. */
function putThrough(received: string | Uint8Array, policy: VerificationPolicy, withReference: boolean): string {
  const opened = attempt(() => unpackElmo(received))
  const xml = opened.value?.xml ?? (typeof received === 'string' ? Buffer.from(received) : received)
  const parsed = attempt(() => parseXml(xml))
  const read = attempt(() => readElmo(xml))
  const judged = attempt(() => validateElmoXml(xml))
  if (read.value !== undefined) validateElmo(read.value.elmo)
  // What cannot be parsed is refused the same way everywhere.
  if (parsed.code !== undefined) expect([read.code, judged.code]).toEqual([parsed.code, parsed.code])
  const outcome = verifyElmo(xml, policy)
  const fast = verdictOf(outcome)
  if (outcome.verified) expect(outcome.document.elmo).toEqual(readElmo(outcome.document.signedBytes).elmo)
  if (withReference && (parsed.value?.nodes ?? 0) < nodesForReference) {
    const reference = verifyElmo(xml, { ...policy, engine: 'reference' })
    expect(verdictOf(reference)).toBe(fast)
    if (outcome.verified && reference.verified) {
      expect(Buffer.compare(outcome.document.signedBytes, reference.document.signedBytes)).toBe(0)
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

const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

/** What is held on to, in bytes. */
function memoryHeld(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

describe('the library', () => {
  it(`comes through ${count} malformed documents without a crash, each in less than 2 s, and holds on to nothing`, async () => {
    const twins = await attackTwins()
    const policy = { certificates: [twins[0]!.signer.certificate], at: new Date() }
    const sound = [...golden, ...twins.slice(0, 8).map(({ text }) => Buffer.from(text))].map(soundDocument)
    const tally = new Map<string, number>()
    let slowest = { seconds: 0, number: 0 }
    const warmUp = count / 20
    let before = 0
    let most = 0
    for (let number = 0; number < count; number++) {
      if (number === warmUp) before = memoryHeld()
      else if (number > warmUp && number % 1_000 === 0) most = Math.max(most, memoryHeld())
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
      tally.set(came, (tally.get(came) ?? 0) + 1)
    }
    const growth = (Math.max(most, memoryHeld()) - before) / 2 ** 20
    if (isLong) console.log({ slowest, growth, rss: process.memoryUsage().rss / 2 ** 20, tally })
    expect(slowest.seconds).toBeLessThan(2)
    expect(growth).toBeLessThan(150)
    // Each way that a document can take was taken.
    for (const code of [
      'ELMO_ENCODING',
      'ELMO_NOT_WELL_FORMED',
      'ELMO_FORBIDDEN_MARKUP',
      'ELMO_TOO_DEEP',
      'ELMO_TOO_MANY_ATTRIBUTES',
    ]) {
      expect(tally.get(code) ?? 0).toBeGreaterThan(0)
    }
    const ways = ['verified', 'ELMO_SIGNATURE_INVALID', 'ELMO_SIGNATURE_STRUCTURE', 'ELMO_SIGNATURE_MISSING']
    expect(ways.filter((way) => !tally.has(`read, ${way}`))).toEqual([])
    expect(tally.get('ELMO_PACKING unpacking')).toBeGreaterThan(0)
  })
})
