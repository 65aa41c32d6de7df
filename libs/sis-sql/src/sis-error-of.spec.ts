import { SisError } from '@emrex-gateway/core'
import { sisErrorOf } from './sis-error-of.js'

const secret = "select * from emrex_person where national_id = '05068907693'"
const driverError = (facts: object): Error => Object.assign(new Error(secret), facts)

describe('sisErrorOf', () => {
  it.each([
    [{ code: '28P01' }, 'credential'],
    [{ code: '42501' }, 'forbidden'],
    [{ code: 'SQLITE_READONLY' }, 'forbidden'],
    [{ code: '57014' }, 'timeout'],
    [{ name: 'KnexTimeoutError' }, 'timeout'],
    [{ code: '42P01' }, 'bad-data'],
    [{ code: 'SQLITE_ERROR' }, 'bad-data'],
    [{ code: 'SQLITE_NOTADB' }, 'bad-data'],
    [{ code: '23503' }, 'refused'],
    [{ code: 'SQLITE_CONSTRAINT_CHECK' }, 'refused'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 1811 }, 'refused'],
    [{ code: 'ERR_SQLITE_ERROR', errcode: 1 }, 'bad-data'],
    [{ code: 'ECONNREFUSED' }, 'unavailable'],
    [{ code: 'SQLITE_BUSY' }, 'unavailable'],
    [{ code: 'MODULE_NOT_FOUND' }, 'unsupported'],
    [{}, 'unavailable'],
  ] as const)('takes %j for %s', (facts, kind) => {
    expect(sisErrorOf(driverError(facts), 'uni')).toMatchObject({ kind, info: { connection: 'uni' } })
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
