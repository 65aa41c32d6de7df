import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testdata } from './run-elmo.js'
import { scratchFolder } from './scratch-folder.js'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))
const file = scratchFolder()

function run(program: string, argv: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd, timeout: 60_000, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${argv.join(' ')}: ${stderr}`)
  return stdout
}

/** The package and what it depends on, in a project that has nothing else, its commands linked by npm. */
function install(): string {
  const project = file('project')
  const installed = join(project, 'node_modules/@emrex-gateway/elmo')
  mkdirSync(installed, { recursive: true })
  const [{ filename } = { filename: '' }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', project], packageFolder),
  ) as { filename: string }[]
  run('tar', ['xzf', join(project, filename), '--strip-components=1', '-C', installed], project)
  copyDependencies(join(packageFolder, 'package.json'), join(project, 'node_modules'), new Set())
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['rebuild', '--ignore-scripts', '--offline'], project)
  return project
}

function copyDependencies(manifest: string, into: string, seen: Set<string>): void {
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: Record<string, string> }
  for (const name of Object.keys(dependencies)) {
    if (seen.has(name)) continue
    seen.add(name)
    const path = createRequire(manifest)
      .resolve.paths(name)!
      .map((folder) => join(folder, name, 'package.json'))
    const found = path.find((each) => readable(each))!
    cpSync(dirname(found), join(into, name), { recursive: true })
    copyDependencies(found, into, seen)
  }
}

function readable(path: string): boolean {
  try {
    return readFileSync(path).length > 0
  } catch {
    return false
  }
}

describe('the package by itself', () => {
  it('offers the command elmo and the library, with nothing beside it but what it depends on', () => {
    const project = install()
    const argv = ['--no', '--offline', 'elmo', 'validate', '--version', '1.7.0', '--json', testdata('maximal.xml')]
    expect(JSON.parse(run('npx', argv, project))).toEqual({
      file: testdata('maximal.xml'),
      valid: true,
      problems: [],
    })
    const code =
      "import { readElmo, elmoXsd } from '@emrex-gateway/elmo'; process.stdout.write([typeof readElmo, elmoXsd().length > 1].join())"
    expect(run(process.execPath, ['--input-type=module', '-e', code], project)).toBe('function,true')
  }, 120_000)

  it('has a launcher that says what to do where it was not built', () => {
    const bare = file('bare')
    mkdirSync(join(bare, 'bin'), { recursive: true })
    cpSync(join(packageFolder, 'bin/elmo.mjs'), join(bare, 'bin/elmo.mjs'))
    const { status, stderr, stdout } = spawnSync(process.execPath, [join(bare, 'bin/elmo.mjs'), 'xsd'], {
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^elmo: not built yet; run `npm run build`/)
  })

  it('is locked with the command that it declares', () => {
    const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as never
    const { bin } = read('../../package.json') as { bin: Record<string, string> }
    const { packages } = read('../../../../package-lock.json') as { packages: Record<string, { bin?: object }> }
    expect(bin).toEqual({ elmo: './bin/elmo.mjs' })
    expect(packages['libs/elmo']?.bin).toEqual({ elmo: 'bin/elmo.mjs' })
  })
})
