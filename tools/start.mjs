import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

if (!runProgram('tsc', ['--build'])) process.exit(1)
const { main } = await import('@emrex-gateway/town')
await main(process.argv.slice(2))
