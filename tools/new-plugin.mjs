import { existsSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

const [name = ''] = process.argv.slice(2)
const isWritten = runProgram('nx', ['generate', './tools/new-plugin:sis', '--name', name])
if (isWritten) {
  // All that an installation would add: the link, and the lock file is not newer than what is installed.
  const link = join(workspaceRoot, 'node_modules/@emrex-gateway', name)
  if (!existsSync(link)) symlinkSync(`../../libs/${name}`, link)
  const now = new Date()
  utimesSync(join(workspaceRoot, 'node_modules/.package-lock.json'), now, now)
  console.log(`\nlibs/${name} works already: npm test -- libs/${name}`)
  console.log('What to change, in which order: docs/writing-a-sis-plugin.md')
}
process.exitCode = isWritten ? 0 : 1
