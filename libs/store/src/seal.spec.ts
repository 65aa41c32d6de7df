import { randomBytes } from 'node:crypto'
import { Seal, type Place } from './seal.js'

const key = randomBytes(32)
const place: Place = ['table', 'record', 'column']

describe('Seal', () => {
  it('opens what it sealed, also nothing at all', () => {
    const seal = new Seal({ key })
    for (const text of ['', 'a', 'Zoë Ånström'.repeat(1000)]) {
      expect(seal.open(place, seal.seal(place, Buffer.from(text))).toString()).toBe(text)
    }
  })

  it('never seals the same text the same way twice', () => {
    const seal = new Seal({ key })
    const sealed = Array.from({ length: 50 }, () => seal.seal(place, Buffer.from('same')).toString('hex'))
    expect(new Set(sealed).size).toBe(50)
  })

  it('opens in its own table, record and column alone', () => {
    const seal = new Seal({ key })
    const sealed = seal.seal(place, Buffer.from('text'))
    const others: Place[] = [
      ['other', 'record', 'column'],
      ['table', 'other', 'column'],
      ['table', 'record', 'other'],
      ['table', 'recordc', 'olumn'],
    ]
    for (const other of others) expect(() => seal.open(other, sealed)).toThrow(/belongs to another record/)
  })

  it('refuses a value with any byte changed, or cut short at any length', () => {
    const seal = new Seal({ key })
    const sealed = seal.seal(place, Buffer.from('text'))
    for (const index of sealed.keys()) {
      const changed = Buffer.from(sealed)
      changed[index]! ^= 1
      expect(() => seal.open(place, changed)).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
      expect(() => seal.open(place, sealed.subarray(0, index))).toThrow(expect.objectContaining({ code: 'INTERNAL' }))
    }
  })

  it('says when the key is not there, and opens with it among the previous ones', () => {
    const sealed = new Seal({ key }).seal(place, Buffer.from('text'))
    expect(() => new Seal({ key: randomBytes(32) }).open(place, sealed)).toThrow(/key that this store was not given/)
    const renewed = new Seal({ key: randomBytes(32), previousKeys: [randomBytes(32), key] })
    expect(renewed.open(place, sealed).toString()).toBe('text')
  })

  it('hashes by key and by each part, the present key first', () => {
    const [before] = new Seal({ key }).hashes(['a', 'bc'])
    const newKey = randomBytes(32)
    const [present, previous] = new Seal({ key: newKey, previousKeys: [key] }).hashes(['a', 'bc'])
    expect(previous).toEqual(before)
    expect(present).toEqual(new Seal({ key: newKey }).hashes(['a', 'bc'])[0])
    expect(present).not.toEqual(before)
    expect(new Seal({ key }).hashes(['ab', 'c'])[0]).not.toEqual(before)
  })

  it('takes keys of 32 bytes only', () => {
    expect(() => new Seal({ key: randomBytes(31) })).toThrow(/32 bytes/)
    expect(() => new Seal({ key, previousKeys: [randomBytes(64)] })).toThrow(/32 bytes/)
  })
})
