import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureInstall } from './commands/ensure-install.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

ensureInstall(workspaceRoot)
const { readWorkspace } = await import('./check-layers/read-workspace.mjs')
const { chooseProjects } = await import('./commands/choose-projects.mjs')
const { runProgramBeside } = await import('./commands/run-program.mjs')
const { repeatOnOtherNodes } = await import('./commands/other-nodes.mjs')
const { formatTestSum, isGood, sumTestResults } = await import('./commands/sum-test-results.mjs')

const resultFolder = join(workspaceRoot, 'tmp/test-results')
const skipLog = join(workspaceRoot, 'tmp/skipped-tests.log')

const testable = readWorkspace(workspaceRoot).filter(({ targets }) => targets.includes('test'))
const { chosen: projects, unknown } = chooseProjects(testable, process.argv.slice(2))
if (unknown.length > 0) {
  console.error(`no project: ${unknown.join(', ')}; there are: ${testable.map(({ folder }) => folder).join(', ')}`)
  process.exit(1)
}
/** nx.json makes jest write here. */
const resultFiles = new Map(projects.map(({ name, folder }) => [name, join(resultFolder, `${folder}.json`)]))

// A result of an earlier run must never be counted for this one.
rmSync(resultFolder, { recursive: true, force: true })
rmSync(skipLog, { force: true })
for (const file of resultFiles.values()) mkdirSync(dirname(file), { recursive: true })

// .ci/run asks for it: a part of the tests is repeated on the other releases of Node that the gateway runs on.
// Begun before the build, which needs one processor alone.
const repeating =
  process.env['EMREX_OTHER_NODES'] === '1'
    ? repeatOnOtherNodes(workspaceRoot, {
        results: resultFolder,
        nodes: join(workspaceRoot, 'tmp/nodes'),
        isRequired: process.env['CI'] === 'true',
      })
    : Promise.resolve({ files: new Map(), endedWell: true })

// Tests run from the sources, but some start the gateway as its users do: from what was built.
const isBuilt = await runProgramBeside('tsc', ['--build'])

/**
 * Takes as long as all others together, and waits for browsers: begun with them, it leaves the processors no time to idle.
 * Its files go to two processes; the others go two projects at a time, for the processes and pauses between them cost a tenth.
 */
const longest = '@emrex-gateway/gateway'
const groups = [
  { members: projects.filter(({ name }) => name === longest), parallel: 1, workers: 2 },
  { members: projects.filter(({ name }) => name !== longest), parallel: 2, workers: 1 },
].filter(({ members }) => members.length > 0)
const ends = await Promise.all(
  groups.map(({ members, parallel, workers }, index) => {
    const names = members.map(({ name }) => name).join(',')
    const args = ['run-many', '--target=test', `--projects=${names}`, `--parallel=${parallel}`, '--skip-nx-cache']
    // Two of nx do not write to the same folder.
    const env = {
      EMREX_SKIP_LOG: skipLog,
      NX_WORKSPACE_DATA_DIRECTORY: join(workspaceRoot, `.nx/workspace-data-${index}`),
    }
    return runProgramBeside('nx', [...args, '--output-style=stream', `--maxWorkers=${workers}`], { env })
  }),
)
const endedWell = ends.every(Boolean)
const repeated = await repeating

const sum = sumTestResults(new Map([...resultFiles, ...repeated.files]), isBuilt && endedWell && repeated.endedWell)
if (existsSync(skipLog)) console.log(`\n${readFileSync(skipLog, 'utf8').trimEnd()}`)
if (!isBuilt) console.log('\nthe build failed; its messages stand at the beginning')
for (const complaint of sum.complaints) console.log(`\n${complaint}`)
console.log(`\n${formatTestSum(sum)}`)
process.exitCode = isGood(sum) ? 0 : 1
