import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describeWith } from '@emrex-gateway/testing'
import type { Page } from 'playwright-core'
import { tours, withTwoLogins } from './every-page.js'
import { TownInBrowser } from './town-in-browser.js'

const minuteMs = 60_000
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const wide = { width: 1200, height: 800 }
const phone = { width: 390, height: 844 }
const looks = [
  { viewport: wide, colorScheme: 'light' },
  { viewport: phone, colorScheme: 'light' },
  { viewport: phone, colorScheme: 'dark' },
  { viewport: wide, colorScheme: 'dark' },
] as const

interface Violation {
  readonly id: string
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical'
  readonly html: readonly string[]
}

/** A page that waits for something reloads itself; while it is looked at, it stands still. */
async function holdStill(page: Page): Promise<void> {
  await page.evaluate('for (let timer = setInterval(() => {}, 3_600_000); timer > 0; timer--) clearInterval(timer)')
}

/** What axe finds in the page as it stands. The driver runs it beside the page: the policy of the page is not touched. */
async function violationsOf(page: Page): Promise<readonly Violation[]> {
  const found = await page.evaluate(`${axeSource}; axe.run(document).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.map(({ html }) => html) })))`)
  return found as Violation[]
}

describeWith(describe, 'chromium', 'every page of the gateway, as axe sees it', () => {
  let town: TownInBrowser
  const seen: string[] = []
  const lesser = new Set<string>()
  beforeAll(async () => {
    town = await TownInBrowser.start({ rewriteSettings: withTwoLogins })
  }, minuteMs)
  afterAll(() => {
    if (lesser.size > 0) process.stdout.write(`of lesser impact: ${[...lesser].join(', ')}\n`)
    return town.stop()
  }, minuteMs)

  it.each(tours)(
    'has nothing serious, and fits a phone: $name',
    async ({ walk }) => {
      const student = await town.student({ viewport: wide, reducedMotion: 'reduce' })
      await walk(town, student, async (name, { page }) => {
        seen.push(name)
        await holdStill(page)
        for (const { viewport, colorScheme } of looks) {
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme })
          const violations = await violationsOf(page)
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
          expect({ name, colorScheme, serious }).toEqual({ name, colorScheme, serious: [] })
          for (const { id, impact } of violations) lesser.add(`${id} (${impact}) on ${name}`)
          // Nothing is wider than the window.
          const width = await page.evaluate<number>('document.documentElement.scrollWidth')
          expect({ name, width }).toEqual({ name, width: viewport.width })
        }
      })
      await student.page.context().close()
    },
    3 * minuteMs,
  )

  it('was shown pages of both roles, of staff, of the town and for problems', () => {
    const kinds = new Set(seen.map((name) => name.split('-')[0]))
    expect([...kinds].sort()).toEqual(['abroad', 'hand', 'home', 'problem', 'staff', 'town'])
    expect(new Set(seen).size).toBeGreaterThanOrEqual(39)
  })
})
