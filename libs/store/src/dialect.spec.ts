import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { dialectOf } from './dialect.js'
import { firstTables } from './migrations/0001-first-tables.js'

const speaking = (dialect: string) => ({ client: { dialect } }) as unknown as Knex

describe('dialectOf', () => {
  it('knows SQLite by the client that openSqlite makes', async () => {
    const knex = openSqlite({ file: ':memory:' })
    expect(firstTables(dialectOf(knex))[0]).toMatch(/strict$/)
    await knex.destroy()
  })

  it('knows PostgreSQL, whose workers pass over rows that are locked', () => {
    const postgres = dialectOf(speaking('postgresql'))
    expect(postgres.skipLocked).toBe('for update skip locked')
    expect(postgres.isUniqueViolation({ code: '23505' })).toBe(true)
    for (const code of ['23505', '42P07', '42710']) expect(postgres.isTableThere({ code })).toBe(true)
    expect(postgres.isUniqueViolation({ code: '23503' })).toBe(false)
    expect(firstTables(postgres).join()).not.toMatch(/strict|blob|autoincrement/)
  })

  it('refuses any other database', () => {
    expect(() => dialectOf(speaking('mysql'))).toThrow(/not on mysql/)
  })
})
