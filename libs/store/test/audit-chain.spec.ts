import { generateKeyPairSync } from 'node:crypto'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { checkpointText, CheckpointSigner, inspectAudit, openStore, readCheckpoints } from '../src/index.js'
import { AuditScene, canary, dayMs, key, noon } from './audit-scene.js'
import { auditAsBefore } from './audit-as-before.js'

const otherKey = new Uint8Array(32).fill(8)
const makers = {
  ed25519: () => generateKeyPairSync('ed25519'),
  ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
function pair(type: keyof typeof makers) {
  const { privateKey, publicKey } = makers[type]()
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

describe('the chain of evidence', () => {
  let knex: Knex
  beforeEach(() => {
    knex = openSqlite({ file: ':memory:' })
  })
  afterEach(() => knex.destroy())

  it('notes each end once, and again when it has grown', async () => {
    const { store, kept } = await AuditScene.make(knex)
    expect(kept.map(({ entry, seq }) => `${entry} ${seq}`)).toEqual([
      'main 3',
      'main 6',
      'main 9',
      'other 3',
      'other 6',
      'main 12',
      'other 9',
    ])
    expect(await store.auditChain.checkpoint()).toEqual([])
  })

  it('signs no end that it did not write itself', async () => {
    const { store } = await AuditScene.make(knex)
    await knex('emrex_audit_head').where({ entry: 'main' }).update({ seq: 11 })
    expect(await store.auditChain.checkpoint()).toEqual([])
  })

  it('holds no name and no reason of staff once they are forgotten, and gives the lines without them', async () => {
    const { store, kept } = await AuditScene.make(knex)
    const sealedLines = async () =>
      Number((await knex('emrex_audit').whereNotNull('sealed').count({ n: '*' }))[0]!['n'])
    expect(await sealedLines()).toBe(5)
    expect((await store.audit.list({ event: 'case.accepted' })).map(({ author }) => author)).toEqual([
      undefined,
      ...Array<string>(5).fill(canary),
    ])
    expect(await store.auditChain.forgetStaff(noon + 100 * dayMs)).toBe(5)
    expect(await sealedLines()).toBe(0)
    const { chains, problems } = await store.auditChain.verify({ kept })
    expect([problems, chains.map(({ staffForgotten }) => staffForgotten)]).toEqual([[], [3, 3]])
    const dump = async (table: string) => JSON.stringify(await knex(table))
    for (const table of ['emrex_audit', 'emrex_audit_head', 'emrex_audit_checkpoint'])
      expect(await dump(table)).not.toContain(canary)
    expect(kept.map(checkpointText).join()).not.toContain(canary)
  })

  it('begins later when its beginning is pruned, and verifies also when all of it is', async () => {
    const { store, kept } = await AuditScene.make(knex)
    expect(await store.auditChain.prune(noon)).toBe(0)
    expect(await store.auditChain.prune(noon + 2 * dayMs)).toBe(3)
    expect((await store.auditChain.verify({ kept })).problems).toEqual([])
    expect(await store.auditChain.prune(noon + 100 * dayMs)).toBe(15)
    const { chains, problems } = await store.auditChain.verify({ kept })
    expect([problems, chains.map(({ beginsAt }) => beginsAt)]).toEqual([[], [13, 10]])
    const state = { state: 'begun' }
    const fields = { entry: 'main', state, browser: 'b', expiresAt: noon + dayMs }
    await store.transfers<typeof state>('smp').create(fields, { audit: [{ event: 'transfer.started' }] })
    expect((await store.auditChain.verify({ kept })).problems).toEqual([])
  })

  it('goes on under a new seal key, and its checkpoints too', async () => {
    await AuditScene.make(knex)
    const both = { key: otherKey, previousKeys: [key] }
    const renewed = await openStore({ knex, seal: both, now: () => noon })
    const checks = async (keys: typeof both | { key: Uint8Array }) => {
      const { problems } = await inspectAudit(knex, keys).verify()
      return [...new Set(problems.map(({ fault }) => fault))].sort()
    }
    expect(await checks(both)).toEqual([])
    // The ends were last written under the old key, until the next round of checkpoints.
    expect(await checks({ key: otherKey })).toEqual(['changed', 'head-changed', 'removed', 'unknown-signer'])
    await renewed.auditChain.checkpoint()
    expect(await checks({ key: otherKey })).not.toContain('head-changed')
  })

  it('is known to hold while a new seal key is taken into use, whichever instance made a checkpoint last', async () => {
    const { store: running } = await AuditScene.make(knex)
    const write = (store: typeof running) =>
      store
        .transfers('smp')
        .create(
          { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt: noon },
          { audit: [{ event: 'transfer.started' }] },
        )
    await running.replaceSealKeys({ key, previousKeys: [otherKey] })
    const restarted = await openStore({ knex, seal: { key: otherKey, previousKeys: [key] }, now: () => noon })
    await write(restarted)
    const [theirs] = await restarted.auditChain.checkpoint()
    expect((await running.auditChain.verify({ newest: 1000 })).problems).toEqual([])

    await running.replaceSealKeys({ key: otherKey, previousKeys: [key] })
    await write(running)
    const [ours] = await running.auditChain.checkpoint()
    expect(ours!.signer).toBe(theirs!.signer)
    expect((await restarted.auditChain.verify()).problems).toEqual([])
  })

  it.each(['ed25519', 'ec', 'rsa'] as const)(
    'is signed with a key of its own that others can check (%s)',
    async (type) => {
      const { privateKey, publicKey } = pair(type)
      const { store, kept } = await AuditScene.make(knex, { privateKey })
      expect((await store.auditChain.verify({ kept })).problems).toEqual([])
      const read = readCheckpoints(`\n${kept.map(checkpointText).join('\n')}\n`)
      const outsider = new CheckpointSigner(
        { key: otherKey },
        { privateKey: pair(type).privateKey, previousPublicKeys: [publicKey] },
      )
      expect(read.map((each) => outsider.judge(each))).toEqual(kept.map(() => undefined))
      expect(outsider.judge({ ...read[0]!, seq: 4 })).toBe('wrong-signature')
      expect(new CheckpointSigner({ key: otherKey }).judge(read[0]!)).toBe('unknown-signer')
    },
  )

  it('says which line of a file is no checkpoint', async () => {
    const { kept } = await AuditScene.make(knex)
    const good = checkpointText(kept[0]!)
    for (const bad of ['{', 'null', '{}', good.replace('"smp"', '"sms"'), good.replace(/"seq":\d+/, '"seq":"x"')])
      expect(() => readCheckpoints(`${good}\n\n${bad}`)).toThrow('Line 3 is no checkpoint')
  })

  it('has checkpoints that can be read back, of every kind of record that leaves evidence', async () => {
    const { store } = await AuditScene.make(knex)
    for (const kind of ['ncp', 'smp', 'staff', 'case', 'history', 'request'] as const)
      await store
        .transfers(kind)
        .create(
          { entry: 'every', state: { state: 'begun' }, browser: '', expiresAt: noon },
          { audit: [{ event: 'transfer.started' }] },
        )
    const made = await store.auditChain.checkpoint()
    expect(made).toHaveLength(6)
    const kept = readCheckpoints(made.map(checkpointText).join('\n'))
    expect((await store.auditChain.verify({ kept })).problems).toEqual([])
  })

  it('has the lines of before there were chains as its beginning', async () => {
    await AuditScene.make(knex)
    const lines = await auditAsBefore(knex)
    const store = await openStore({ knex, seal: { key }, now: () => noon })
    expect((await store.audit.list({})).length).toBe(lines)
    const { chains, problems } = await store.auditChain.verify()
    expect([problems, chains.map((chain) => chain.lines)]).toEqual([[], [9, 9]])
    await knex('emrex_audit').where({ entry: 'main', seq: 4 }).delete()
    expect((await store.auditChain.verify()).problems).toMatchObject([{ entry: 'main', seq: 4, fault: 'removed' }])
  })

  it('is not begun with a key that does not fit, and is then as it was', async () => {
    await AuditScene.make(knex)
    await auditAsBefore(knex)
    await expect(openStore({ knex, seal: { key: otherKey }, now: () => noon })).rejects.toThrow(/key that does not fit/)
    expect(await knex('emrex_schema').pluck('version')).toEqual([2])
    expect(await knex.schema.hasTable('emrex_audit_head')).toBe(false)
    const store = await openStore({ knex, seal: { key }, now: () => noon })
    expect((await store.auditChain.verify()).problems).toEqual([])
  })
})
