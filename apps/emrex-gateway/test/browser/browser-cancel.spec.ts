import { describeWith } from '@emrex-gateway/testing'
import { loginName, ncpButton } from '@emrex-gateway/town'
import { storyOf, TownInBrowser, type Stop } from './town-in-browser.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'cancelling in a real browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** What the person presses at each step, until the end. */
  const cancels: { readonly at: Stop; readonly press: readonly string[] }[] = [
    { at: 'login', press: ['Cancel', 'Stop here'] },
    { at: 'choose', press: ['Stop here'] },
    { at: 'receiver', press: ['Cancel and go back'] },
    { at: 'login abroad', press: ['Cancel', 'Cancel and go back'] },
    { at: 'select', press: ['Cancel and go back'] },
    { at: 'preview', press: ['Cancel and go back'] },
    { at: 'review', press: ['Stop here'] },
  ]
  const both = [true, false].flatMap((javaScriptEnabled) => cancels.map((cancel) => ({ ...cancel, javaScriptEnabled })))

  it.each(both)(
    'ends with a reason that both the person and the home side know: at $at (script: $javaScriptEnabled)',
    async ({ at, press, javaScriptEnabled }) => {
      const student = await town.student({ javaScriptEnabled })
      // The NCP of Croatia asks about the receiver, so this story has every page.
      await town.walk(student, storyOf('zero-credits'), at)
      for (const button of press.slice(0, -1)) {
        await student.press(button)
        await student.sees('You stopped the login')
      }
      const last = press.at(-1)!
      if (last === 'Cancel and go back') await student.pressOnward(last)
      else await student.press(last)
      await student.sees('You cancelled')
      expect(await student.text()).toContain('You stopped before the end. No results were taken over.')
      expect(await town.homeState(student)).toMatchObject({ state: 'ended', code: 'USER_CANCEL' })
      await student.follow('Start again')
      await student.sees('Fetch results from another university')
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'works at home as well while the browser is abroad, and the answer that comes later changes nothing',
    async () => {
      const story = storyOf('ordinary')
      const student = await town.student()
      await town.walk(student, story, 'choose')
      const atHome = student.page.url()
      await student.press(ncpButton(story))
      await student.sees('National login')
      const second = await student.secondTab(atHome)
      await second.sees('Waiting for your results')
      await second.press('Stop here')
      await second.sees('You cancelled')

      await student.press(loginName(story.student))
      await student.press('Show what will be sent')
      await student.press('Send to')
      await student.sees('You are not fetching these results any more')
      expect(await student.text()).toContain('We did not read or keep them.')
      await student.follow('See where your transfer stands')
      await student.sees('You cancelled')
      expect(await town.homeState(second)).toMatchObject({ state: 'ended', code: 'USER_CANCEL' })
      expect((await town.rowsAt(story)).deliveries).toBe(0)
      await student.page.context().close()
    },
    minuteMs,
  )
})
