import type { BrowserPage } from '@emrex-gateway/testing'
import { defaults } from '@emrex-gateway/core'
import { translator } from '@emrex-gateway/web'

/** The page is the one of a database that is away, and the log has the code, what the driver said, and no more of it. */
export function expectAway({ status, headers, html }: BrowserPage, heading: string, lines: readonly string[]): void {
  const t = translator('en')
  expect([status, heading]).toEqual([503, t('problem.STORE_UNAVAILABLE.title')])
  expect(headers.get('retry-after')).toBe(`${defaults.storeRetrySeconds}`)
  expect(html).toContain('Nothing is lost')
  const shown = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event, status: code }) => event === 'problem.shown' && code === 503)
  expect(shown.length).toBeGreaterThan(0)
  for (const line of shown) {
    expect(line).toMatchObject({ code: 'STORE_UNAVAILABLE', detail: expect.stringMatching(/just now \([\w ]+\)$/) })
    expect(line).not.toHaveProperty('stack')
  }
}
