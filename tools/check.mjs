import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

const outcomes = {
  types:
    runProgram('tsc', ['--build']) &&
    runProgram('tsc', ['-p', 'tsconfig.spec.json']) &&
    runProgram('tsc', ['-p', 'tools/tsconfig.json']),
  lint: runProgram('tools/lint.mjs'),
  people: runProgram('tools/check-people/check-people.mjs'),
  tests: runProgram('tools/test.mjs'),
}
for (const [step, isGood] of Object.entries(outcomes)) console.log(`${step}: ${isGood ? 'good' : 'FAILED'}`)
process.exitCode = Object.values(outcomes).every(Boolean) ? 0 : 1
