import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildGateway, createLog, loadSettings, SettingsError, type Gateway } from '@emrex-gateway/gateway'
import {
  describeWith,
  makeThrowawaySigner,
  startPostgres,
  type DatabaseServer,
  type ThrowawaySigner,
} from '@emrex-gateway/testing'
import { configCheckCommand } from '../src/cli/config-check-command.js'
import { freshDatabase } from './database/town-on-postgres.js'
import { saidBy } from './said-by.js'

const settings = (change: Readonly<Record<string, unknown>> = {}) => ({
  database: { file: './gateway.sqlite' },
  seal: { keyFile: './seal.key' },
  logins: [{ id: 'outside', plugin: 'invented-login', settings: { label: 'Invented' } }],
  systems: [{ id: 'records', plugin: 'sql', settings: { client: 'sqlite', file: './records.sqlite' } }],
  ncp: [
    {
      id: 'abroad',
      title: 'Abroad University',
      publicUrl: 'https://abroad.example',
      logins: ['outside'],
      sources: ['records'],
      signing: { keyFile: './key.pem', certificateFile: './certificate.pem' },
    },
  ],
  ...change,
})

/** What somebody outside would publish: a module of their own with a plugin as its default. */
const login = (apiVersion: number) => `
  const knows = (key) => key === 'label'
  export default {
    apiVersion: ${apiVersion},
    name: 'invented-login',
    config: {
      safeParse(settings) {
        const odd = Object.keys(settings).filter((key) => !knows(key))
        if (odd.length === 0) return { success: true, data: settings }
        return { success: false, error: { issues: odd.map((key) => ({ path: [key], message: 'unknown key' })) } }
      },
    },
    async create({ label }, host, id) {
      return { info: { id, label, environment: host.environment, kind: 'federation' } }
    },
  }`

let folder: string
let signer: ThrowawaySigner
const opened: Gateway[] = []
const write = (name: string, content: string) => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
const publish = (name: string, source: string) => {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' }))
  write(`node_modules/${name}/index.js`, source)
}

beforeAll(async () => {
  signer = await makeThrowawaySigner()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-start-'))
  write('seal.key', randomBytes(32).toString('base64'))
  write('key.pem', signer.privateKey)
  write('certificate.pem', signer.certificate)
  publish('invented-login', login(1))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()))
  rmSync(folder, { recursive: true })
})

async function build(change: Readonly<Record<string, unknown>> = {}): Promise<Gateway> {
  // JSON is YAML.
  write('settings.yaml', JSON.stringify(settings(change)))
  const gateway = await buildGateway(loadSettings(join(folder, 'settings.yaml')), createLog('silent'))
  opened.push(gateway)
  return gateway
}

async function problemsOf(change: Readonly<Record<string, unknown>> = {}): Promise<SettingsError['problems']> {
  try {
    await build(change)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('a plugin from outside', () => {
  it('is loaded by its package name from where the settings file lies', async () => {
    const { ncps } = await build()
    expect(ncps[0]?.entry.logins[0]?.info).toMatchObject({
      id: 'outside',
      label: 'Invented',
      environment: 'production',
    })
  })

  it('is refused, with its path, when it is not installed or not a plugin of this version', async () => {
    publish('of-tomorrow', login(2))
    publish('no-plugin', 'export default 7')
    const logins = ['outside', 'of-tomorrow', 'no-plugin', 'not-installed']
    const uses = logins.map((id) => ({ id, plugin: id === 'outside' ? 'invented-login' : id, settings: {} }))
    expect(await problemsOf({ logins: uses })).toEqual([
      { path: 'logins.1', message: 'the package "of-tomorrow" does not export a plugin of version 1 as its default' },
      { path: 'logins.2', message: 'the package "no-plugin" does not export a plugin of version 1 as its default' },
      { path: 'logins.3', message: expect.stringMatching(/^no plugin "not-installed"/) as string },
    ])
  })
})

describe('a start', () => {
  it('tells every missing file, wrong key and wrong plugin setting in one go', async () => {
    write('seal.key', 'short')
    rmSync(join(folder, 'key.pem'))
    const logins = [{ id: 'outside', plugin: 'invented-login', settings: { labl: 'Invented' } }]
    const systems = [{ id: 'records', plugin: 'sql', settings: { client: 'sqlite', fil: 'x' } }]
    expect((await problemsOf({ logins, systems })).map(({ path }) => path)).toEqual([
      ...['seal.keyFile', 'ncp.0.signing.keyFile'],
      ...['logins.0.settings.labl', 'systems.0.settings.file', 'systems.0.settings'],
    ])
  })

  it('refuses a seal or a font for transcripts that cannot be used, with its path', async () => {
    write('other.key', (await makeThrowawaySigner()).privateKey)
    const [entry] = settings().ncp
    const sealed = (keyFile: string) => ({
      transcript: { fonts: ['./no-such-font.ttf', { path: './key.pem', face: 'Regular' }] },
      ncp: [{ ...entry, transcript: { attach: false, seal: { keyFile, certificateFile: './certificate.pem' } } }],
    })
    const seal = 'ncp.0.transcript.seal'
    expect((await problemsOf(sealed('./nowhere.key'))).map(({ path }) => path)).toEqual([
      ...['transcript.fonts.0', 'transcript.fonts.1', `${seal}.keyFile`],
    ])
    expect(await problemsOf(sealed('./other.key'))).toContainEqual({
      path: seal,
      message: 'The private key and the certificate of the seal do not belong together.',
    })
    expect((await problemsOf(sealed('./key.pem'))).map(({ path }) => path)).toEqual([
      ...['transcript.fonts.0', 'transcript.fonts.1'],
    ])
  })

  it('refuses a key that could not sign, before the first student comes', async () => {
    write('key.pem', (await makeThrowawaySigner()).privateKey)
    const message = 'The certificate is not that of the signing key.'
    expect(await problemsOf()).toEqual([{ path: 'ncp.0.signing', message }])
    write('certificate.pem', 'damaged')
    expect((await problemsOf()).map(({ path }) => path)).toEqual(['ncp.0.signing'])
    const short = await makeThrowawaySigner({ key: { type: 'rsa', bits: 1024 } })
    write('key.pem', short.privateKey)
    write('certificate.pem', short.certificate)
    expect((await problemsOf())[0]?.message).toMatch(/must be RSA from 2048 bits, or ECDSA from P-256/)
  })
})

describe('a student system into which nobody can write', () => {
  /** What somebody outside would publish: a system that takes results in this way. */
  const system = (mode: string) => `
    export default {
      apiVersion: 1,
      name: 'invented-system',
      config: { safeParse: (data) => ({ success: true, data }) },
      async create(_settings, host, id) {
        return { id, target: { can: { findBy: [], mode: '${mode}' } }, check: async () => ({}), close: async () => {} }
      },
    }`
  const target = { id: 'theirs', plugin: 'invented-system' }
  const entry = { title: 'Home', publicUrl: 'https://home.example', logins: ['outside'], target: 'theirs' }
  const registries = [{ id: 'ours', kind: 'static', entries: [] }]
  const change = (...smp: readonly object[]) => ({ ncp: [], systems: [target], registries, smp })

  it('needs a login for staff at each entry that leads to it: else nobody could ever see a case', async () => {
    publish('invented-system', system('case'))
    const smp = [
      { ...entry, id: 'with', staffLogin: 'outside' },
      { ...entry, id: 'without' },
    ]
    expect(await problemsOf(change(...smp))).toEqual([
      {
        path: 'smp.1.staffLogin',
        message: expect.stringMatching(/^"theirs" takes no results by itself: .* nobody could ever see one$/) as string,
      },
    ])
    expect(await problemsOf(change(smp[0]!))).toEqual([])
  })

  it('is asked for none when the system takes results by itself', async () => {
    publish('invented-system', system('structured'))
    expect(await problemsOf(change({ ...entry, id: 'without' }))).toEqual([])
  })
})

describe('a file that the settings name', () => {
  it('is told with its place when it is there, and cannot be read or holds nothing', async () => {
    rmSync(join(folder, 'key.pem'))
    mkdirSync(join(folder, 'key.pem'))
    write('audit.key', '\n')
    // A secret that nobody filled in must not pass for one that is not wanted.
    expect(await problemsOf({ audit: { signing: { keyFile: './audit.key' } } })).toEqual([
      { path: 'ncp.0.signing.keyFile', message: 'the file ./key.pem cannot be read (EISDIR)' },
      { path: 'audit.signing.keyFile', message: 'the file ./audit.key is empty' },
    ])
  })
})

describe('a list of NCPs in a file', () => {
  const registries = [{ id: 'ours', kind: 'file', file: './ncps.yaml' }]
  const entry = (name: string, url: string, certificate: string) =>
    JSON.stringify({ name, countryCode: 'NO', url, certificates: [certificate] })

  it('is used but for its bad entries, each left out with its reason', async () => {
    const good = entry('Good', 'https://good.example/', signer.certificate)
    write('ncps.yaml', `- ${good}\n- ${entry('Odd', 'http://odd.example/', signer.certificate)}\n- 7\n`)
    const { entries, skipped } = await (await build({ registries })).registry.current()
    expect(entries.map(({ name }) => name)).toEqual(['Good'])
    expect(skipped).toEqual([
      { source: 'ours', position: '2 (Odd)', reason: 'its address is not https' },
      { source: 'ours', position: '3', reason: 'it is not an object' },
    ])
  })

  it('is a problem of the settings where it is missing or no YAML', async () => {
    expect(await problemsOf({ registries })).toEqual([
      { path: 'registries.0.file', message: 'the file ./ncps.yaml does not exist' },
    ])
    write('ncps.yaml', '- [1\n')
    expect((await problemsOf({ registries }))[0]?.message).toMatch(/^\.\/ncps\.yaml, line \d+: /)
  })
})

describe('config:check', () => {
  /** How it ends, and what it prints about the settings. */
  function run(change: Readonly<Record<string, unknown>> = {}) {
    write('settings.yaml', JSON.stringify(settings(change)))
    return saidBy(() => configCheckCommand(join(folder, 'settings.yaml')))
  }
  const check = async (change: Readonly<Record<string, unknown>> = {}) => (await run(change)).text

  /** Systems and logins that say of themselves what they are asked to. */
  const asked = `
    const config = { safeParse: (data) => ({ success: true, data }) }
    const said = (ok) => ({ ok, available: ok, findings: [] })
    export default {
      ...{ apiVersion: 1, name: 'asked', config },
      async create({ login, ok = true }, host, id) {
        if (!login) return { id, target: { can: { findBy: [] } }, check: async () => said(ok), close: async () => {} }
        return { info: { id, label: 'Asked', delivers: [], kind: 'federation' }, refresh: async () => said(ok) }
      },
    }`
  const part = (id: string, given: object) => ({ id, plugin: 'asked', settings: given })
  const known = () => ({ name: 'N', countryCode: 'NO', url: 'https://n.example/', certificates: [signer.certificate] })
  const home = (login: object = {}, system: object = {}, entries: readonly object[] = [known()]) => ({
    ...{ ncp: [], logins: [part('outside', { login: true, ...login })], systems: [part('records', system)] },
    registries: [{ id: 'ours', kind: 'static', entries }],
    smp: [{ id: 'home', title: 'Home', publicUrl: 'https://home.example', logins: ['outside'], target: 'records' }],
  })

  it('ends with 1 when a system, a login or every NCP is missing, for a script that deploys, and else with 0', async () => {
    publish('asked', asked)
    expect(await run(home())).toMatchObject({ code: 0 })
    expect(await run(home({}, { ok: false }))).toMatchObject({ code: 1 })
    const login = await run(home({ ok: false }))
    expect([login.code, login.text]).toEqual([1, expect.stringContaining('("Asked"): NOT available')])
    expect(await run(home({}, {}, []))).toMatchObject({ code: 1 })
  })

  it('ends with 1 when the certificate that an NCP signs with has ended', async () => {
    publish('asked', asked)
    const ofNcp = { logins: [part('outside', { login: true })], systems: [part('records', {})] }
    expect(await run(ofNcp)).toMatchObject({ code: 0 })
    const ended = await makeThrowawaySigner({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })
    write('key.pem', ended.privateKey)
    write('certificate.pem', ended.certificate)
    const { code, text } = await run(ofNcp)
    expect([code, text]).toEqual([1, expect.stringContaining('Certificate (signing) of abroad: ENDED')])
  })

  it('says where cases would wait for nobody, and so does the log of a start: a doubtful match needs staff at any SMP', async () => {
    publish('asked', asked)
    for (const [staff, warned] of [
      [{}, true],
      [{ staffLogin: 'outside' }, false],
    ] as const) {
      const change = home()
      const { text } = await run({ ...change, smp: change.smp.map((entry) => ({ ...entry, ...staff })) })
      expect(text.includes('NOBODY sees its cases')).toBe(warned)
      const lines: string[] = []
      const log = createLog('info', { write: (line) => void lines.push(line) })
      await (await buildGateway(loadSettings(join(folder, 'settings.yaml')), log)).close()
      expect(lines.some((line) => line.includes('"case.unseen"') && line.includes('"home"'))).toBe(warned)
    }
  })

  it('names a certificate that ends soon', async () => {
    const notAfter = new Date(Date.now() + 12.5 * 86_400_000)
    const ending = await makeThrowawaySigner({ notAfter })
    write('key.pem', ending.privateKey)
    write('certificate.pem', ending.certificate)
    const printed = await check()
    const day = notAfter.toISOString().slice(0, 10)
    expect(printed).toContain(`Certificate (signing) of abroad: ends in 12 days, on ${day}`)
  })

  it('says how many NCPs the registries name, and which entry is left out and why', async () => {
    const entry = (certificate: string) => ({
      ...{ name: 'Ours', countryCode: 'NO', url: 'https://ours.example/', certificates: [certificate] },
    })
    const registries = [{ id: 'ours', kind: 'static', entries: [entry('MIIB…')] }]
    expect(await check({ registries })).toContain(
      'Registries: NO NCP is known\n  ours, left out: 1 (Ours): its certificate cannot be read\n',
    )
    registries.push({ id: 'others', kind: 'static', entries: [entry(signer.certificate)] })
    expect(await check({ registries })).toContain('Registries: NCPs known: 1\n  ours, left out: 1 (Ours)')
  })
})

describeWith(describe, 'postgresql', 'a PostgreSQL in production', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())

  it('is told by the start and by config:check when it is asked in the clear on another host', async () => {
    const here = await freshDatabase(server)
    // It leads here, and is none of the addresses that name the machine itself.
    const elsewhere = here.replace('127.0.0.1', '0.0.0.0')
    for (const [url, warned] of [
      [here, false],
      [elsewhere, true],
    ] as const) {
      write('settings.yaml', JSON.stringify(settings({ database: { url } })))
      const file = join(folder, 'settings.yaml')
      const { text } = await saidBy(() => configCheckCommand(file))
      expect([url, text.includes('NOT encrypted on its way to another host')]).toEqual([url, warned])
      const lines: string[] = []
      opened.push(await buildGateway(loadSettings(file), createLog('info', { write: (line) => void lines.push(line) })))
      expect([url, lines.some((line) => line.includes('"database.unencrypted"'))]).toEqual([url, warned])
    }
  })
})
