import { silentLog } from '@emrex-gateway/core'
import { DailyRetention } from './daily-retention.js'
import { Metrics } from './metrics.js'
import { RetentionLedger } from './retention-ledger.js'

const hourMs = 3_600_000

describe('DailyRetention', () => {
  it('goes on when the clock was ahead and is set right', async () => {
    let at = Date.parse('2026-11-27T12:00:00Z')
    const now = () => new Date(at)
    const rounds: string[] = []
    const none = () => Promise.resolve(0)
    const prune = () => none().finally(() => rounds.push(now().toISOString().slice(0, 13)))
    const store = { auditChain: { prune, forgetStaff: none }, forgetDoneJobs: none } as never
    const retention = new DailyRetention(
      store,
      { evidence: 730, staff: 365 },
      new RetentionLedger(new Metrics(), silentLog, now),
      now,
    )
    at += 90 * 24 * hourMs
    await retention.run()
    at -= 90 * 24 * hourMs
    for (let hour = 0; hour < 26; hour++, at += hourMs) await retention.run()
    expect(rounds).toEqual(['2027-02-25T12', '2026-11-27T12', '2026-11-28T12'])
  })
})
