import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
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
export function runProgram(program, args = [], options = {}) {
  return spawnSync(process.execPath, [scriptOf(program), ...args], spawnOptions(options)).status === 0
}

/**
 * As `runProgram`, while other work goes on.
 *
 * @param {Parameters<typeof runProgram>} of
 * @returns {Promise<boolean>}
 */
export async function runProgramBeside(...[program, args = [], options = {}]) {
  const [status] = await once(spawn(process.execPath, [scriptOf(program), ...args], spawnOptions(options)), 'exit')
  return status === 0
}

/** @param {string} program */
const scriptOf = (program) => join(workspaceRoot, programs[/** @type {keyof typeof programs} */ (program)] ?? program)

/**
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} options
 * @returns {import('node:child_process').SpawnOptions}
 */
const spawnOptions = ({ env = {}, quiet = false }) => ({
  cwd: workspaceRoot,
  stdio: ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'],
  env: { ...process.env, NX_DAEMON: 'false', ...env },
})
