import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { until } from '@emrex-gateway/testing'
import type { Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Violation {
  readonly id: string
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical'
  readonly html: readonly string[]
}

/** A page that waits for something reloads itself; while it is looked at, it stands still. */
export async function holdStill(page: Page): Promise<void> {
  const stopTimers = 'for (let timer = setInterval(() => {}, 3_600_000); timer > 0; timer--) clearInterval(timer)'
  await until(() =>
    page.evaluate(stopTimers).then(
      () => true,
      (error: Error) => {
        // It had begun to: the next one is held.
        if (error.message.includes('context was destroyed')) return false
        throw error
      },
    ),
  )
}

/** What axe finds in the page as it stands. The driver runs it beside the page: the policy of the page is not touched. */
export async function violationsOf(page: Page): Promise<readonly Violation[]> {
  // On a busy machine the words of a page are there before its style is.
  await page.waitForLoadState('load')
  const found = await page.evaluate(`${axeSource}; axe.run(document).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map(({ html }) => html) })))`)
  return found as Violation[]
}
