import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildGateway, createLog, loadSettings } from '@emrex-gateway/gateway'
import { migrateStore, openPostgres } from '@emrex-gateway/store'
import { type DatabaseServer, describeWith, freePort, startPostgres } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { auditCheckpointsCommand, auditVerifyCommand } from '../../src/cli/audit-commands.js'
import { retentionReportCommand } from '../../src/cli/retention-command.js'
import { serveCommand } from '../../src/cli/serve-command.js'
import { statisticsCommand } from '../../src/cli/statistics-command.js'
import { storeBackupCommand } from '../../src/cli/store-backup-command.js'
import { storeCheckCommand, storeMigrateCommand } from '../../src/cli/store-commands.js'
import { saidBy as said } from '../said-by.js'
import { NcpSettings } from './ncp-settings.js'
import { freshDatabase } from './town-on-postgres.js'

jest.setTimeout(120_000)

let settings: NcpSettings
const settingsWith = (database: unknown) => settings.write(database)
beforeAll(async () => {
  settings = await NcpSettings.make()
})
afterAll(() => settings.remove())
afterEach(() => delete process.env['DATABASE_URL'])

describe('the database in the settings', () => {
  it('is named in exactly one way', async () => {
    for (const database of [{}, { file: 'a', url: 'postgresql://u@h/d' }, { file: 'a', tls: {} }]) {
      const { code, text } = await said(() => serveCommand(settingsWith(database)))
      expect([code, text]).toEqual([78, expect.stringMatching(/database: (needs exactly one of|tls and passwordFile)/)])
    }
  })

  it('is refused without a word of its address when that cannot be read, and when the environment has none', async () => {
    process.env['DATABASE_URL'] = 'mysql://canary:canary@canary/canary'
    const wrong = await said(() => serveCommand(settingsWith({ fromEnvironment: true })))
    expect(wrong.code).toBe(78)
    expect(wrong.text).toContain('database.fromEnvironment: expected postgresql://user@host:5432/database')
    expect(wrong.text).not.toContain('canary')
    delete process.env['DATABASE_URL']
    const none = await said(() => serveCommand(settingsWith({ fromEnvironment: true })))
    expect([none.code, none.text]).toEqual([78, expect.stringContaining('DATABASE_URL is not set')])
    const missing = await said(() => serveCommand(settingsWith({ urlFile: './no-such-file' })))
    expect([missing.code, missing.text]).toEqual([78, expect.stringContaining('database.urlFile: the file')])
  })

  it('ends the start with 69 and plain words when nothing answers', async () => {
    const url = `postgresql://canary:canary@127.0.0.1:${await freePort()}/gateway`
    const { code, text } = await said(() => serveCommand(settingsWith({ url })))
    expect([code, text]).toEqual([69, 'The database cannot be used: nothing answers at its address.\n'])
  })
})

describe('a seal key that is none', () => {
  it('is told by the commands of the database as by a start, with its place', async () => {
    const file = settingsWith({ file: './sealed.sqlite' })
    const good = readFileSync(settings.path('seal.key'))
    expect((await said(() => storeMigrateCommand(file))).code).toBe(0)
    writeFileSync(settings.path('seal.key'), 'short')
    try {
      for (const command of [storeMigrateCommand, storeCheckCommand, auditCheckpointsCommand]) {
        const { code, text } = await said(() => command(file))
        expect([code, text]).toEqual([78, expect.stringContaining('seal.keyFile: must hold 32 random bytes as base64')])
      }
    } finally {
      writeFileSync(settings.path('seal.key'), good)
    }
  })
})

describe('a SQLite file', () => {
  it('is made by no command that only looks: each ends with 69 and says where it is missing', async () => {
    const file = settingsWith({ file: './not-there/gateway.sqlite' })
    const plain = { publish: false, csv: false, json: false, html: false }
    const looks: Readonly<Record<string, () => Promise<number>>> = {
      'store check': () => storeCheckCommand(file),
      'store backup': () => storeBackupCommand(file, settings.path('copy.sqlite')),
      'audit verify': () => auditVerifyCommand(file, { json: false }),
      'audit checkpoints': () => auditCheckpointsCommand(file),
      'retention report': () => retentionReportCommand(file),
      statistics: () => statisticsCommand(file, { by: 'reason', ...plain, now: new Date() }),
    }
    for (const [name, command] of Object.entries(looks)) {
      const { code, text } = await said(command)
      expect([name, code, text]).toEqual([name, 69, expect.stringContaining('There is no database file at ')])
      expect([name, existsSync(settings.path('not-there'))]).toEqual([name, false])
    }
    // One that is there to be made is made by the command that makes the tables.
    expect((await said(() => storeMigrateCommand(file))).code).toBe(0)
    expect((await said(() => storeCheckCommand(file))).code).toBe(0)
  })

  it.each([
    ['below a file', './seal.key/gateway.sqlite', 'a part of its path is a file'],
    ['a folder', './', 'this user cannot open it; look at the rights'],
    ['something else', './certificate.pem', 'its file is no SQLite database'],
  ])('that is %s ends the start with 69 and one line of plain words', async (_, file, words) => {
    const console_ = jest.spyOn(console, 'log').mockImplementation(() => {})
    const { code, text } = await said(() => serveCommand(settingsWith({ file })))
    expect([code, text]).toEqual([69, expect.stringMatching(/^The database cannot be used: [^\n]+\n$/)])
    expect(text).toContain(words)
    expect(console_).not.toHaveBeenCalled()
    console_.mockRestore()
  })

  it('is refused to a second gateway until the first one ends, also when that is killed; a look beside it is not', async () => {
    const file = settingsWith({ file: './gateway.sqlite' })
    const first = await serveInProcess(file)
    try {
      const { code, text } = await said(() => serveCommand(file))
      expect([code, text]).toEqual([69, expect.stringMatching(/in use by another process.*need PostgreSQL/)])
      const beside = await buildGateway(loadSettings(file), createLog('silent'), { beside: true })
      await beside.close()
    } finally {
      first.kill('SIGKILL')
      await once(first, 'exit')
    }
    const next = await buildGateway(loadSettings(file), createLog('silent'))
    await next.close()
  })
})

/** `emrex serve`, from the build, once it has started. */
async function serveInProcess(file: string): Promise<ChildProcess> {
  const launcher = fileURLToPath(new URL('../../bin/emrex.mjs', import.meta.url))
  const child = spawn(process.execPath, [launcher, 'serve', '--settings', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const piece of child.stdout) if (String(piece).includes('gateway.started')) return child
  throw new Error('it ended before it had started')
}

describeWith(describe, 'postgresql', 'a PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())

  it('tells why it cannot be used: password, name, encryption, and a user who may make no tables', async () => {
    const good = new URL(await freshDatabase(server))
    const wrong = (change: (url: URL) => void) => {
      const url = new URL(good)
      change(url)
      return said(() => serveCommand(settingsWith({ url: url.href })))
    }
    const password = await wrong((url) => (url.password = 'wrong'))
    expect([password.code, password.text]).toEqual([69, expect.stringContaining('refuses the password')])
    const name = await wrong((url) => (url.pathname = '/nowhere'))
    expect([name.code, name.text]).toEqual([69, expect.stringContaining('no database of that name')])
    const encrypted = await wrong((url) => (url.search = '?sslmode=verify-full'))
    expect([encrypted.code, encrypted.text]).toEqual([69, expect.stringContaining('offers no encryption')])
    const knex = openPostgres({ url: good.href, maxConnections: 1 })
    await knex.raw(`create role guest login password 'guest'`)
    const guest = (url: URL) => void ([url.username, url.password] = ['guest', 'guest'])
    const poor = await wrong(guest)
    expect([poor.code, poor.text]).toEqual([69, expect.stringContaining('may not make tables')])
    // Once the owner has made them, a user who may only use them is enough.
    await migrateStore(knex, { key: Buffer.from(readFileSync(settings.path('seal.key'), 'utf8'), 'base64') })
    await knex.raw('grant select, insert, update, delete on all tables in schema public to guest')
    await knex.destroy()
    const rich = new URL(good)
    guest(rich)
    const gateway = await buildGateway(loadSettings(settingsWith({ url: rich.href })), createLog('silent'))
    await gateway.store.once('scope', 'value', Date.now() + 60_000)
    await gateway.close()
  })

  it('is brought up to date by a command, which another one looks at', async () => {
    process.env['DATABASE_URL'] = await freshDatabase(server)
    const file = settingsWith({ fromEnvironment: true })
    const before = await said(() => storeCheckCommand(file))
    expect([before.code, before.text]).toEqual([1, expect.stringContaining('PostgreSQL: empty')])
    const migrated = await said(() => storeMigrateCommand(file))
    expect([migrated.code, migrated.text]).toEqual([0, expect.stringContaining('up to date')])
    const after = await said(() => storeCheckCommand(file))
    expect([after.code, after.text]).toEqual([0, expect.stringContaining('up to date')])
    const gateway = await buildGateway(loadSettings(file), createLog('silent'))
    await gateway.store.ping()
    await gateway.close()
    writeFileSync(settings.path('seal.key'), randomBytes(32).toString('base64'))
    const otherKey = await said(() => storeCheckCommand(file))
    expect([otherKey.code, otherKey.text]).toEqual([1, expect.stringContaining('the key does not fit')])
  })
})
