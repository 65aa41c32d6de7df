import { readPostgresUrl } from './read-postgres-url.js'

describe('readPostgresUrl', () => {
  it('reads every part, and has the usual ones for those that are absent', () => {
    expect(readPostgresUrl('postgresql://us%40er:p%25w@[::1]:6543/gate?sslmode=require')).toEqual({
      address: { host: '::1', port: 6543, user: 'us@er', password: 'p%w', database: 'gate' },
      encrypted: true,
    })
    expect(readPostgresUrl('postgres://u@db.example/gate')).toMatchObject({ address: { port: 5432 }, encrypted: false })
    expect(readPostgresUrl('postgresql://u@localhost/gate?socket=/run/pg').address.host).toBe('/run/pg')
  })

  it.each([
    ['mysql://canary@h/d', 'expected postgresql'],
    ['canary', 'expected postgresql'],
    ['postgresql://canary@h', 'names no database'],
    ['postgresql://canary@h/d?sslmode=canary', 'sslmode must be one of'],
    ['postgresql://canary@h/d?options=x', '"options" is not known'],
    ['postgresql://canary:100%@h/d', '%25'],
  ])('says what is wrong with an address, and not the address: %s', (url, message) => {
    let said = ''
    try {
      readPostgresUrl(url)
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toContain(message)
    expect(said).not.toContain('canary')
  })
})
