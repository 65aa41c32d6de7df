import { describeWith, postgresUrl, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { openPostgres, openStore } from '../src/index.js'
import { asAdmin } from './postgres-place.js'

jest.setTimeout(60_000)

const seal = { key: new Uint8Array(32).fill(7) }
const now = () => Date.now()

describeWith(describe, 'postgresql', 'openPostgres', () => {
  let server: DatabaseServer
  let opened: Knex[] = []
  let database = ''
  const open = () => {
    const knex = openPostgres({ url: postgresUrl(server, database), statementSeconds: 20 })
    opened.push(knex)
    return knex
  }
  let count = 0
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    database = `place_${count++}`
    await asAdmin(server, (knex) => knex.raw('create database ??', [database]))
  })
  afterEach(async () => {
    await Promise.all(opened.map((knex) => knex.destroy()))
    opened = []
  })

  it('has its own defaults, whatever those of server and database are', async () => {
    await asAdmin(server, async (knex) => {
      await knex.raw('alter database ?? set default_transaction_isolation = serializable', [database])
      await knex.raw('alter database ?? set bytea_output = escape', [database])
    })
    const shown = async (name: string) =>
      ((await open().raw(`show ${name}`)) as { rows: Record<string, string>[] }).rows[0]![name]
    expect(await shown('synchronous_commit')).toBe('on')
    expect(await shown('transaction_isolation')).toBe('read committed')
    expect(await shown('statement_timeout')).toBe('20s')
    const { rows } = (await open().raw(`select 9007199254740991::bigint as number, '\\x00ff'::bytea as bytes`)) as {
      rows: { number: unknown; bytes: Uint8Array }[]
    }
    expect([rows[0]?.number, [...rows[0]!.bytes]]).toEqual([Number.MAX_SAFE_INTEGER, [0, 255]])
  })

  it('keeps values out of the messages of errors', async () => {
    const knex = open()
    await knex.raw('create table t (id text primary key, n integer)')
    await knex('t').insert({ id: '131052-308T' })
    const error: unknown = await knex('t')
      .insert({ id: '131052-308T' })
      .catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('insert into')
    expect(String(error)).not.toContain('131052-308T')
  })

  it('makes its tables once when several instances start on an empty database at the same time', async () => {
    const instances = Array.from({ length: 6 }, open)
    // Connected before, so that all are at the same point at the same moment.
    await Promise.all(instances.map((knex) => knex.raw('select 1')))
    const stores = await Promise.all(instances.map((knex) => openStore({ knex, seal, now })))
    await Promise.all(stores.map((store) => store.ping()))
  })

  it('makes its tables once, whichever of two that start at the same moment does it: ten rounds', async () => {
    for (let round = 0; round < 10; round++) {
      if (round > 0) {
        database = `place_${count++}`
        await asAdmin(server, (knex) => knex.raw('create database ??', [database]))
      }
      const two = [open(), open()]
      let made = 0
      for (const knex of two)
        knex.on('query', ({ sql }: { readonly sql: string }) => {
          if (sql.includes('create table emrex_transfer')) made++
        })
      await Promise.all(two.map((knex) => knex.raw('select 1')))
      const stores = await Promise.all(two.map((knex) => openStore({ knex, seal, now })))
      await Promise.all(stores.map((store) => store.close()))
      expect(made).toBe(1)
    }
  })

  it('claims the job behind one that another instance is claiming, without waiting', async () => {
    const [knex, beside] = [open(), open()]
    const store = await openStore({ knex, seal, now })
    const jobs = ['a', 'b'].map((key) => ({ queue: 'deliver', key, payload: null }))
    await store
      .transfers('smp')
      .create({ entry: 'main', state: { state: 'decided' }, browser: 'b', expiresAt: now() + 60_000 }, { jobs })
    await beside.transaction(async (trx) => {
      await trx.raw(`select id from emrex_job where name = 'a' for update`)
      const claimed = await store.jobs.claim('deliver', { owner: 'us', leaseSeconds: 60, limit: 1 })
      expect(claimed.map(({ key }) => key)).toEqual(['b'])
    })
  })
})
