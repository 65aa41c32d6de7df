import { describeWith } from '@emrex-gateway/testing'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../browser/launch-chromium.js'
import { Student } from '../browser/student.js'
import { holdStill, violationsOf } from '../browser/violations-of.js'
import { ApiUnderTest } from './api-under-test.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'the pages of an applicant in a real browser', () => {
  let under: ApiUnderTest
  let browser: Browser
  let page: Page
  let student: Student
  beforeAll(async () => {
    ;[under, browser] = await Promise.all([ApiUnderTest.start(), launchChromium()])
    page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    student = new Student(page)
    // The stand-in NCP says that the person cancelled: on the way it becomes an answer with results.
    await page.route('**/smp/jobs/return', (route) =>
      route.continue({ postData: new URLSearchParams(under.fieldsOf(under.elmo())).toString() }),
    )
  }, 3 * minuteMs)
  afterAll(async () => {
    await browser.close()
    await under.stop()
  }, minuteMs)

  const seen: string[] = []
  /** Waits for the page with this heading, in which axe finds nothing serious, and which is no wider than a phone. */
  async function sees(text: string): Promise<void> {
    await student.sees(text)
    await holdStill(page)
    for (const colorScheme of ['light', 'dark'] as const) {
      // Without motion: a colour that is on its way to another one is neither.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const serious = (await violationsOf(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect({ text, serious }).toEqual({ text, serious: [] })
    }
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390)
    seen.push(text)
  }

  it(
    'lead from the link to the end, each fit for everybody and for a phone',
    async () => {
      const { link } = await under.create()
      await page.goto(link)
      await sees('Jobs Example asks for your study results')
      expect(await page.textContent('main')).toContain('The title of each degree')
      expect(await page.textContent('main')).toContain('30 days at most, then it is deleted')
      await student.press('Fetch my results')
      await sees('Where are your results?')
      await student.press('Go to University of the Coast')
      await sees('Your results have arrived')
      expect(await page.textContent('main')).toContain('Nothing else of the document leaves.')
      await student.press('Send this to Jobs Example')
      await sees('Your results were sent to Jobs Example')
      await page.goto(link)
      await sees('This link was used already')
      await student.follow('See where your transfer stands')
      await student.sees('Your results were sent to Jobs Example')
    },
    2 * minuteMs,
  )

  it(
    'let the applicant decline, and say so; without a link there is nothing to begin',
    async () => {
      const { link } = await under.create({ purpose: 'whole' })
      await page.goto(link)
      expect(await page.textContent('main')).toContain('Everything in the signed document, with the document itself')
      await student.press('Decline')
      await sees('You declined')
      await page.goto(`${under.alone.origin}/smp/jobs`)
      await sees('Results for Results Service')
      expect(seen).toHaveLength(7)
    },
    2 * minuteMs,
  )
})
