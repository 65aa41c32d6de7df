import { SisError } from '@emrex-gateway/core'
import { isDuplicate, sisErrorOf } from './sis-error-of.js'

const secret = "select * from emrex_person where national_id = '05068907693'"
const driverError = (facts: object): Error => Object.assign(new Error(secret), facts)

describe('sisErrorOf', () => {
  it.each([
    [{ code: '28P01' }, 'credential'],
    [{ code: '42501' }, 'forbidden'],
    [{ code: '25006' }, 'forbidden'],
    [{ code: '57014' }, 'timeout'],
    [{ code: '42P01' }, 'bad-data'],
    [{ code: '3D000' }, 'bad-data'],
    [{ code: '22P02' }, 'bad-data'],
    [{ code: '57P01' }, 'unavailable'],
    [{ code: '53300' }, 'unavailable'],
    [{ code: '40P01' }, 'unavailable'],

    [{ code: 'SQLITE_READONLY' }, 'forbidden'],
    [{ code: 'SQLITE_ERROR' }, 'bad-data'],
    [{ code: 'SQLITE_NOTADB' }, 'bad-data'],
    [{ code: 'SQLITE_BUSY' }, 'unavailable'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 1 }, 'bad-data'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 5 }, 'unavailable'],

    [{ code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, sqlState: '28000' }, 'credential'],
    [{ code: 'ER_TABLEACCESS_DENIED_ERROR', errno: 1142, sqlState: '42000' }, 'forbidden'],
    [{ code: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', errno: 1792, sqlState: '25006' }, 'forbidden'],
    [{ code: 'ER_STATEMENT_TIMEOUT', errno: 1969, sqlState: '70100' }, 'timeout'],
    [{ code: 'ER_QUERY_INTERRUPTED', errno: 1317, sqlState: '70100' }, 'timeout'],
    [{ code: 'ER_QUERY_TIMEOUT', errno: 3024, sqlState: 'HY000' }, 'timeout'],
    [{ code: 'ER_NO_SUCH_TABLE', errno: 1146, sqlState: '42S02' }, 'bad-data'],
    [{ code: 'ER_VIEW_INVALID', errno: 1356, sqlState: 'HY000' }, 'bad-data'],
    [{ code: 'ER_LOCK_DEADLOCK', errno: 1213, sqlState: '40001' }, 'unavailable'],
    [{ code: 'ER_CON_COUNT_ERROR', errno: 1040, sqlState: '08004' }, 'unavailable'],
    [{ code: 'PROTOCOL_CONNECTION_LOST' }, 'unavailable'],
    [{ code: 'ECONNREFUSED', errno: -111 }, 'unavailable'],
    [{ code: 'ETIMEDOUT', errno: -110 }, 'timeout'],

    [{ code: 'ELOGIN' }, 'credential'],
    [{ code: 'ETIMEOUT' }, 'timeout'],
    [{ code: 'ESOCKET' }, 'unavailable'],
    [{ code: 'EREQUEST', number: 229 }, 'forbidden'],
    [{ code: 'EREQUEST', number: 208 }, 'bad-data'],
    [{ code: 'EREQUEST', number: 1205 }, 'unavailable'],

    [{ code: 'ORA-01017', errorNum: 1017 }, 'credential'],
    [{ code: 'ORA-01031', errorNum: 1031 }, 'forbidden'],
    [{ code: 'ORA-01013', errorNum: 1013 }, 'timeout'],
    [{ code: 'NJS-123', errorNum: 0 }, 'timeout'],
    [{ code: 'ORA-00942', errorNum: 942 }, 'bad-data'],
    [{ code: 'ORA-03113', errorNum: 3113 }, 'unavailable'],

    [{ name: 'KnexTimeoutError' }, 'timeout'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'unavailable'],
    [{}, 'unavailable'],
  ] as const)('takes %j for %s', (facts, kind) => {
    expect(sisErrorOf(driverError(facts), 'uni')).toMatchObject({ kind, info: { connection: 'uni' } })
  })

  it.each([
    { code: '23503' },
    { code: '22001' },
    { code: 'P0001' },
    { code: 'SQLITE_CONSTRAINT_CHECK' },
    { code: 'ERR_SQLITE_ERROR', errcode: 1811 },
    { code: 'ER_DATA_TOO_LONG', errno: 1406, sqlState: '22001' },
    { code: 'ER_SIGNAL_EXCEPTION', errno: 1644, sqlState: '45000' },
    { code: 'EREQUEST', number: 547 },
    { code: 'ORA-12899', errorNum: 12899 },
  ])('takes %j for refused rows when it was writing, and for a broken view when it was reading', (facts) => {
    expect(sisErrorOf(driverError(facts), 'uni', 'writing').kind).toBe('refused')
    expect(sisErrorOf(driverError(facts), 'uni').kind).toBe('bad-data')
  })

  it.each([
    { code: '23505' },
    { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' },
    { code: 'ER_DUP_ENTRY', errno: 1062, sqlState: '23000' },
    { code: 'EREQUEST', number: 2627 },
    { code: 'ORA-00001', errorNum: 1 },
  ])('knows a key that is there already: %j', (facts) => {
    expect(isDuplicate(driverError(facts))).toBe(true)
  })

  it('takes nothing else for a key that is there already', () => {
    for (const facts of [
      {},
      { code: '23503' },
      { errno: 1452, sqlState: '23000' },
      { code: 'ORA-01400', errorNum: 1400 },
    ])
      expect(isDuplicate(driverError(facts))).toBe(false)
    expect(isDuplicate(undefined)).toBe(false)
  })

  it('drops the words of the driver, which quote the values of a query', () => {
    const error = sisErrorOf(driverError({ code: '42P01', detail: secret }), 'uni')
    expect(error.message + error.stack + JSON.stringify(error)).not.toContain('05068907693')
    expect(error.cause).toBeUndefined()
  })

  it('leaves a SisError as it is, and takes anything else for a database that did not answer', () => {
    const error = new SisError('refused', 'no', { connection: 'uni' })
    expect(sisErrorOf(error, 'uni')).toBe(error)
    expect(sisErrorOf('boom', 'uni').kind).toBe('unavailable')
  })
})
