import { describeWith } from '@emrex-gateway/testing'
import { loginName, ncpButton, type Story } from '@emrex-gateway/town'
import type { Student } from './student.js'
import { storyOf, TownInBrowser, type Stop } from './town-in-browser.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'back, reload, double click and a second tab', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** Every page of a transfer, and what is done there to come to the next. */
  const steps = (
    story: Story,
  ): readonly { readonly heading: string; readonly on: (student: Student) => Promise<void> }[] => [
    { heading: 'Fetch results from another university', on: (student) => student.press('Start') },
    { heading: 'Log in at Björklunda University', on: (student) => student.press(loginName(story.student)) },
    { heading: 'Where are your results?', on: (student) => student.pressOnward(ncpButton(story)) },
    {
      heading: 'Where do your results go?',
      on: async (student) => {
        await student.page.getByRole('checkbox').check()
        await student.press('Continue to login')
      },
    },
    { heading: 'National login', on: (student) => student.press(loginName(story.student)) },
    { heading: 'Choose your results', on: (student) => student.press('Show what will be sent') },
    { heading: 'Check what will be sent', on: (student) => student.pressOnward('Send to') },
    { heading: 'Your results have arrived', on: (student) => student.press('Take these results into my record') },
  ]

  it.each([true, false])(
    'lead to where the transfer stands, on each of its pages, and it still reaches its end (script: %s)',
    async (javaScriptEnabled) => {
      const story = storyOf('zero-credits')
      const student = await town.student({ javaScriptEnabled })
      const { page } = student
      await page.goto(town.town.smpUrl(story.home))
      for (const { heading, on } of steps(story)) {
        await student.sees(heading)
        await page.reload()
        await student.sees(heading)
        if (heading !== steps(story)[0]!.heading) {
          const back = await goBackOn(student)
          // Abroad and at home one comes by the pages of the same transfer, never by a problem.
          expect(await student.heading()).not.toMatch(/^(This|Something|There)/)
          for (let forward = 0; forward < back; forward++) await move(() => page.goForward())
          await student.sees(heading)
        }
        await on(student)
      }
      await student.sees('Your university has your results')
      await page.reload()
      await student.sees('Your university has your results')
      await page.context().close()
    },
    2 * minuteMs,
  )

  /**
   * Back to the page before; gives how far that was. Without script the page that hands over is the answer to a form, and
   * the browser itself asks whether to send that form again: one presses back once more.
   */
  async function goBackOn({ page }: Student): Promise<number> {
    for (let back = 1; ; back++) if ((await move(() => page.goBack())) === 'ours') return back
  }

  /** One step in the history: to a page of ours, or to the question of the browser. */
  async function move(go: () => Promise<unknown>): Promise<'ours' | 'question'> {
    for (;;) {
      try {
        await go()
        return 'ours'
      } catch (error) {
        if (String(error).includes('ERR_CACHE_MISS')) return 'question'
        // The browser is still busy with its question.
        if (!String(error).includes('Not attached to an active page')) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  /** Where the browser sends both presses, the second is told so, and shown the way on. */
  async function seesInTheEnd(student: Student, heading: string): Promise<void> {
    const [wanted, used] = [heading, 'This was used already'].map((name) =>
      student.page.getByRole('heading', { level: 1, name, exact: true }),
    )
    await wanted!.or(used!).waitFor()
    if ((await student.heading()) === 'This was used already') await student.follow('See where your transfer stands')
    await student.sees(heading)
  }

  it.each([true, false])(
    'begin nothing twice when every button is pressed twice (script: %s)',
    async (javaScriptEnabled) => {
      const story = storyOf(javaScriptEnabled ? 'missing-code' : 'ordinary')
      const student = await town.student({ javaScriptEnabled })
      const twice = async (button: string, heading: string, handsOver = false) => {
        await student.page.getByRole('button', { name: button }).first().dblclick()
        if (handsOver && !javaScriptEnabled) {
          await student.sees('You are being sent on')
          await student.page.getByRole('button', { name: 'Continue' }).dblclick()
        }
        await seesInTheEnd(student, heading)
      }
      await student.page.goto(town.town.smpUrl(story.home))
      await twice('Start', `Log in at ${javaScriptEnabled ? 'Björklunda University' : 'University of Nordfjordvik'}`)
      await twice(loginName(story.student), 'Where are your results?')
      await twice(ncpButton(story), 'National login', true)
      await twice(loginName(story.student), 'Choose your results')
      await twice('Show what will be sent', 'Check what will be sent')
      await twice('Send to', 'Your results have arrived', true)
      await twice('Take these results into my record', 'Your university has your results')
      expect(await town.rowsAt(story)).toMatchObject({ deliveries: 1 })
      await student.page.context().close()
    },
    2 * minuteMs,
  )

  it.each([true, false])(
    'show nothing of the results once it is over, however far one goes back (script: %s)',
    async (javaScriptEnabled) => {
      const story = storyOf(javaScriptEnabled ? 'half-credits' : 'no-credits')
      const student = await town.student({ javaScriptEnabled })
      await town.walk(student, story, 'review')
      const titles = await student.page.locator('.results tbody th').allInnerTexts()
      expect(titles).toHaveLength(story.offered)
      await student.press('Take these results into my record')
      await student.sees('Your university has your results')
      const headings: string[] = []
      for (let back = 0; back < 12 && student.page.url() !== town.town.smpUrl(story.home); back++) {
        await goBackOn(student)
        headings.push(await student.heading())
        for (const title of titles) expect(await student.text()).not.toContain(title)
      }
      expect(headings).toContain('Your results were handed over')
      expect(headings.at(-1)).toBe('Fetch results from another university')
      await student.page.context().close()
    },
    2 * minuteMs,
  )

  const races: { readonly at: Stop; readonly press: string; readonly then: string }[] = [
    { at: 'select', press: 'Show what will be sent', then: 'Check what will be sent' },
    { at: 'preview', press: 'Send to', then: 'Your results have arrived' },
    { at: 'review', press: 'Take these results into my record', then: 'Your university has your results' },
  ]
  it.each(races)(
    'let one of two tabs win, and show its outcome to the other: $at',
    async ({ at, press, then }) => {
      const story = storyOf({ select: 'modules', preview: 'two-degrees', review: 'two-universities' }[at as 'select'])
      const first = await town.student()
      await town.walk(first, story, at)
      const second = await first.secondTab(first.page.url())
      await second.sees(await first.heading())
      await first.press(press)
      await first.sees(then)
      await second.press(press)
      await seesInTheEnd(second, then)
      if (at === 'review') expect(await town.rowsAt(story)).toMatchObject({ deliveries: 1 })
      await first.page.context().close()
    },
    minuteMs,
  )

  it(
    'lead to where the transfer stands when the answer to a form is opened in another tab, abroad and at home',
    async () => {
      const student = await town.student()
      await town.walk(student, storyOf('ordinary'), 'choose')
      const home = student.page.url()
      await student.page
        .locator('button[name=ncp]')
        .first()
        .evaluate((button) => button.setAttribute('value', 'gone'))
      await student.page.locator('button[name=ncp]').first().click()
      await student.page.getByRole('heading', { name: 'There is a problem' }).waitFor()
      expect(student.page.url()).toBe(`${home}/ask`)
      await (await student.secondTab(`${home}/ask`)).sees('Where are your results?')

      await student.page.goto(home)
      await student.pressOnward(ncpButton(storyOf('ordinary')))
      await student.sees('National login')
      await student.press(loginName(storyOf('ordinary').student))
      await student.sees('Choose your results')
      for (const box of await student.page.getByRole('checkbox').all()) await box.uncheck()
      await student.press('Show what will be sent')
      await student.page.getByRole('heading', { name: 'There is a problem' }).waitFor()
      expect(student.page.url()).toMatch(/\/select$/)
      await (await student.secondTab(student.page.url())).sees('Choose your results')
      const stranger = await town.student()
      await stranger.page.goto(student.page.url())
      await stranger.sees('This was started in another browser')
      await stranger.page.context().close()
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'follow the later choice when another tab chooses another university',
    async () => {
      const student = await town.student()
      await town.walk(student, storyOf('twin'), 'choose')
      const second = await student.secondTab(student.page.url())
      await student.press('Go to University of Zielony Brzeg')
      await student.sees('National login')
      await second.press('Go to University of Jadrograd')
      await second.page.waitForURL(/\/ncp\/croatia\//)
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'let two tabs that accept at the same moment import once',
    async () => {
      const story = storyOf('large-attachment')
      const first = await town.student()
      await town.walk(first, story, 'review')
      const second = await first.secondTab(first.page.url())
      await second.sees('Your results have arrived')
      const accept = 'Take these results into my record'
      await Promise.all([first.press(accept), second.press(accept)])
      await Promise.all([first, second].map((tab) => tab.sees('Your university has your results')))
      expect(await town.rowsAt(story)).toMatchObject({ deliveries: 1 })
      await first.page.context().close()
    },
    minuteMs,
  )

  it(
    'keep two transfers apart that one browser makes at the same time',
    async () => {
      const [own, other] = [storyOf('diacritics'), storyOf('failed-and-in-progress')]
      const first = await town.student()
      await town.walk(first, own, 'login')
      const second = await first.secondTab('about:blank')
      await town.walk(second, other, 'select')
      await first.press(loginName(own.student))
      await first.press(ncpButton(own))
      await first.page.getByRole('checkbox').check()
      await first.press('Continue to login')
      await second.press('Show what will be sent')
      await first.press(loginName(own.student))
      await second.press('Send to')
      await second.sees('Your results have arrived')
      for (const button of ['Show what will be sent', 'Send to', 'Take these results']) await first.press(button)
      await second.press('Take these results')
      await Promise.all([first, second].map((tab) => tab.sees('Your university has your results')))
      for (const story of [own, other]) {
        const { deliveries, items } = await town.rowsAt(story)
        expect({ deliveries, items: items.length }).toEqual({ deliveries: 1, items: story.offered })
      }
      await first.page.context().close()
    },
    minuteMs,
  )

  it(
    'take no login a second time: an old login page leads to where the transfer stands',
    async () => {
      const story = storyOf('strange-titles')
      const student = await town.student()
      await town.walk(student, story, 'login')
      const old = await student.secondTab(student.page.url())
      await student.press(loginName(story.student))
      await student.sees('Where are your results?')
      await student.page.goBack()
      await student.sees('Where are your results?')
      await old.press(loginName('marija'))
      await old.sees('This was used already')
      await old.follow('See where your transfer stands')
      await old.sees('Where are your results?')
      expect(await town.homeState(old)).toMatchObject({ state: 'identified', identity: { subject: story.student } })
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'tell somebody whose browser takes no cookies what to do',
    async () => {
      const student = await town.student()
      await student.page.goto(town.town.smpUrl('nordfjord'))
      await student.page.route('**/smp/nordfjord', async (route) => {
        if (route.request().method() !== 'POST') return route.continue()
        const response = await route.fetch({ maxRedirects: 0 })
        const { location } = response.headers()
        await student.page.context().clearCookies()
        await route.fulfill({ status: 303, headers: { location: location! } })
      })
      await student.press('Start')
      await student.sees('This was started in another browser')
      expect(await student.text()).toContain('please allow cookies here')
      await student.follow('Back to the start')
      await student.sees('Fetch results from another university')
      await student.page.context().close()
    },
    minuteMs,
  )
})
