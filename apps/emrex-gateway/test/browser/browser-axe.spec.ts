import { describeWith } from '@emrex-gateway/testing'
import { tours, withTwoLogins } from './every-page.js'
import { TownInBrowser } from './town-in-browser.js'
import { holdStill, violationsOf } from './violations-of.js'

const minuteMs = 60_000
const wide = { width: 1200, height: 800 }
const phone = { width: 390, height: 844 }
const looks = [
  { viewport: wide, colorScheme: 'light' },
  { viewport: phone, colorScheme: 'light' },
  { viewport: phone, colorScheme: 'dark' },
  { viewport: wide, colorScheme: 'dark' },
] as const

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
          // Without motion: a colour that is on its way to another one is neither.
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
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
