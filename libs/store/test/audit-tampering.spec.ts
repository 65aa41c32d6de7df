import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { headMacs } from '../src/audit-chain/chain-proofs.js'
import { Seal } from '../src/seal.js'
import { AuditScene, canary, key } from './audit-scene.js'
import { chanceOf, tamperings } from './tamperings.js'

jest.setTimeout(120_000)

const rounds = process.env['EMREX_LONG_TESTS'] === undefined ? 8 : 100

describe('the chains of evidence, when somebody changes the database', () => {
  let knex: Knex
  let scene: AuditScene
  beforeAll(async () => {
    knex = openSqlite({ file: ':memory:' })
    scene = await AuditScene.make(knex)
  })
  afterAll(() => scene.store.close())
  beforeEach(() => scene.restore())

  it('verify as long as nobody does', async () => {
    const { chains, problems } = await scene.store.auditChain.verify({ kept: scene.kept })
    expect(problems).toEqual([])
    expect(chains).toMatchObject([
      { entry: 'main', lines: 9, beginsAt: 4, staffForgotten: 1 },
      { entry: 'other', lines: 9, staffForgotten: 0 },
    ])
  })

  // More than three hundred tamperings; each number is one seed.
  it.each(tamperings)('show it: $name', async ({ make, kept }) => {
    for (let seed = 1; seed <= rounds; seed++) {
      await make(knex, chanceOf(seed))
      const { problems } = await scene.store.auditChain.verify(kept && { kept: scene.kept })
      expect({ seed, found: problems.length > 0 }).toEqual({ seed, found: true })
      expect(JSON.stringify(problems)).not.toContain(canary)
      await scene.restore()
    }
    expect(await scene.faults(scene.kept)).toEqual([])
  })

  it('name the place and what is wrong there', async () => {
    const line = (seq: number) => knex('emrex_audit').where({ entry: 'other', seq })
    await line(3).update({ facts: '{}' })
    expect(await scene.faults()).toEqual(['other 3 changed'])
    await scene.restore()
    await line(4).delete()
    expect(await scene.faults()).toEqual(['other 4 removed'])
    await scene.restore()
    await knex('emrex_audit').where({ entry: 'other' }).where('seq', '>', 7).delete()
    expect(await scene.faults()).toEqual(['other 9 cut-off', 'other 8 cut-off'])
    await scene.restore()
    await line(4).update({ seq: 99 })
    await line(6).update({ seq: 4 })
    await line(99).update({ seq: 6 })
    expect(await scene.faults()).toEqual(expect.arrayContaining(['other 4 reordered', 'other 6 reordered']))
  })

  it('show by kept checkpoints alone that one of them was taken back to an older end, or away', async () => {
    const lines = knex('emrex_audit').where({ entry: 'other' })
    const [older] = scene.kept.filter(({ entry }) => entry === 'other')
    const { seq, hash } = older!
    // As the head stood when that checkpoint was made, and whoever reads the database could keep it.
    const [mac] = headMacs(new Seal({ key }), { kind: 'smp', entry: 'other', seq, hash })
    await knex('emrex_audit_head').where({ entry: 'other' }).update({ seq, hash, mac })
    await lines.clone().where('seq', '>', seq).delete()
    await knex('emrex_audit_checkpoint').where({ entry: 'other' }).where('seq', '>', seq).delete()
    expect(await scene.faults()).toEqual([])
    expect(await scene.faults(scene.kept)).toContainEqual(expect.stringContaining('cut-off'))
    for (const table of ['emrex_audit', 'emrex_audit_head', 'emrex_audit_checkpoint'])
      await knex(table).where({ entry: 'other' }).delete()
    expect(await scene.faults()).toEqual([])
    expect(await scene.faults(scene.kept)).toContainEqual(expect.stringContaining('cut-off'))
    await scene.restore()
  })

  it('say nothing of one entry when another one is asked about', async () => {
    await knex('emrex_audit').where({ entry: 'other', seq: 4 }).delete()
    expect((await scene.store.auditChain.verify({ entry: 'main' })).problems).toEqual([])
    expect((await scene.store.auditChain.verify({ entry: 'other' })).problems).toHaveLength(1)
    expect((await scene.store.auditChain.verify({ newest: 3 })).problems).toEqual([])
    expect((await scene.store.auditChain.verify({ newest: 7 })).problems).toHaveLength(1)
  })
})
