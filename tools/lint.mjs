import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { runProgram } = await import('./commands/run-program.mjs')

// The boundary rule reads the project graph that nx wrote last; with none or an old one it sees nothing and is silent.
const projectGraph = join(workspaceRoot, '.nx/workspace-data/project-graph.json')
rmSync(projectGraph, { force: true })
if (!runProgram('nx', ['show', 'projects'], { quiet: true }) || !existsSync(projectGraph)) {
  console.error('nx wrote no project graph; without it the boundary rule would pass anything')
  process.exit(1)
}

const outcomes = [
  runProgram('eslint', ['.']),
  runProgram('prettier', ['--check', '--log-level=warn', '.']),
  runProgram('tools/check-layers/check-layers.mjs'),
]
process.exitCode = outcomes.every(Boolean) ? 0 : 1
