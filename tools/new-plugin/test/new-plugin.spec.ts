import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { smallCopy, workspace } from './small-copy.js'

const { folder, remove } = smallCopy()
afterAll(remove)

const run = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false' } })
/** The generator as `nx generate` calls it: on a tree of the folder, written at the end. */
const generate = (name: string) =>
  run(
    '--input-type=module',
    '--eval',
    `import { createRequire } from 'node:module'
     const { FsTree, flushChanges } = createRequire('${workspace}/package.json')('nx/src/generators/tree.js')
     const { default: generate } = await import('${workspace}/tools/new-plugin/generate-sis-plugin.mjs')
     const tree = new FsTree(process.cwd(), false)
     await generate(tree, { name: '${name}' })
     flushChanges(process.cwd(), tree.listChanges())`,
  )
const read = (path: string) => readFileSync(join(folder, path), 'utf8')
const under = (path: string): string[] =>
  readdirSync(join(folder, path)).flatMap((name) => {
    const inside = `${path}/${name}`
    return statSync(join(folder, inside)).isDirectory() ? under(inside) : [inside]
  })

describe('npm run new:plugin', () => {
  const before = Object.fromEntries(
    ['tsconfig.json', 'tsconfig.spec.json', 'package-lock.json', 'apps/emrex-gateway/src/plugins.ts'].map((path) => [
      path,
      read(path),
    ]),
  )

  it('refuses names that are none, and writes nothing then', () => {
    for (const name of ['mysis', 'sis-', 'sis-My', 'sis-a/b', '../sis-x']) {
      const { status, stderr } = generate(name)
      expect([name, status, stderr]).toEqual([name, 1, expect.stringContaining('a name such as sis-mysis')])
    }
    expect(existsSync(join(folder, 'libs'))).toBe(false)
  }, 300_000)

  it('writes a plugin, and adds a line to each list of projects without taking one away', () => {
    const { status, stderr } = generate('sis-mysis')
    expect([status, stderr]).toEqual([0, ''])
    expect(under('libs').sort()).toEqual([
      'libs/sis-mysis/README.md',
      'libs/sis-mysis/package.json',
      'libs/sis-mysis/src/index.ts',
      'libs/sis-mysis/src/map-result.ts',
      'libs/sis-mysis/src/mysis-answers.ts',
      'libs/sis-mysis/src/mysis-sis-plugin.ts',
      'libs/sis-mysis/test/contract.spec.ts',
      'libs/sis-mysis/test/start-mysis.ts',
      'libs/sis-mysis/tsconfig.json',
    ])
    for (const [path, earlier] of Object.entries(before)) {
      const now = read(path).split('\n')
      // A comma may come behind what was last.
      const lost = earlier.split('\n').filter((line) => !now.includes(line) && !now.includes(`${line},`))
      expect([path, lost]).toEqual([path, []])
      expect([path, now.join('\n')]).toEqual([path, expect.stringContaining('sis-mysis')])
    }
    expect(read('apps/emrex-gateway/src/plugins.ts')).toMatch(
      /sisPlugins[^=]*= \{[^}]*mysis: async \(\) => \(await import\('@emrex-gateway\/sis-mysis'\)\).mysisSisPlugin,/,
    )
    expect(read('apps/emrex-gateway/package.json')).toContain('"@emrex-gateway/sis-mysis": "0.1.0"')
    expect(read('apps/emrex-gateway/tsconfig.json')).toContain('../../libs/sis-mysis')
    const left = under('libs').filter((path) => read(path).includes('<%'))
    expect(left).toEqual([])
  }, 300_000)

  it('writes nothing over what is there', () => {
    const { status, stderr } = generate('sis-mysis')
    expect([status, stderr]).toEqual([1, expect.stringContaining('libs/sis-mysis is there already')])
  }, 300_000)

  it('leaves an author no more than 150 lines for a source and a target', () => {
    const lines = under('libs/sis-mysis/src').reduce((sum, path) => sum + read(path).trimEnd().split('\n').length, 0)
    expect(lines).toBeGreaterThan(50)
    expect(lines).toBeLessThanOrEqual(150)
  })

  const runContractTests = (): Readonly<Record<string, number | null>> => {
    const report = join(folder, 'report.json')
    const { status } = run(
      ...['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'],
      join(folder, 'node_modules/jest/bin/jest.js'),
      ...['--config', 'jest.config.mjs', '--rootDir', 'libs/sis-mysis', '-i', '--json', '--outputFile', report],
    )
    return { status, ...(JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>) }
  }
  const allGreen = { status: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 0 }

  it('has contract tests that are green from the first minute', () => {
    const outcome = runContractTests()
    expect(outcome).toMatchObject(allGreen)
    expect(outcome['numPassedTests']).toBeGreaterThan(50)
  }, 300_000)

  const long = process.env['EMREX_LONG_TESTS'] === undefined ? it.skip : it
  long(
    'writes what the compiler takes',
    () => {
      const config = {
        extends: './tsconfig.spec.json',
        compilerOptions: { noEmit: true },
        include: ['libs/sis-mysis'],
        references: [],
      }
      writeFileSync(join(folder, 'tsconfig.one.json'), JSON.stringify(config))
      const { status, stdout } = run(join(folder, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.one.json')
      expect([status, stdout]).toEqual([0, ''])
    },
    240_000,
  )

  it('has green tests again when its target became cases by hand as the guide says', () => {
    const guide = readFileSync(join(workspace, 'docs/writing-a-sis-plugin.md'), 'utf8')
    const told = (form: RegExp) => form.exec(guide)?.[1] ?? ''
    const change = (path: string, ...changes: (readonly [RegExp, string])[]) =>
      writeFileSync(
        join(folder, path),
        changes.reduce((text, [form, by]) => text.replace(form, by), read(path)),
      )
    change(
      'libs/sis-mysis/src/mysis-sis-plugin.ts',
      [/target: \{.*?\n {6}\},\n(?= {6}check)/s, `${told(/```ts\n(target: caseTarget.*?)\n```/s)},\n`],
      [/\baskForm,/, 'askForm, caseTarget,'],
      [/$/, `\nconst filesOf = () => ({ name: 'mysis.txt', mediaType: 'text/plain', text: 'the results' })\n`],
    )
    const gone = [...told(/`imported` is then .*?\n((?:`\w+`(?: and )?)+) go:/s).matchAll(/\w{5,}/g)]
    change(
      'libs/sis-mysis/test/contract.spec.ts',
      [/\bfailuresOverHttp,/, 'failuresOverHttp, importedCases,'],
      [/return \{ sis,/, 'return { host, sis,'],
      [/const \{ sis, connection/, 'const { host, sis, connection'],
      [/imported: .*?\n {6}\},/s, `imported: ${told(/`imported` is then `([^`]+)`/)},`],
      ...gone.map(([name]) => [new RegExp(` +${name}: .*\n`), ''] as const),
    )
    expect(runContractTests()).toMatchObject(allGreen)
  }, 300_000)

  it('writes the lock file as npm would, in its order', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> }
    const keys = Object.keys(lock.packages)
    expect(keys.indexOf('libs/sis-mysis')).toBe(keys.indexOf('libs/sis-ladok') + 1)
    expect(lock.packages['node_modules/@emrex-gateway/sis-mysis']).toEqual({ resolved: 'libs/sis-mysis', link: true })
    // The order of npm is the order that was there.
    const earlier = JSON.parse(before['package-lock.json']!) as { packages: Record<string, object> }
    expect(keys.filter((key) => key in earlier.packages)).toEqual(Object.keys(earlier.packages))
  })
})
