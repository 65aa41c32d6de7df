import { describeWith } from '@emrex-gateway/testing'
import { watchRequests } from './seen-requests.js'
import { storyOf, TownInBrowser } from './town-in-browser.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'a whole transfer in a real browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  // One person each, for the rows of a database say who was imported.
  const ways = [
    { how: 'with script, on a wide screen', story: 'ordinary', options: {} },
    { how: 'without script', story: 'half-credits', options: { javaScriptEnabled: false } },
    {
      how: 'on a phone',
      story: 'zero-credits',
      options: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    },
    {
      how: 'on a phone without script',
      story: 'modules',
      options: { viewport: { width: 390, height: 844 }, isMobile: true, javaScriptEnabled: false },
    },
  ] as const

  it.each(ways)(
    'brings the chosen results into the database of the home university: $how',
    async ({ story: id, options }) => {
      const story = storyOf(id)
      const student = await town.student(options)
      await town.walk(student, story, 'review')
      const review = await student.text()
      expect(review).toMatch(/The document was signed by .+ and not changed since\. OK/)
      expect(review).toContain('The document is about you. OK')
      expect((await town.rowsAt(story)).deliveries).toBe(0)

      await student.press('Take these results into my record')
      await student.sees('Your university has your results')
      const { deliveries, items } = await town.rowsAt(story)
      expect(deliveries).toBe(1)
      expect(items).toHaveLength(story.offered)
      for (const { title, title_en } of items) expect(review).toContain(title_en ?? title)
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'crosses the border twice: both messages of EMREX come from another site and without any of our cookies',
    async () => {
      const story = storyOf('two-universities')
      const watch = watchRequests()
      const student = await town.student()
      await town.walk(student, story, 'end')
      watch.stop()
      const posts = watch.seen.filter(({ method }) => method === 'POST')
      const messages = posts.filter(({ path }) => path === `/ncp/${story.ncp}` || path === `/smp/${story.home}/return`)
      expect(messages.map(({ path, site, cookies }) => ({ path, site, cookies }))).toEqual([
        { path: `/ncp/${story.ncp}`, site: 'cross-site', cookies: [] },
        { path: `/smp/${story.home}/return`, site: 'cross-site', cookies: [] },
      ])
      // Everything else that was posted is a form of our own page, and the browser proved itself.
      const own = posts.filter(({ path }) => path.includes('/transfers/'))
      expect(own.length).toBeGreaterThanOrEqual(4)
      for (const { site, cookies } of own)
        expect({ site, cookies }).toEqual({ site: 'same-origin', cookies: [expect.stringMatching(/^emrex-/)] })
      await student.page.context().close()
    },
    minuteMs,
  )
})
