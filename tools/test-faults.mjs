import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

/** Where processes are killed, and databases taken away: project and the tests in it. */
const suites = /** @type {const} */ ([
  ['libs/knex-sqlite', 'test/'],
  ['libs/store', 'test/'],
  ['apps/emrex-gateway', 'test/(faults|database|crash)'],
])

// `npm run test:faults -- many` runs those with this in their name.
const [wanted] = process.argv.slice(2)
const rounds = process.env['EMREX_FAULTS'] ?? '20'
console.log(`${rounds} rounds of each fault; this takes an hour or two. EMREX_FAULTS=3 makes it three`)

// The gateways that are killed run from the build.
if (!runProgram('tsc', ['--build'])) process.exit(1)
const env = {
  EMREX_FAULTS: rounds,
  NODE_OPTIONS: '--experimental-vm-modules --no-warnings=ExperimentalWarning',
}
for (const [project, pattern] of suites) {
  const tests = wanted === undefined ? pattern : `${pattern}.*${wanted}`
  const args = ['--config', 'jest.config.mjs', '--rootDir', project, '--passWithNoTests', tests]
  // One file after the other: what is measured must not be disturbed.
  if (!runProgram('jest', [...args, '--runInBand'], { env })) process.exitCode = 1
}
