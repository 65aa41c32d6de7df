import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))
const tool = async <Module>(name: string): Promise<Module> =>
  (await import(fileURLToPath(new URL(`../../../../tools/${name}.mjs`, import.meta.url)))) as Module

interface Package {
  readonly name: string
  readonly folder: string
}
const { readWorkspace } = await tool<{
  readWorkspace(root: string): readonly (Package & { readonly isPublished: boolean })[]
}>('check-layers/read-workspace')
const { publicTypes } = await tool<{
  publicTypes(root: string, packages: readonly Package[]): Map<string, string>
}>('pack-check/public-types')
const { acceptTypes, changesOfTypes } = await tool<{
  acceptTypes(root: string, types: ReadonlyMap<string, string>): void
  changesOfTypes(root: string, types: ReadonlyMap<string, string>): string[]
}>('pack-check/accepted-types')
const { dependenciesOf } = await tool<{
  dependenciesOf(root: string, packages: readonly Package[]): { direct: string[]; all: string[] }
}>('pack-check/dependencies-of')
const { packPackages } = await tool<{
  packPackages(root: string, into: string, only: readonly string[]): (Package & { files: readonly string[] })[]
}>('pack-check/pack-packages')
const { faultsOfPacked } = await tool<{ faultsOfPacked(packed: object): string[] }>('pack-check/faults-of-packed')

const published = readWorkspace(workspace).filter(({ isPublished }) => isPublished)

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'pack-check-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the public types', () => {
  it('are those that were accepted; `npm run pack:check -- --accept` takes a change over', () => {
    expect(changesOfTypes(workspace, publicTypes(workspace, published)).join('\n')).toBe('')
  }, 120_000)

  it('are told line by line where they changed, whether exported or only spoken of', () => {
    mkdirSync(join(scratch, 'lib/dist'), { recursive: true })
    const manifest = { name: 'lib', exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } }
    writeFileSync(join(scratch, 'lib/package.json'), JSON.stringify(manifest))
    const typesOf = (index: string, hidden: string) => {
      writeFileSync(join(scratch, 'lib/dist/index.d.ts'), index)
      writeFileSync(join(scratch, 'lib/dist/hidden.d.ts'), hidden)
      return publicTypes(scratch, [{ name: 'lib', folder: 'lib' }])
    }
    const index = `import type { Inner } from './hidden.js';
/** About it. */
export interface Outer { readonly inner: Inner; readonly count: number }
export declare class Thing { private secret; use(outer: Outer): void; }
export declare function make(): Thing;
`
    const hidden = 'export interface Inner { readonly text: string }\nexport interface Unused { }\n'
    const before = typesOf(index, hidden)
    expect(before.get('lib')).not.toMatch(/About|secret|Unused/)
    acceptTypes(scratch, before)
    expect(changesOfTypes(scratch, typesOf(index, hidden))).toEqual([])
    expect(changesOfTypes(scratch, typesOf(index.replace('About', 'More about'), hidden))).toEqual([])
    expect(changesOfTypes(scratch, typesOf(index.replace('count: number', 'count?: number'), hidden))).toEqual([
      ...['\ndocs/api/lib.txt:', '  interface Outer {'],
      ...['-  readonly count: number;', '+  readonly count?: number;'],
    ])
    expect(changesOfTypes(scratch, typesOf(index, hidden.replace('text: string', 'text: string | undefined')))).toEqual(
      [
        ...['\ndocs/api/lib.txt:', '  interface Inner {'],
        ...['-  readonly text: string;', '+  readonly text: string | undefined;'],
      ],
    )
    const gone = changesOfTypes(scratch, typesOf(index.replace(/export declare function.*\n/, ''), hidden))
    expect(gone).toEqual(['\ndocs/api/lib.txt:', '- function make(): Thing'])
    expect(changesOfTypes(scratch, new Map())[0]).toBe('\ndocs/api/lib.txt:')
  }, 60_000)
})

describe('what whoever only receives results installs', () => {
  it('is at most ten packages that are not ours, and no framework', () => {
    const receiving = published.filter(({ folder }) => ['libs/smp', 'libs/registry', 'libs/elmo'].includes(folder))
    const { all } = dependenciesOf(workspace, receiving)
    expect(receiving).toHaveLength(3)
    expect(all.length).toBeLessThanOrEqual(10)
    expect(all.filter((name) => /nest|express|preact|knex|rxjs/.test(name))).toEqual([])
    expect(all).toContain('xml-crypto')
  })
})

describe('the files of a packed package', () => {
  it('are the built ones, a README and the licence; tests, sources and maps are not among them', () => {
    const [packed] = packPackages(workspace, scratch, ['@emrex-gateway/ncp'])
    expect(faultsOfPacked(packed!)).toEqual([])
    expect(packed!.files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/http/index.d.ts']))
    const spoilt = [...packed!.files.filter((file) => file !== 'LICENSE'), 'dist/index.js.map', 'dist/flow/one.spec.js']
    expect(faultsOfPacked({ ...packed!, files: spoilt })).toEqual([
      '@emrex-gateway/ncp: LICENSE is not in it',
      '@emrex-gateway/ncp: dist/index.js.map is in it',
      '@emrex-gateway/ncp: dist/flow/one.spec.js is in it',
    ])
  }, 60_000)

  it('names every published package in docs/api', () => {
    const names = published.map(({ name }) => name.replace('@emrex-gateway/', ''))
    for (const name of names) expect(readFileSync(join(workspace, `docs/api/${name}.txt`), 'utf8')).toMatch(/^# /)
  })
})
