import { randomBytes } from 'node:crypto'
import { findApiKey, hashApiKey, newApiKey } from '../../src/api/api-key.js'
import type { ApiClient } from '../../src/api/import-api.js'

const clientOf = (id: string, keys: readonly { readonly id: string; readonly hash: string }[]): ApiClient => ({
  ...{ id, name: id, purposes: [], webhooks: [] },
  keys: keys.map((key) => ({ ...key, scopes: ['requests:read'] })),
})

describe('newApiKey', () => {
  it('makes a key of 256 random bits whose hash says nothing about it', () => {
    const [one, two] = [newApiKey('jobs-1', randomBytes), newApiKey('jobs-1', randomBytes)]
    expect(one.key).toMatch(/^emrex_jobs-1_[A-Za-z0-9_-]{43}$/)
    expect(one.key).not.toBe(two.key)
    expect(one.hash).toBe(hashApiKey(one.key))
    expect(one.hash).not.toContain(one.key.slice(-20))
  })

  it('refuses an id that could not be told from the rest of the key', () => {
    for (const id of ['', 'a_b', 'A', 'a'.repeat(42)]) expect(() => newApiKey(id, randomBytes)).toThrow(/id of a key/)
  })
})

describe('findApiKey', () => {
  const [first, second, third] = ['a', 'b', 'c'].map((id) => ({ id, ...newApiKey(id, randomBytes) }))
  const clients = [clientOf('one', [first!, second!]), clientOf('two', [third!])]
  const found = (authorization?: string) => {
    try {
      return findApiKey(clients, authorization).client.id
    } catch (error) {
      return (error as { code: string }).code
    }
  }

  it('finds the client of a key, of several keys during a change too', () => {
    expect([first, second, third].map((one) => found(`Bearer ${one!.key}`))).toEqual(['one', 'one', 'two'])
    expect(found(`bearer  ${first!.key} `)).toBe('one')
  })

  it('finds none for a key with another id, an end that is cut or longer, or no key', () => {
    const { key } = first!
    const wrong = [
      key.replace('_a_', '_b_'),
      key.slice(0, -1),
      `${key}A`,
      '',
      'emrex_a_',
      key.toUpperCase(),
      'emrex_d_x',
    ]
    expect(wrong.map((one) => found(`Bearer ${one}`))).toEqual(wrong.map(() => 'API_KEY_REFUSED'))
    expect([found(undefined), found(key), found(`Basic ${key}`)]).toEqual(Array(3).fill('API_KEY_REFUSED'))
  })
})
