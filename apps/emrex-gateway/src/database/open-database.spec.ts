import { isInClear } from './open-database.js'

describe('isInClear', () => {
  it.each([
    ['postgresql://u:p@db.example/gate', true],
    ['postgresql://u:p@192.0.2.7/gate?sslmode=disable', true],
    ['postgresql://u:p@db.example/gate?sslmode=require', false],
    ['postgresql://u@127.0.0.1/gate', false],
    ['postgresql://u@[::1]/gate', false],
    ['postgresql://u@localhost/gate', false],
    ['postgresql://u@db.example/gate?socket=/run/postgresql', false],
  ])('knows whether a password goes to another host in the clear: %s', (url, clear) => {
    expect(isInClear({ postgres: { url } })).toBe(clear)
    expect(isInClear({ postgres: { url, tls: {} } })).toBe(false)
  })

  it('is no word about a file', () => expect(isInClear({ file: '/var/lib/gateway.sqlite' })).toBe(false))
})
