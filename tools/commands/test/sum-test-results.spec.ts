import { describe, expect, it } from '@jest/globals'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace-root.mjs'
import { formatTestSum, isGood, sumTestResults } from '../sum-test-results.mjs'

const folder = mkdtempSync(join(tmpdir(), 'emrex-results-'))
const good = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 }

type Result = typeof good & { readonly testResults?: readonly object[] }

function sumOf(results: readonly (Result | string)[], endedWell = true) {
  const files = results.map((result, index) => {
    const file = join(folder, `${index}.json`)
    writeFileSync(file, typeof result === 'string' ? result : JSON.stringify(result))
    return [`project-${index}`, file] as const
  })
  return sumTestResults(new Map(files), endedWell)
}

describe('sumTestResults', () => {
  it('adds up all projects', () => {
    const sum = sumOf([good, { ...good, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }], false)
    expect(formatTestSum(sum)).toBe('6 passed, 2 failed, 2 skipped')
    expect(isGood(sum)).toBe(false)
  })

  it('says nothing of skipped tests where there are none', () => {
    expect(formatTestSum(sumOf([good]))).toBe('3 passed, 0 failed')
  })

  it('counts a suite that could not run as a failure', () => {
    const sum = sumOf([{ ...good, numRuntimeErrorTestSuites: 2 }])
    expect(sum.failed).toBe(2)
    expect(sum.complaints).toEqual(['project-0: suites that could not run, each counted as one failure: 2'])
  })

  it('tells at the end which tests failed and how, for thousands of lines may stand between', () => {
    const failed = {
      name: join(workspaceRoot, 'libs/elmo/test/read.spec.ts'),
      status: 'failed',
      message: '',
      assertionResults: [
        { fullName: 'reading keeps the text', status: 'passed', failureMessages: [] },
        {
          fullName: 'reading keeps the order',
          status: 'failed',
          failureMessages: [`\u001b[31mExpected: 1\u001b[39m\nReceived: 2${'\n    at line'.repeat(50)}`],
        },
      ],
    }
    const unread = { name: join(workspaceRoot, 'libs/elmo/test/x.spec.ts'), status: 'failed', assertionResults: [] }
    const sum = sumOf([{ ...good, numFailedTests: 1, testResults: [failed, { ...unread, message: 'no such module' }] }])
    const [first, second] = sum.complaints
    expect(first).toMatch(/^project-0: libs\/elmo\/test\/read\.spec\.ts › reading keeps the order\n    Expected: 1\n/)
    expect(first?.split('\n')).toHaveLength(13)
    expect(second).toBe('project-0: libs/elmo/test/x.spec.ts: could not run\n    no such module')
    expect(sum.complaints).toHaveLength(2)
  })

  it('counts a project without a result as a failure', () => {
    const sum = sumTestResults(new Map([['elmo', join(folder, 'absent.json')]]), true)
    expect(sum.failed).toBe(1)
    expect(sum.complaints).toEqual(['elmo: no result was written; it counts as one failure'])
  })

  it('counts a result that broke off in the middle as a failure', () => {
    expect(sumOf([good, '{"numPassedTests": 7']).failed).toBe(1)
  })

  it('counts a run that ended badly as a failure when no result says so', () => {
    expect(sumOf([good], false).failed).toBe(1)
    expect(sumOf([{ ...good, numFailedTests: 4 }], false).failed).toBe(4)
  })
})

describe('isGood', () => {
  it('is false when no test ran', () => {
    expect(isGood(sumOf([{ ...good, numPassedTests: 0, numPendingTests: 9 }]))).toBe(false)
    expect(isGood(sumOf([good]))).toBe(true)
  })
})
