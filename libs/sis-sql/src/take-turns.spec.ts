import { setTimeout as wait } from 'node:timers/promises'
import { takeTurns } from './take-turns.js'

describe('takeTurns', () => {
  it('runs work on one thing in order, one at a time, and carries on after a failure', async () => {
    const seen: string[] = []
    const work = (name: string, milliseconds: number) => async () => {
      seen.push(`${name} begins`)
      await wait(milliseconds)
      if (name === 'b') throw new Error(name)
      seen.push(`${name} ends`)
      return name
    }
    const all = [takeTurns('file', work('a', 20)), takeTurns('file', work('b', 0)), takeTurns('file', work('c', 0))]
    expect(await Promise.allSettled(all)).toMatchObject([{ value: 'a' }, { status: 'rejected' }, { value: 'c' }])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends'])
  })

  it('lets work on different things go side by side', async () => {
    const seen: string[] = []
    await Promise.all([
      takeTurns('one', async () => {
        await wait(20)
        seen.push('slow')
      }),
      takeTurns('two', async () => void seen.push('quick')),
    ])
    expect(seen).toEqual(['quick', 'slow'])
  })
})
