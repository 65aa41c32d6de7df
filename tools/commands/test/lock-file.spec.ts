import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

interface Manifest {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: true
  readonly hasInstallScript?: true
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
type Kind = 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies'
// Peers of ours are ranges: an embedder brings their own, and another patch of Nest must do.
const kinds: readonly Kind[] = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
const pinned = kinds.filter((kind) => kind !== 'peerDependencies')

const root = fileURLToPath(new URL('../../..', import.meta.url))
const json = <Content>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Content
const lock = json<{ packages: Readonly<Record<string, Manifest>> }>('package-lock.json').packages
const settings = json<{ overrides: Record<string, string>; allowScripts: Record<string, boolean> }>('package.json')
const installed = Object.entries(lock).filter(([path, { link }]) => path.includes('node_modules/') && !link)
const ours = Object.keys(lock).filter((path) => !path.includes('node_modules/'))
const nameOf = (path: string) => path.split('node_modules/').at(-1)!

/** Where Node finds a package from there: in the nearest `node_modules` upwards. */
function resolved(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (lock[path] !== undefined) return path
    if (folder === '') return undefined
  }
}

describe('package-lock.json', () => {
  it('has an entry for everything that any entry asks for, the packages of other platforms too', () => {
    const missing = Object.entries(lock).flatMap(([path, manifest]) =>
      Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
        .filter((name) => resolved(path, name) === undefined)
        .map((name) => `${path} asks for ${name}`),
    )
    expect(missing).toEqual([])
    // Had nothing been looked at, nothing would be missing.
    const platforms = Object.keys(lock['node_modules/libsql']?.optionalDependencies ?? {})
    expect(platforms).toEqual(expect.arrayContaining(['@libsql/darwin-arm64', '@libsql/win32-x64-msvc']))
  })

  it('holds a checksum of each package and no address that it was fetched from', () => {
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
    expect(installed.filter(([, { resolved: address }]) => address !== undefined).map(([path]) => path)).toEqual([])
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "(https?|git|file):/)
  })

  it('agrees with each package.json of the workspace', () => {
    for (const folder of ours) {
      const manifest = json<Manifest>(join(folder, 'package.json'))
      for (const kind of kinds)
        expect([folder, kind, lock[folder]![kind] ?? {}]).toEqual([folder, kind, manifest[kind] ?? {}])
    }
  })
})

describe('the package.json files', () => {
  it('pin every version exactly', () => {
    const loose = ours.flatMap((folder) =>
      pinned.flatMap((kind) =>
        Object.entries(json<Manifest>(join(folder, 'package.json'))[kind] ?? {})
          .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
          .map(([name, version]) => `${folder} ${name} ${version}`),
      ),
    )
    expect(loose).toEqual([])
    expect(Object.values(settings.overrides)).toEqual(
      Object.values(settings.overrides).filter((v) => /^\d+\.\d+\.\d+$/.test(v)),
    )
  })

  it('decide about each package that would run a script when it is installed, and about no other', () => {
    const withScript = new Set(
      installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)),
    )
    expect(Object.keys(settings.allowScripts).sort()).toEqual([...withScript].sort())
  })

  it('take no better-sqlite3 of version 13, which crashes on Node 20', () => {
    expect(lock['node_modules/better-sqlite3']?.version).toMatch(/^12\./)
  })
})
