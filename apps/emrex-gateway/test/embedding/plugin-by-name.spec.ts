import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { keyFiles } from './programs-of-the-page.js'
import { PackedPackages, type UnrelatedFolder } from './unrelated-folder.js'

/** What a vendor writes: a system that reads one file. */
const body = (load: string, give: string) => `${load}
const config = {
  safeParse: (settings) =>
    typeof settings.university === 'string'
      ? { success: true, data: settings }
      : { success: false, error: { issues: [{ path: ['university'], message: 'must be the name of the university' }] } },
}
const create = async ({ university }, host, id) => {
  const institution = { code: 'CU', title: university, country: 'NO', schac: 'campus.example' }
  const system = ownResults({ id, institution, read: async () => undefined })
  return { ...system, check: async () => ({ ok: true, findings: ['read by emrex-campus-sis'] }) }
}
${give} { apiVersion: 1, name: 'campus-sis', config, create }
`
const esm = body("import { ownResults } from '@emrex-gateway/core'", 'export default')
const commonJs = body("const { ownResults } = require('@emrex-gateway/core')", 'module.exports =')
const login = `export default { apiVersion: 1, name: 'login', config: { safeParse: (data) => ({ success: true, data }) },
  create: async () => ({ info: { id: 'x' }, close: async () => {} }) }`

const vendors = {
  'emrex-campus-sis': {
    manifest: { type: 'module', exports: { types: './index.d.ts', default: './index.js' } },
    source: esm,
  },
  '@vendor/campus-sis': { manifest: { main: './index.js' }, source: commonJs },
  'import-only': { manifest: { type: 'module', exports: { import: './index.js' } }, source: esm },
  'of-tomorrow': {
    manifest: { type: 'module', exports: './index.js' },
    source: esm.replace('apiVersion: 1', 'apiVersion: 2'),
  },
  'does-not-load': {
    manifest: { type: 'module', exports: './index.js' },
    source: "throw new Error('no licence file')",
  },
  'is-a-login': { manifest: { type: 'module', exports: './index.js' }, source: login },
}

const settings = (systems: readonly object[]) =>
  JSON.stringify({
    ...{ environment: 'demo', database: { file: './gateway.sqlite' }, seal: { keyFile: './seal.key' }, systems },
    logins: [
      { id: 'people', plugin: 'demo', settings: { country: 'NO', people: [{ id: 'a', given: 'A', family: 'B' }] } },
    ],
    ncp: [
      {
        ...{ id: 'campus', title: 'Campus', publicUrl: 'http://127.0.0.1:4000', logins: ['people'], sources: ['one'] },
        signing: { keyFile: './ncp.key.pem', certificateFile: './ncp.pem' },
      },
    ],
  })

describe('a plugin in a package of its own, beside the packed gateway', () => {
  let packed: PackedPackages
  let folder: UnrelatedFolder
  const gateway = ['@emrex-gateway/gateway', '@emrex-gateway/core']

  beforeAll(async () => {
    packed = await PackedPackages.pack()
    folder = await packed.install(gateway, keyFiles(await makeThrowawaySigner()))
    for (const [name, vendor] of Object.entries(vendors)) installVendor(folder.path, name, vendor)
  }, 180_000)

  afterAll(async () => {
    await folder.remove()
    packed.remove()
  })

  const check = (systems: readonly object[]) => {
    writeFileSync(join(folder.path, 'settings.yaml'), settings(systems))
    return folder.run(['node_modules/@emrex-gateway/gateway/bin/emrex.mjs', 'config', 'check', 'settings.yaml'])
  }

  it('is loaded by its name from the folder of the settings, as ES module and as CommonJS', () => {
    const { status, output } = check([
      { id: 'one', plugin: 'emrex-campus-sis', settings: { university: 'Campus University' } },
      { id: 'two', plugin: '@vendor/campus-sis', settings: { university: 'Campus College' } },
    ])
    expect({ status, output }).toMatchObject({ status: 0 })
    expect(output.match(/read by emrex-campus-sis/g)).toHaveLength(2)
  }, 60_000)

  it('is told apart from what is none, in plain words, all at once', () => {
    const names = [...Object.keys(vendors).slice(2), 'emrex-nowhere']
    const uses = names.map((plugin, index) => ({
      id: index === 0 ? 'one' : `s${index}`,
      plugin,
      settings: { university: 'C' },
    }))
    const { status, output } = check([...uses, { id: 'unset', plugin: 'emrex-campus-sis', settings: {} }])
    expect(status).not.toBe(0)
    for (const line of [
      'systems.0: the package "import-only" is installed, but its "exports" have no "default" condition',
      'systems.1: the package "of-tomorrow" does not export a plugin of version 1 as its default',
      'systems.2: the package "does-not-load" cannot be loaded: no licence file',
      'systems.3: the plugin "is-a-login" is none for systems: it gave something else',
      'systems.4: no plugin "emrex-nowhere": not one of rest, sql,',
      'systems.5.settings.university: must be the name of the university',
    ])
      expect(output).toContain(line)
  }, 60_000)
})

/** As `npm pack` and `npm install` of the tarball do. */
function installVendor(
  folder: string,
  name: string,
  vendor: { readonly manifest: object; readonly source: string },
): void {
  const work = mkdtempSync(join(tmpdir(), 'vendor-'))
  try {
    writeFileSync(
      join(work, 'package.json'),
      JSON.stringify({ name, version: '1.2.3', license: 'EUPL-1.2', ...vendor.manifest }),
    )
    writeFileSync(join(work, 'index.js'), vendor.source)
    writeFileSync(join(work, 'index.d.ts'), 'export {}\n')
    execFileSync('npm', ['pack', '--offline', '--silent', '--ignore-scripts'], { cwd: work })
    const into = join(folder, 'node_modules', name)
    mkdirSync(into, { recursive: true })
    const tarball = `${name.replace('@', '').replace('/', '-')}-1.2.3.tgz`
    execFileSync('tar', ['-xzf', join(work, tarball), '--strip-components=1', '-C', into])
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
