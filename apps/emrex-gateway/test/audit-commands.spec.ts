import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogFields } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openStore } from '@emrex-gateway/store'
import { jest } from '@jest/globals'
import { AuditWatch } from '../src/audit/audit-watch.js'
import { auditCheckpointsCommand, auditVerifyCommand } from '../src/cli/audit-commands.js'
import { storeCheckCommand } from '../src/cli/store-commands.js'

jest.setTimeout(60_000)

const canary = 'Canary-Person'
const key = randomBytes(32)
const dayMs = 86_400_000

describe('the evidence on the command line', () => {
  let folder: string
  let settings: string
  let at: number
  const pathOf = (name: string) => join(folder, name)
  const { privateKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'emrex-audit-'))
    at = Date.UTC(2026, 10, 24)
    writeFileSync(pathOf('seal.key'), key.toString('base64'))
    writeFileSync(pathOf('audit.key'), privateKey)
    settings = settingsWith('audit.key')
    for (const entry of ['hav', 'fjell']) await write(entry)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function settingsWith(keyFile: string): string {
    const file = pathOf(`settings-${keyFile}.json`)
    const parts = { database: { file: './gateway.sqlite' }, seal: { keyFile: './seal.key' } }
    // Of an entry, nothing is opened here: commands about the evidence look at the database alone.
    const entry = { id: 'hav', title: 'Hav', publicUrl: 'http://localhost:1', logins: ['people'], sources: ['records'] }
    const rest = {
      environment: 'demo',
      logins: [{ id: 'people', plugin: 'demo' }],
      systems: [{ id: 'records', plugin: 'sql' }],
      ncp: [{ ...entry, signing: { keyFile: './none.key', certificateFile: './none.pem' } }],
    }
    writeFileSync(file, JSON.stringify({ ...parts, ...rest, audit: { signing: { keyFile } } }))
    return file
  }

  /** The store as a gateway has it open, here with the right to be beside another one. */
  async function withStore<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
    const knex = openSqlite({ file: pathOf('gateway.sqlite') })
    const store = await openStore({ knex, seal: { key }, auditSigning: { privateKey }, now: () => at })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }

  const write = (entry: string) =>
    withStore(async (store) => {
      const transfers = store.transfers<{ readonly state: string }>('smp')
      const fields = { entry, state: { state: 'begun' }, browser: 'b', expiresAt: at + dayMs }
      const audit = [
        { event: 'transfer.started' as const },
        { event: 'ncp.asked' as const, facts: { country: 'NO' } },
        { event: 'case.accepted' as const, author: canary, reason: canary },
      ]
      await transfers.create(fields, { audit })
      await store.auditChain.checkpoint()
    })

  async function tamper(sql: string): Promise<void> {
    const knex = openSqlite({ file: pathOf('gateway.sqlite') })
    await knex.raw(sql)
    await knex.destroy()
  }

  /** Runs a command: its exit code, and what it said. */
  async function said(command: () => Promise<number>): Promise<{ code: number; text: string }> {
    const texts: string[] = []
    const keep = (text: unknown) => texts.push(String(text)) > 0
    const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(keep))
    try {
      return { code: await command(), text: texts.join('') }
    } finally {
      spies.forEach((spy) => spy.mockRestore())
    }
  }
  const verify = (options: { entry?: string; checkpoints?: string; json?: boolean } = {}) =>
    said(() => auditVerifyCommand(settings, { json: false, ...options }))

  it('holds while nobody changed it, also next to a gateway that has it open', async () => {
    const { code, text } = await withStore(() => verify())
    expect(text.split('\n')).toEqual([
      'The evidence holds.',
      'smp fjell: 3 lines; 1 checkpoints',
      'smp hav: 3 lines; 1 checkpoints',
      '',
    ])
    expect(code).toBe(0)
  })

  it('ends with 1 and names entry, line and fault', async () => {
    await tamper(`update emrex_audit set facts = '{"name":"${canary}"}' where entry = 'hav' and seq = 2`)
    await tamper(`delete from emrex_audit where entry = 'fjell' and seq = 3`)
    const { code, text } = await verify()
    expect(code).toBe(1)
    expect(text).toMatch(/^The evidence does NOT hold\.\n/)
    expect(text).toContain('smp hav: 3 lines; 1 checkpoints\n  line 2: CHANGED – ')
    expect(text).toContain('  line 3: CUT-OFF – the last line is missing\n')
    expect(text).not.toContain(canary)
    const ofHav = await verify({ entry: 'hav', json: true })
    expect([ofHav.code, JSON.parse(ofHav.text)]).toEqual([
      1,
      {
        sound: false,
        chains: [{ kind: 'smp', entry: 'hav', lines: 3, staffForgotten: 0, checkpoints: 1 }],
        problems: [expect.objectContaining({ entry: 'hav', seq: 2, fault: 'changed' })],
      },
    ])
  })

  it('finds with checkpoints that were kept elsewhere what the database no longer shows', async () => {
    const { code, text } = await said(() => auditCheckpointsCommand(settings))
    expect([code, text.trim().split('\n').length]).toEqual([0, 2])
    expect(text).not.toContain(canary)
    writeFileSync(pathOf('kept'), text)
    expect(await verify({ checkpoints: pathOf('kept') })).toMatchObject({ code: 0 })
    for (const table of ['emrex_audit', 'emrex_audit_head', 'emrex_audit_checkpoint'])
      await tamper(`delete from ${table} where entry = 'hav'`)
    expect(await verify()).toMatchObject({ code: 0 })
    const found = await verify({ checkpoints: pathOf('kept') })
    expect([found.code, found.text]).toEqual([1, expect.stringContaining('line 3: CUT-OFF – the checkpoint of 2026')])
    // Somebody who changes what was kept cannot sign it.
    writeFileSync(pathOf('kept'), text.replaceAll('"seq":3', '"seq":2'))
    expect((await verify({ checkpoints: pathOf('kept') })).text).toContain('WRONG-SIGNATURE')
  })

  it('ends with 2 when there is nothing to verify, or a file cannot be read', async () => {
    expect(await verify({ entry: 'nobody' })).toMatchObject({ code: 2 })
    writeFileSync(pathOf('empty'), '\n')
    expect(await verify({ checkpoints: pathOf('empty') })).toMatchObject({
      ...{ code: 2, text: expect.stringContaining('it holds no checkpoint') as unknown },
    })
    expect(await verify({ checkpoints: pathOf('none') })).toMatchObject({
      code: 2,
      text: expect.stringMatching(/ENOENT/),
    })
    writeFileSync(pathOf('kept'), 'no checkpoint')
    const { code, text } = await verify({ checkpoints: pathOf('kept') })
    expect([code, text]).toEqual([2, expect.stringContaining('Line 1 is no checkpoint')])
    writeFileSync(pathOf('seal.key'), randomBytes(32).toString('base64'))
    expect(await verify()).toMatchObject({ code: 2, text: expect.stringContaining('does not fit') })
  })

  it('refuses settings whose key cannot sign', async () => {
    writeFileSync(pathOf('bad.key'), 'no key')
    settings = settingsWith('bad.key')
    const { code, text } = await verify()
    expect([code, text]).toEqual([78, expect.stringContaining('audit.signing.keyFile: holds no private key')])
  })

  it('is spoken of by `emrex store check`, which ends with 1 when it does not hold', async () => {
    const good = await said(() => storeCheckCommand(settings))
    expect([good.code, good.text]).toEqual([0, expect.stringContaining('the newest 1000 lines hold')])
    await tamper(`delete from emrex_audit where entry = 'hav' and seq = 2`)
    const bad = await said(() => storeCheckCommand(settings))
    expect([bad.code, bad.text]).toEqual([1, expect.stringContaining('do NOT hold')])
  })

  it('is looked at once a day and signed once an hour, however many instances ask, and warned of when it does not hold', async () => {
    await tamper(`update emrex_audit set at = 1 where entry = 'hav' and seq = 2`)
    const warned: [string, LogFields | undefined][] = []
    const warn = (event: string, fields?: LogFields) => void warned.push([event, fields])
    const log = { debug() {}, info() {}, warn, error: warn }
    await withStore(async (store) => {
      const watch = () => new AuditWatch(store, store.auditChain, log, () => new Date(at))
      at += dayMs
      await Promise.all([watch().inTurn(), watch().inTurn(), watch().inTurn()])
      expect(warned).toEqual([['audit.broken', { kind: 'smp', entry: 'hav', seq: 2, fault: 'changed' }]])
      at += dayMs / 2
      await watch().inTurn()
      expect(warned).toHaveLength(1)
    })
  })
})
