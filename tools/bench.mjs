import { existsSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

if (!runProgram('tsc', ['--build'])) process.exit(1)
const processors = cpus()
console.log(`Node ${process.versions.node}, ${processors[0]?.model ?? 'unknown CPU'}, ${processors.length} cores`)

const folder = join(workspaceRoot, 'tools/bench')
// `npm run bench -- cliffs` runs those with this in their name.
const wanted = process.argv.slice(2)
const benches = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.bench.mjs'))
      .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  : []
if (benches.length === 0) console.log(`nothing to measure in ${folder}`)
for (const bench of benches.sort()) {
  console.log(`\n${bench}`)
  // One after the other: two at a time would measure each other.
  if (!runProgram(/** @type {`${string}.mjs`} */ (`tools/bench/${bench}`))) process.exitCode = 1
}
