import { chooseDriver, SqliteDriverError } from './choose-driver.js'
import type { SqliteDriver } from './sqlite-driver.js'
import { nodeSqliteDriver } from './node-sqlite-driver.js'
import { sqliteDrivers, trialOf, tryDriver } from './sqlite-drivers.js'

const missing = (name: string) =>
  tryDriver(name, () => {
    throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
  })

describe('chooseDriver', () => {
  it('takes the first that loads and leaves the others alone', () => {
    const [name] = sqliteDrivers()
    const works = trialOf(name!)
    function* trials() {
      yield missing('one')
      yield works
      throw new Error('a driver was tried after one had loaded')
    }
    expect(chooseDriver(trials())).toBe((works as { driver: SqliteDriver }).driver)
  })

  it('names what was tried and the ways out when none loads', () => {
    const choose = () => chooseDriver([missing('better-sqlite3'), missing('libsql')])
    expect(choose).toThrow(SqliteDriverError)
    expect(choose).toThrow(/better-sqlite3 \(MODULE_NOT_FOUND\), libsql \(MODULE_NOT_FOUND\).*Node\.js 22\.16.*install/)
  })
})

describe('tryDriver', () => {
  it('does not trust a driver that loads but cannot open a database', () => {
    const broken = class {
      constructor() {
        throw new Error('wrong ABI\nand a second line')
      }
    } as unknown as SqliteDriver
    expect(tryDriver('broken', () => broken)).toEqual({ name: 'broken', reason: 'wrong ABI' })
  })
})

describe('nodeSqliteDriver', () => {
  it('refuses a node:sqlite that cannot tell which statements give rows', () => {
    const old = { DatabaseSync: class {}, StatementSync: class {} } as never
    expect(() => nodeSqliteDriver(old)).toThrow(/22\.16/)
  })
})
