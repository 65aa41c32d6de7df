import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewayStore } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { describeWith, runFromSource, postgresUrl, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { moveStore, openPostgres, openStore } from '../src/index.js'
import { asAdmin } from './postgres-place.js'

jest.setTimeout(120_000)

const mover = fileURLToPath(new URL('mover.ts', import.meta.url))
const noon = 1_800_000_000_000
const now = () => noon
const seal = { key: new Uint8Array(32).fill(7) }
const login = { provider: 'login', issuer: 'issuer', subject: 'subject' }
const large = new Uint8Array(3_000_000).map((_, index) => index * 31)

/** Something of everything that a store holds. */
async function fill(store: GatewayStore): Promise<void> {
  const later = noon + 60_000
  for (const kind of ['ncp', 'smp', 'staff', 'case'] as const)
    for (const name of ['one', 'two', 'three'])
      await store.transfers(kind).create(
        { entry: 'main', id: `${kind}-${name}`, state: { state: name }, browser: 'Łódź', expiresAt: later },
        {
          handles: [{ kind: 'session', value: `${kind}-${name}`, ...(name === 'two' ? { expiresAt: later } : {}) }],
          putBodies: [
            { name: 'answer', bytes: `${kind} ${name}` === 'smp one' ? large : Buffer.from(name), expiresAt: later },
          ],
          jobs: [{ queue: `deliver:${kind}`, key: name, payload: { transfer: name }, runAt: noon }],
          audit: [{ event: 'case.accepted', author: 'Staff Person', reason: '😀', facts: { bytes: 4 } }],
        },
      )
  const [, second, third] = await store.jobs.claim('deliver:smp', { owner: 'us', leaseSeconds: 60, limit: 3 })
  await store.jobs.done(second!)
  await store.jobs.fail(third!, { code: 'SIS_REJECTED' })
  await store.copies.put('registry', { body: Buffer.from('<list/>'), etag: '"1"', fetchedAt: noon })
  const student = { person: 'person', institution: 'institution' }
  await store.links.add(
    login,
    'hav',
    { student, claims: [], proof: { by: 'code', sentTo: '' }, loa: 'low' },
    { tier1: false },
  )
  await store.attempts.count(login, 'hav', 'typed')
  await store.once('message', 'm-1', later)
}

/** What can be had from a store by those who use it. */
const everythingOf = async (store: GatewayStore) => ({
  transfers: await Promise.all(
    (['ncp', 'smp', 'staff', 'case'] as const).map(async (kind) => {
      const all = await store.transfers(kind).list({ states: ['one', 'two', 'three'] })
      const bodies = await Promise.all(all.map(({ id }) => store.transfers(kind).body(id, 'answer')))
      return [all, bodies.map((bytes) => Buffer.from(bytes!).toString('base64'))]
    }),
  ),
  found: (await store.transfers('smp').findByHandle('main', { kind: 'session', value: 'smp-two' }))?.id,
  audit: await store.audit.list({}),
  dead: await store.jobs.dead('deliver:smp'),
  counts: await store.jobs.counts('deliver:smp'),
  copy: Buffer.from((await store.copies.get('registry'))!.body).toString(),
  link: await store.links.find(login, 'hav'),
})

const rowsOf = async (knex: Knex, table: string) =>
  ((await knex(table)) as Record<string, unknown>[])
    .map((row) =>
      JSON.stringify(Object.values(row).map((value) => (isBytes(value) ? `${value.toString('base64')}` : value))),
    )
    .sort()
const isBytes = (value: unknown): value is Buffer => Buffer.isBuffer(value)

describeWith(describe, 'postgresql', 'moveStore', () => {
  let server: DatabaseServer
  let folder: string
  let file: string
  let url: string
  let opened: Knex[] = []
  let count = 0
  const own = (knex: Knex) => {
    opened.push(knex)
    return knex
  }
  const source = () => own(openSqlite({ file }))
  const target = () => own(openPostgres({ url }))
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'store-move-'))
    file = join(folder, 'gateway.db')
    const database = `move_${count++}`
    await asAdmin(server, (knex) => knex.raw('create database ??', [database]))
    url = postgresUrl(server, database)
    const store = await openStore({ knex: openSqlite({ file }), seal, now })
    await fill(store)
    await store.close()
  })
  afterEach(async () => {
    await Promise.all(opened.map((knex) => knex.destroy()))
    opened = []
    rmSync(folder, { recursive: true })
  })

  it('takes all of it along, sealed bytes as they are, and the store goes on where it stopped', async () => {
    const from = source()
    const before = await openStore({ knex: from, seal, now })
    const was = await everythingOf(before)
    const sealed = await rowsOf(from, 'emrex_transfer')
    const moved = await moveStore(from, target(), { keys: seal, now })
    expect(moved.map(({ table, rows }) => [table, rows])).toEqual(
      expect.arrayContaining([
        ['emrex_transfer', 12],
        ['emrex_body', 12],
        ['emrex_audit', 12],
        ['emrex_job', 12],
      ]),
    )
    const knex = target()
    expect(await rowsOf(knex, 'emrex_transfer')).toEqual(sealed)
    const after = await openStore({ knex, seal, now })
    expect(await everythingOf(after)).toEqual(was)
    expect(await after.once('message', 'm-1', noon + 1)).toBe(false)
    await after
      .transfers('smp')
      .create(
        { entry: 'main', state: { state: 'one' }, browser: 'b', expiresAt: noon },
        { jobs: [{ queue: 'new', key: 'new', payload: null }], audit: [{ event: 'transfer.started' }] },
      )
    expect((await after.audit.list({})).at(-1)?.event).toBe('transfer.started')
  })

  it('goes on counting behind the last number that was given, though its row is gone', async () => {
    const from = source()
    await from('emrex_audit').where('number', '>', 5).delete()
    await moveStore(from, target(), { keys: seal, now })
    const store = await openStore({ knex: target(), seal, now })
    await store
      .transfers('smp')
      .create(
        { entry: 'main', state: { state: 'one' }, browser: 'b', expiresAt: noon },
        { audit: [{ event: 'ncp.asked' }] },
      )
    expect(await target()('emrex_audit').max('number as last').first()).toEqual({ last: 13 })
  })

  it('takes a table along that it was never told of', async () => {
    const from = source()
    const create = 'create table emrex_later (name text primary key, made bigint, hash bytea)'
    await from.raw(`${create.replace('bigint', 'integer').replace('bytea', 'blob')} strict`)
    await from('emrex_later').insert({ name: 'a', made: noon, hash: Buffer.from([0, 255]) })
    const to = target()
    await (await openStore({ knex: to, seal, now })).ping()
    await to('emrex_seal_check').delete()
    await expect(moveStore(from, to, { keys: seal, now })).rejects.toThrow(/same tables and columns/)
    await to.raw(create)
    await moveStore(from, to, { keys: seal, now })
    expect(await to('emrex_later')).toEqual([{ name: 'a', made: noon, hash: Buffer.from([0, 255]) }])
  })

  it('leaves the source as it was, and no gateway starts on it any more', async () => {
    const from = source()
    const tables = [
      'emrex_transfer',
      'emrex_body',
      'emrex_handle',
      'emrex_job',
      'emrex_audit',
      'emrex_link',
      'emrex_once',
    ]
    const before = await Promise.all(tables.map((table) => rowsOf(from, table)))
    await moveStore(from, target(), { keys: seal, now })
    expect(await Promise.all(tables.map((table) => rowsOf(from, table)))).toEqual(before)
    await expect(openStore({ knex: from, seal, now })).rejects.toThrow(/was moved to another one on 2027-01-15/)
    await expect(moveStore(from, target(), { keys: seal, now })).rejects.toThrow(/was moved/)
  })

  it('refuses a target that holds something, and changes nothing in it', async () => {
    const to = target()
    const other = await openStore({ knex: to, seal, now })
    await other.once('scope', 'value', noon + 60_000)
    const before = await Promise.all(['emrex_once', 'emrex_transfer'].map((table) => rowsOf(to, table)))
    await expect(moveStore(source(), to, { keys: seal, now })).rejects.toThrow(/not empty/)
    expect(await Promise.all(['emrex_once', 'emrex_transfer'].map((table) => rowsOf(to, table)))).toEqual(before)
    await (await openStore({ knex: source(), seal, now })).ping()
  })

  it('makes up for the mark when the process ended between the move and the mark', async () => {
    const from = source()
    const moved = await moveStore(from, target(), { keys: seal, now })
    await from.raw('drop table emrex_moved')
    expect(await moveStore(from, target(), { keys: seal, now })).toEqual(moved)
    await expect(openStore({ knex: from, seal, now })).rejects.toThrow(/was moved/)
  })

  it('notices a value that did not arrive as it was', async () => {
    const from = source()
    const to = target()
    await (await openStore({ knex: to, seal, now })).ping()
    await to('emrex_seal_check').delete()
    await to.raw(`create function spoil() returns trigger language plpgsql as
      $$ begin new.facts := replace(new.facts, '4', '5'); return new; end $$`)
    await to.raw('create trigger spoil before insert on emrex_audit for each row execute function spoil()')
    await expect(moveStore(from, to, { keys: seal, now })).rejects.toThrow(/emrex_audit did not arrive as it is/)
    expect(await to('emrex_transfer')).toEqual([])
    await (await openStore({ knex: from, seal, now })).ping()
  })

  it('leaves the target empty and the source in use when it is killed half way', async () => {
    const tables = ['emrex_body', 'emrex_seal_check']
    const rounds = Number(process.env['EMREX_FAULTS'] ?? 2)
    for (let round = 0; round < rounds; round++) {
      const table = tables[round % tables.length]!
      const child = spawn(process.execPath, ['--import', runFromSource, mover, file, url, table], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      try {
        await once(child.stdout, 'data')
      } finally {
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      }
      expect(child.signalCode).toBe('SIGKILL')
      expect(await target().schema.hasTable('emrex_schema')).toBe(false)
      const store = await openStore({ knex: openSqlite({ file, soleWriter: true }), seal, now })
      expect(await store.audit.list({})).toHaveLength(12)
      await store.close()
    }
    await moveStore(source(), target(), { keys: seal, now })
  })
})
