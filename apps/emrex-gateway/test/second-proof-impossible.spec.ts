import { jest } from '@jest/globals'
import { canariesIn } from './personal-canaries.js'
import { numbers, ProofUnderTest, withoutTokens, type Role } from './proof-under-test.js'

jest.setTimeout(120_000)

describe.each<Role>(['smp', 'ncp'])('without a way to prove it, the %s', (role) => {
  it('ends as it always did: ID_INSUFFICIENT', async () => {
    const plain = await ProofUnderTest.start({ mail: 'none', accountKind: 'demo' })
    try {
      const browser = await plain.logIn(role, 'freja-0')
      expect(browser.heading).toBe('We need to know more about you')
    } finally {
      await plain.stop()
    }
  })

  it('shows the same page when the mail server takes nothing, and tells the operator alone', async () => {
    const down = await ProofUnderTest.start({ mail: 'down' })
    try {
      const pages: string[] = []
      for (const [person, number] of [
        ['freja-0', numbers.own],
        ['freja-1', numbers.nobodys],
      ] as const) {
        const browser = await down.logIn(role, person)
        await down.tellNumber(browser, number)
        await down.settled()
        pages.push(withoutTokens(browser.page))
      }
      expect(pages[1]).toBe(pages[0])
      const told = down.alone.lines.filter((line) => line.includes('proof.unsent'))
      expect(told).toHaveLength(1)
      expect(told.flatMap(canariesIn)).toEqual([])
    } finally {
      await down.stop()
    }
  })
})
