import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmrexError, errorFacts, type GatewayStore } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { describeWith, postgresUrl, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { openPostgres, openStore, type OpenedStore } from '../src/index.js'
import { dayMs, key } from './audit-scene.js'
import { asAdmin } from './postgres-place.js'

jest.setTimeout(60_000)

const canary = 'Canary-Person'
type Note = { readonly state: string }

/** One question of each part of a store that a page may ask. */
const questions = (store: GatewayStore): readonly (() => Promise<unknown>)[] => [
  () => store.transfers<Note>('smp').load('nobody'),
  () =>
    store.transfers<Note>('smp').create({ entry: 'x', state: { state: canary }, browser: canary, expiresAt: dayMs }),
  () => store.jobs.counts('deliver'),
  () => store.audit.list({ transfer: canary }),
  () => store.copies.get('x'),
  () => store.once('x', canary, dayMs),
  () => store.ping(),
]

/** What comes of every question: the code, and what a log would say. */
async function answers(store: GatewayStore, which = questions(store)): Promise<readonly string[]> {
  const all: string[] = []
  for (const ask of which) {
    const error: unknown = await ask().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    const facts = JSON.stringify(errorFacts(error))
    expect(facts).not.toContain(canary)
    expect(facts).not.toContain('stack')
    all.push(error instanceof EmrexError ? `${error.code}: ${error.message}` : `${String(error)}`)
  }
  return all
}
const unavailable = (why: RegExp) =>
  expect.stringMatching(new RegExp(`^STORE_UNAVAILABLE: the database cannot be used just now \\(${why.source}\\)$`))

describe('a store whose SQLite file cannot be used', () => {
  let folder: string
  let store: OpenedStore
  let knex: Knex
  const file = () => join(folder, 'gateway.sqlite')
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'emrex-away-'))
    knex = openSqlite({ file: file() })
    store = await openStore({ knex, seal: { key } })
  })
  afterEach(async () => {
    await store.close().catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  })

  it('says so while somebody else writes, and goes on afterwards', async () => {
    await knex.raw('pragma busy_timeout = 50')
    const other = openSqlite({ file: file() })
    await other.raw('begin immediate')
    const write = [questions(store)[1]!, questions(store)[5]!]
    expect(await answers(store, write)).toEqual(write.map(() => unavailable(/SQLITE_BUSY|5/)))
    await other.raw('rollback')
    await other.destroy()
    await expect(questions(store)[1]!()).resolves.toBeDefined()
  })

  it('says so when it may not be written', async () => {
    await knex.raw('pragma query_only = on')
    const write = [questions(store)[1]!]
    expect(await answers(store, write)).toEqual([unavailable(/SQLITE_READONLY|8/)])
  })

  it('says so of every part once no connection is given any more', async () => {
    await knex.destroy()
    expect(await answers(store)).toEqual(questions(store).map(() => unavailable(/connection lost/)))
  })

  it('says of a mistake of ours that it is one', async () => {
    await knex.raw('drop table emrex_copy')
    await expect(store.copies.get('x')).rejects.not.toBeInstanceOf(EmrexError)
  })
})

describeWith(describe, 'postgresql', 'a store whose PostgreSQL cannot be used', () => {
  let server: DatabaseServer
  let databases = 0
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())

  const freshUrl = async () => {
    const database = `away_${databases++}`
    await asAdmin(server, (admin) => admin.raw('create database ??', [database]))
    return postgresUrl(server, database)
  }

  it('says so when its connections are ended, and goes on with others', async () => {
    const knex = openPostgres({ url: await freshUrl(), maxConnections: 1 })
    const store = await openStore({ knex, seal: { key } })
    try {
      // The server ends the connection under the question.
      const ended = () => knex.raw('select pg_terminate_backend(pg_backend_pid())')
      await expect(ended()).rejects.toBeDefined()
      // The pool may not have heard of it yet.
      const first = await answers(store, [() => store.ping()])
      expect([[unavailable(/connection lost|57P01/)], ['undefined']]).toContainEqual(first)
      await expect(store.ping()).resolves.toBeUndefined()
    } finally {
      await store.close()
    }
  })

  it('goes on when the standby that its connections led to was left for the primary', async () => {
    const url = await freshUrl()
    // As a standby refuses: each session that began meanwhile, however long it lasts.
    const standby = (to: string) => asAdmin(server, (admin) => admin.raw(`alter database away_${databases - 1} ${to}`))
    const knex = openPostgres({ url, maxConnections: 1 })
    const store = await openStore({ knex, seal: { key } })
    const writes = [questions(store)[1]!, questions(store)[5]!]
    try {
      await standby('set default_transaction_read_only = on')
      await knex.raw('select pg_terminate_backend(pg_backend_pid())').catch(() => {})
      await store.ping().catch(() => {})
      expect(await answers(store, writes)).toEqual(writes.map(() => unavailable(/25006/)))
      await standby('reset default_transaction_read_only')
      await answers(store, writes)
      expect(await answers(store, writes)).toEqual([
        expect.not.stringMatching(/UNAVAILABLE/),
        expect.not.stringMatching(/UNAVAILABLE/),
      ])
    } finally {
      await store.close()
    }
  })

  it('says so when all its connections are in use', async () => {
    const knex = openPostgres({ url: await freshUrl(), maxConnections: 1, statementSeconds: 3 })
    const store = await openStore({ knex, seal: { key } })
    try {
      const held = await knex.transaction()
      expect(await answers(store, questions(store).slice(0, 2))).toEqual([
        unavailable(/KnexTimeoutError/),
        unavailable(/KnexTimeoutError/),
      ])
      await held.rollback()
      await expect(store.ping()).resolves.toBeUndefined()
    } finally {
      await store.close()
    }
  })

  it('says so of every part when nobody answers at its address', async () => {
    const other = openPostgres({ url: await freshUrl() })
    await (await openStore({ knex: other, seal: { key } })).close()
    const url = new URL(postgresUrl(server, `away_${databases - 1}`))
    const knex = openPostgres({ url: url.href, statementSeconds: 3 })
    const store = await openStore({ knex, seal: { key } })
    const nobody = createServer()
    await new Promise<void>((listening) => nobody.listen(0, '127.0.0.1', listening))
    const { port } = nobody.address() as AddressInfo
    await new Promise((closed) => nobody.close(closed))
    try {
      await knex.raw('select pg_terminate_backend(pg_backend_pid())').catch(() => {})
      Object.assign((knex.client as { connectionSettings: object }).connectionSettings, { port, host: '127.0.0.1' })
      expect(await answers(store)).toEqual(questions(store).map(() => unavailable(/ECONNREFUSED|connection lost/)))
    } finally {
      await store.close()
    }
  })
})
