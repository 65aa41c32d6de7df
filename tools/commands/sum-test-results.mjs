import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { workspaceRoot } from './workspace-root.mjs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number, complaints: readonly string[] }} TestSum
 *   complaints: each failed test with what it says, and what was counted as failed though no single test says so
 */

/** Lines of a failed test's message that stand at the end: the whole of it was printed where the test ended. */
const linesOfAMessage = 12

/** @type {(message: string) => string} */
const beginningOf = (message) =>
  stripVTControlCharacters(message).trim().split('\n').slice(0, linesOfAMessage).join('\n    ')

/**
 * What failed in a project, a block each. It is said again at the end because thousands of lines may stand between.
 *
 * @type {(project: string, result: any) => string[]}
 */
function tellFailures(project, result) {
  return (result.testResults ?? []).flatMap((/** @type {any} */ suite) => {
    const file = `${project}: ${relative(workspaceRoot, suite.name)}`
    const failed = suite.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
    if (failed.length === 0 && suite.status === 'failed')
      return [`${file}: could not run\n    ${beginningOf(suite.message)}`]
    return failed.map(
      (/** @type {any} */ test) => `${file} › ${test.fullName}\n    ${beginningOf(test.failureMessages.join('\n'))}`,
    )
  })
}

/** @type {(project: string, file: string) => TestSum} */
function readResult(project, file) {
  let result
  try {
    result = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      complaints: [`${project}: no result was written; it counts as one failure`],
    }
  }
  // A suite that could not be loaded has no tests to fail.
  const broken = /** @type {number} */ (result.numRuntimeErrorTestSuites)
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken,
    skipped: result.numPendingTests + result.numTodoTests,
    complaints: [
      ...tellFailures(project, result),
      ...(broken === 0 ? [] : [`${project}: suites that could not run, each counted as one failure: ${broken}`]),
    ],
  }
}

/**
 * Adds up what jest wrote for each project. A project that wrote nothing counts as one failure, and so does a run that
 * ended badly although every result looks well.
 *
 * @param {ReadonlyMap<string, string>} resultFiles project to the file jest was to write
 * @param {boolean} endedWell whether every jest ended with success
 * @returns {TestSum}
 */
export function sumTestResults(resultFiles, endedWell) {
  const sum = [...resultFiles]
    .map(([project, file]) => readResult(project, file))
    .reduce(
      (all, one) => ({
        passed: all.passed + one.passed,
        failed: all.failed + one.failed,
        skipped: all.skipped + one.skipped,
        complaints: [...all.complaints, ...one.complaints],
      }),
      /** @type {TestSum} */ ({ passed: 0, failed: 0, skipped: 0, complaints: [] }),
    )
  if (endedWell || sum.failed > 0) return sum
  return { ...sum, failed: 1, complaints: [...sum.complaints, 'the run ended with an error outside of any test'] }
}

/**
 * @param {TestSum} sum
 * @returns {string} the one line that the test command ends with
 */
export const formatTestSum = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`

/**
 * @param {TestSum} sum
 * @returns {boolean} whether tests ran and none failed
 */
export const isGood = ({ passed, failed }) => failed === 0 && passed > 0
