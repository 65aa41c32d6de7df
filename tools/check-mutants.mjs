import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

// The copy with switches runs on what is built of the libraries around it.
if (!runProgram('tsc', ['--build', 'libs/identity-saml', 'libs/testing'])) process.exit(1)
if (!runProgram('tools/check-mutants/check-mutants.mjs')) process.exitCode = 1
