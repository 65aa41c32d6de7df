import { EmrexError } from '@emrex-gateway/core'
import { SealKeyError } from '@emrex-gateway/store'
import { DatabaseError, isOfAnother } from './database-error.js'

describe('isOfAnother', () => {
  it('is a key that does not fit, and no other error of ours: who runs a command would look for the wrong thing', () => {
    expect(isOfAnother(new SealKeyError())).toBe(true)
    expect(DatabaseError.of(new SealKeyError()).message).toContain('seal.previousKeyFiles')
    const away = new EmrexError('STORE_UNAVAILABLE')
    expect(isOfAnother(away)).toBe(false)
    expect(DatabaseError.of(away).message).not.toContain('seal')
  })
})
