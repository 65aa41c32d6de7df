import type { SisConnection } from '@emrex-gateway/core'
import { jest } from '@jest/globals'
import { ReopeningSystem } from './reopening-system.js'

describe('ReopeningSystem', () => {
  afterEach(() => void jest.useRealTimers())

  it('waits for no plugin for ever: the keys of all others, and the end of the gateway, wait with it', async () => {
    jest.useFakeTimers()
    const closed: string[] = []
    const connection = (id: string): SisConnection => ({
      ...{ id, check: async () => ({ ok: true, findings: [] }) },
      close: async () => void closed.push(id),
    })
    let answer: (opened: SisConnection) => void = () => {}
    const system = new ReopeningSystem(connection('first'), () => new Promise((resolve) => (answer = resolve)))
    const reopened = expect(system.reopen()).rejects.toThrow('it was not opened within 20 s')
    await jest.advanceTimersByTimeAsync(20_000)
    await reopened
    // What comes after all is not left open.
    answer(connection('late'))
    await jest.advanceTimersByTimeAsync(0)
    expect(closed).toEqual(['late'])
  })
})
