import { describeWith, postgresUrl, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { openPostgres, openStore } from '../src/index.js'
import { auditAsBefore } from './audit-as-before.js'
import { AuditScene, key, noon } from './audit-scene.js'
import { asAdmin } from './postgres-place.js'
import { chanceOf, tamperings } from './tamperings.js'

jest.setTimeout(120_000)

describeWith(describe, 'postgresql', 'the chains of evidence on PostgreSQL', () => {
  let server: DatabaseServer
  let knex: Knex
  let scene: AuditScene
  let count = 0
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    const database = `audit_${count++}`
    await asAdmin(server, (admin) => admin.raw('create database ??', [database]))
    knex = openPostgres({ url: postgresUrl(server, database) })
    scene = await AuditScene.make(knex)
  })
  afterEach(() => knex.destroy())

  it('show whatever somebody changes in the database', async () => {
    const { problems } = await scene.store.auditChain.verify({ kept: scene.kept })
    expect(problems).toEqual([])
    // A line without a place is refused by the database itself.
    for (const { name, make, kept } of tamperings.filter((each) => !each.name.includes('without a place'))) {
      await make(knex, chanceOf(1))
      const found = await scene.faults(kept && scene.kept)
      expect({ name, found: found.length > 0 }).toEqual({ name, found: true })
      await scene.restore()
    }
    expect(await scene.faults(scene.kept)).toEqual([])
  })

  it('begin with the lines of before, and no older instance writes a line beside them', async () => {
    const lines = await auditAsBefore(knex)
    const store = await openStore({ knex, seal: { key }, now: () => noon })
    const { chains, problems } = await store.auditChain.verify()
    expect([problems, chains.reduce((sum, chain) => sum + chain.lines, 0)]).toEqual([[], lines])
    const old = { id: 'old', at: noon, kind: 'smp', entry: 'main', transfer: 't', event: 'ncp.asked' }
    await expect(knex('emrex_audit').insert(old)).rejects.toMatchObject({ code: '23502' })
  })

  it('are verified as they are at one moment, while others write', async () => {
    const writers = { go: true }
    const write = async () => {
      const transfers = scene.store.transfers<{ readonly state: string }>('smp')
      while (writers.go) {
        const fields = { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt: noon }
        await transfers.create(fields, { audit: [{ event: 'transfer.started' }, { event: 'ncp.asked' }] })
      }
    }
    const writing = [write(), write(), write()]
    for (let round = 0; round < 10; round++) {
      await scene.store.auditChain.checkpoint()
      await scene.store.auditChain.prune(noon + round)
      expect(await scene.faults()).toEqual([])
    }
    writers.go = false
    await Promise.all(writing)
    expect(await scene.faults()).toEqual([])
  })
})
