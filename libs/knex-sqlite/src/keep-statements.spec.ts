import { keepStatements } from './keep-statements.js'
import { sqliteDrivers, trialOf } from './sqlite-drivers.js'
import type { SqliteDriver } from './sqlite-driver.js'

describe.each(sqliteDrivers())('keepStatements on %s', (name) => {
  const prepared: string[] = []
  const driver = (trialOf(name) as { readonly driver: SqliteDriver }).driver
  class Counting extends driver {
    override prepare(sql: string) {
      prepared.push(sql)
      return super.prepare(sql)
    }
  }
  const open = () => {
    const database = new (keepStatements(Counting))(':memory:')
    database.exec("create table t (a text); insert into t values ('x')")
    prepared.length = 0
    return database
  }

  it('prepares a statement once', () => {
    const database = open()
    const insert = () => database.prepare('insert into t values (?)').run(['y'])
    expect([insert().changes, insert().changes]).toEqual([1, 1])
    expect(database.prepare('select count(*) as n from t').all([])).toEqual([{ n: 3 }])
    expect(prepared).toHaveLength(2)
    database.close()
  })

  it('sees a table as it has become meanwhile', () => {
    const database = open()
    const rows = () => database.prepare('select * from t').all([])
    expect(rows()).toEqual([{ a: 'x' }])
    database.exec("alter table t add column b text default 'z'")
    expect(rows()).toEqual([{ a: 'x', b: 'z' }])
    database.exec('drop table t; create table t (c text)')
    expect(rows()).toEqual([])
    database.close()
  })

  it('takes a statement that failed again', () => {
    const database = open()
    database.exec('create unique index t_a on t (a)')
    const insert = (value: string) => database.prepare('insert into t values (?)').run([value])
    expect(() => insert('x')).toThrow(/UNIQUE/)
    expect(insert('y').changes).toBe(1)
    database.close()
  })

  it('keeps those that were used last, and no long one', () => {
    const database = open()
    const ask = (n: number) => database.prepare(`select ${n} as n`).all([])
    for (let n = 0; n < 400; n++) {
      ask(n)
      ask(0)
    }
    expect(prepared).toHaveLength(400)
    ask(1)
    expect(prepared).toHaveLength(401)
    const long = `select '${'x'.repeat(5000)}' as a`
    database.prepare(long).all([])
    database.prepare(long).all([])
    expect(prepared).toHaveLength(403)
    database.close()
  })
})
