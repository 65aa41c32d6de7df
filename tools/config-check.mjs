import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

const isGood =
  runProgram('tsc', ['--build']) &&
  runProgram('apps/emrex-gateway/bin/emrex.mjs', ['config', 'check', ...process.argv.slice(2)])
process.exitCode = isGood ? 0 : 1
