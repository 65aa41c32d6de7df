import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.mjs'

const programs = {
  eslint: 'node_modules/eslint/bin/eslint.js',
  jest: 'node_modules/jest/bin/jest.js',
  nx: 'node_modules/nx/dist/bin/nx.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  tsc: 'node_modules/typescript/bin/tsc',
}

/**
 * Runs a program of the workspace, or a script by its path, in the root of the workspace with this very Node. Its
 * output is shown while it runs.
 *
 * @param {keyof typeof programs | `${string}.mjs`} program
 * @param {readonly string[]} [args]
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` shows errors alone
 * @returns {boolean} whether it ended well
 */
export function runProgram(program, args = [], { env = {}, quiet = false } = {}) {
  const script = join(workspaceRoot, programs[/** @type {keyof typeof programs} */ (program)] ?? program)
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: workspaceRoot,
    stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, NX_DAEMON: 'false', ...env },
  })
  return status === 0
}
