import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openStore } from '../src/index.js'

const seal = { key: new Uint8Array(32).fill(7) }
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const camelRow = (row: unknown) =>
  typeof row === 'object' && row !== null
    ? Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value as unknown]))
    : row

/** As applications have it whose code says `birthDate` and whose tables say `birth_date`. */
function openMapped() {
  const knex = openSqlite({ file: ':memory:' })
  Object.assign((knex.client as { config: object }).config, {
    wrapIdentifier: (name: string, wrap: (name: string) => string) => wrap(snake(name)),
    postProcessResponse: (rows: unknown) => (Array.isArray(rows) ? rows.map(camelRow) : camelRow(rows)),
  })
  return knex
}

describe('openStore on the knex of an application', () => {
  it('reads what it wrote, though that knex renames columns; for the application it goes on to do so', async () => {
    const knex = openMapped()
    const store = await openStore({ knex, seal, now: () => 1000 })
    const transfers = store.transfers<{ state: string }>('ncp')
    const made = await transfers.create(
      { entry: 'campus', state: { state: 'requested' }, browser: 'b', expiresAt: 5000 },
      {
        handles: [{ kind: 'session', value: 's' }],
        jobs: [{ queue: 'q', key: 'k', payload: {} }],
        audit: [{ event: 'transfer.requested' }],
      },
    )
    expect(await transfers.load(made.id)).toEqual(made)
    expect(await transfers.findByHandle('campus', { kind: 'session', value: 's' })).toEqual(made)
    expect(await store.jobs.claim('q', { owner: 'o', leaseSeconds: 60, limit: 1 })).toMatchObject([
      { key: 'k', leasedUntil: 61_000 },
    ])
    expect((await store.auditChain.verify()).problems).toEqual([])
    await knex.raw('create table student (birth_date text)')
    await knex('student').insert({ birthDate: '1999-04-05' })
    expect(await knex('student').where({ birthDate: '1999-04-05' })).toEqual([{ birthDate: '1999-04-05' }])
    await store.close()
    await expect(knex('student')).rejects.toThrow()
  })
})
