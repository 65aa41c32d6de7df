import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')
const { packCheck } = await import('./pack-check/pack-check.mjs')

const isGood = runProgram('tsc', ['--build']) && packCheck(workspaceRoot, { accept: process.argv.includes('--accept') })
process.exitCode = isGood ? 0 : 1
