import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, describeWithShared } from './optional-tests.js'

const proof = 'a test of how tests are skipped'

/** What a suite did with its tests: `run`, or `skip`. */
function recorder() {
  const done: string[] = []
  const suite = Object.assign((name: string) => void done.push(`run ${name}`), {
    skip: (name: string) => void done.push(`skip ${name}`),
  })
  return { done, suite }
}

describe('tests that need something beside the project', () => {
  const before = { ...process.env }
  let folder: string
  const lines = () => readFileSync(join(folder, 'skipped.log'), 'utf8')
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'emrex-optional-'))
    // No program is found here, and no test data lies here.
    Object.assign(process.env, { PATH: folder, EMREX_SKIP_LOG: join(folder, 'skipped.log'), CI: '' })
  })
  afterEach(() => {
    for (const name of ['PATH', 'EMREX_SKIP_LOG', 'CI', 'EMREX_SHARED'])
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['xmlsec1', 'xmlsec1'],
    ['xmllint', 'libxml2-utils'],
    ['chromium', 'chromium'],
    ['java', 'default-jdk-headless'],
  ] as const)('are skipped without %s, with a line that says what to install', (program, debianPackage) => {
    const { done, suite } = recorder()
    describeWith(suite, program, proof, () => {})
    expect(done).toEqual([`skip ${proof}`])
    expect(lines()).toBe(`skipped: "${proof}" needs ${program}; install Debian's package ${debianPackage}\n`)
  })

  it('are not skipped with CI=true: without the program they run, and fail', () => {
    process.env['CI'] = 'true'
    const { done, suite } = recorder()
    describeWith(suite, 'xmlsec1', proof, () => {})
    expect(done).toEqual([`run ${proof}`])
  })

  it('are skipped without Java also with CI=true', () => {
    process.env['CI'] = 'true'
    const { done, suite } = recorder()
    describeWith(suite, 'java', proof, () => {})
    expect(done).toEqual([`skip ${proof}`])
  })

  it('are run where the program is', () => {
    writeFileSync(join(folder, 'xmllint'), '#!/bin/sh\n', { mode: 0o700 })
    const { done, suite } = recorder()
    describeWith(suite, 'xmllint', proof, () => {})
    expect(done).toEqual([`run ${proof}`])
  })

  it('are run where the shared test data is, and are told where', () => {
    mkdirSync(join(folder, 'elmo'))
    process.env['EMREX_SHARED'] = folder
    const told: string[] = []
    const suite = Object.assign((_: string, body: () => void) => body(), { skip: () => {} })
    describeWithShared(suite, proof, (path) => void told.push(path))
    expect(told).toEqual([folder])
  })
})
