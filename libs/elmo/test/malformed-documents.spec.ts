import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { jest } from '@jest/globals'
import { runFromSource } from '@emrex-gateway/testing'
import type { MalformedReport } from './malformed-process.js'

jest.setTimeout(6 * 3_600_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const count = isLong ? 100_000 : 5_000
/** The reference engine takes many times as long, so one in so many documents is shown to it. */
const referenceEvery = isLong ? 20 : 5

const program = fileURLToPath(new URL('malformed-process.ts', import.meta.url))

/** In a process of its own: the memory of the test runner is not the library's. A crash there rejects. */
async function putThrough(...numbers: readonly number[]): Promise<MalformedReport> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--expose-gc', '--no-warnings', '--import', runFromSource],
    ...[program, ...numbers.map(String)],
  ])
  return JSON.parse(stdout) as MalformedReport
}

describe('the library', () => {
  it(`comes through ${count} malformed documents without a crash, each in less than 2 s, and holds on to nothing`, async () => {
    const { slowest, growth, tally, byReference } = await putThrough(count, referenceEvery)
    if (isLong) console.log({ slowest, growth, tally, byReference })
    expect(Object.values(tally).reduce((sum, times) => sum + times)).toBe(count)
    expect(slowest.seconds).toBeLessThan(2)
    expect(Math.max(growth.most, growth.resident)).toBeLessThan(150)
    expect(byReference).toBe(count / referenceEvery)
    // Each way that a document can take was taken.
    const ways = [
      ...[
        'ELMO_ENCODING',
        'ELMO_NOT_WELL_FORMED',
        'ELMO_FORBIDDEN_MARKUP',
        'ELMO_TOO_DEEP',
        'ELMO_TOO_MANY_ATTRIBUTES',
      ],
      ...['verified', 'ELMO_SIGNATURE_INVALID', 'ELMO_SIGNATURE_STRUCTURE', 'ELMO_SIGNATURE_MISSING'].map(
        (verdict) => `read, ${verdict}`,
      ),
      'ELMO_PACKING unpacking',
    ]
    expect(ways.filter((way) => !Object.hasOwn(tally, way))).toEqual([])
  })
})
