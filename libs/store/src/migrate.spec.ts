import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { migrate } from './migrate.js'
import { Seal } from './seal.js'

const seal = new Seal({ key: new Uint8Array(32).fill(7) })

const one = () => ['create table one (id integer primary key) strict']
const two = () => ['create table two (id integer primary key) strict', 'insert into one values (2)']

/** Not `toThrow`: in a worker that loaded the driver before, its errors belong to another global scope. */
const saying = (message: RegExp) => ({ message: expect.stringMatching(message) as string })

describe('migrate', () => {
  let knex: Knex
  beforeEach(() => {
    knex = openSqlite({ file: ':memory:' })
  })
  afterEach(() => knex.destroy())

  it('runs each step once, also when later versions add steps', async () => {
    await migrate(knex, seal, [one])
    await migrate(knex, seal, [one, two])
    await migrate(knex, seal, [one, two])
    expect(await knex('one').pluck('id')).toEqual([2])
  })

  it('leaves the database as it was when a step fails', async () => {
    await migrate(knex, seal, [one])
    await expect(migrate(knex, seal, [one, two, () => ['not sql']])).rejects.toMatchObject(saying(/syntax error/))
    expect(await knex('one').pluck('id')).toEqual([])
    expect(await knex.schema.hasTable('two')).toBe(false)
    await migrate(knex, seal, [one, two])
    expect(await knex('one').pluck('id')).toEqual([2])
  })

  it('refuses a database of a newer version', async () => {
    await migrate(knex, seal, [one, two])
    await expect(migrate(knex, seal, [one])).rejects.toThrow(/schema 2, made by a newer version/)
  })

  it('makes tables that refuse text in a number column', async () => {
    await migrate(knex, seal)
    const row = { name: 'list', body: Buffer.from(''), fetched_at: 'noon' }
    await expect(knex('emrex_copy').insert(row)).rejects.toMatchObject(
      saying(/cannot store TEXT value in INTEGER column/),
    )
  })
})
