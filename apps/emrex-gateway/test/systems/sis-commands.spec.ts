import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { startTown, type Town } from '@emrex-gateway/town'
import { jest } from '@jest/globals'

jest.setTimeout(120_000)

const launcher = fileURLToPath(new URL('../../bin/emrex.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'emrex-sis-'))
const settingsFile = join(folder, 'settings.yaml')
let town: Town
beforeAll(async () => {
  town = await startTown({ folder, port: 0, logLevel: 'silent', otherSystems: true })
})
afterAll(async () => {
  await town.stop()
  rmSync(folder, { recursive: true })
})

async function emrex(...parameters: string[]) {
  const child = spawn(process.execPath, [launcher, 'sis', ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number, stdout, stderr }
}

describe('emrex sis check', () => {
  it('says of every system whether it is in order, what it can do, and what nobody has confirmed', async () => {
    const { code, stdout } = await emrex('check', settingsFile)
    expect(code).toBe(0)
    for (const id of ['norrberg', 'pierwszy', 'forste', 'suomi', 'views'])
      expect(stdout).toContain(`System ${id}: in order`)
    expect(stdout).toMatch(/System norrberg[\s\S]*365 days|System norrberg[\s\S]*36\d days/)
    expect(stdout).toContain('not confirmed: ')
    expect(stdout).toContain('finds students by their own leave, given by logging in there')
    expect(stdout).toContain('takes imports: as a case for staff, who enter it by hand')
    expect(stdout).toContain('takes imports: written into the system')
    expect(stdout).toContain('is a login: "Log in with USOS"')
  })

  it('asks the one that is named, and ends with 1 when it refuses our credential', async () => {
    await town.others!.fs.is('credential-refused')
    const { code, stdout } = await emrex('check', settingsFile, 'forste')
    await town.others!.fs.is('well')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^System forste: NOT in order/)
    expect(stdout).toContain('credential')
    expect(stdout).not.toContain('System norrberg')
  })

  it('knows no other, and says which there are', async () => {
    const { code, stderr } = await emrex('check', settingsFile, 'nowhere')
    expect(code).toBe(2)
    expect(stderr).toContain('there is no system "nowhere" (known: nordfjord,')
  })
})

describe('emrex sis ddl', () => {
  it.each(['sqlite', 'pg', 'mysql', 'mssql', 'oracledb'])('prints the views for %s under a prefix', async (client) => {
    const { code, stdout } = await emrex('ddl', client, '--prefix', 'uni_')
    expect(code).toBe(0)
    expect(stdout).toMatch(/create view \S*uni_person/i)
    expect(stdout).toMatch(/create table \S*uni_import_item/i)
  })

  it('refuses a database that it does not know', async () => {
    expect(await emrex('ddl', 'db2')).toMatchObject({ code: 2, stderr: expect.stringContaining('sqlite, pg, mysql') })
  })
})
