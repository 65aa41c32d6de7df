import { hashCode, isCode, newCode } from './one-time-code.js'

describe('newCode', () => {
  it('has six digits, also where it is a small number, and is no constant', () => {
    const codes = Array.from({ length: 2000 }, newCode)
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
    expect(new Set(codes).size).toBeGreaterThan(1900)
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
  })
})

describe('isCode', () => {
  it('knows the code by its hash, with the blanks that people type, under its own salt alone', () => {
    const hash = hashCode('012345', 'salt')
    for (const typed of ['012345', ' 012 345\n']) expect(isCode(typed, hash, 'salt')).toBe(true)
    for (const typed of ['', '12345', '0123456', '012346', hash]) expect(isCode(typed, hash, 'salt')).toBe(false)
    expect(isCode('012345', hash, 'other')).toBe(false)
  })
})
