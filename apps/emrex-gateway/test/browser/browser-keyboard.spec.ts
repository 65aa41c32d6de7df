import { describeWith } from '@emrex-gateway/testing'
import { loginName, ncpButton } from '@emrex-gateway/town'
import type { Page } from 'playwright-core'
import { storyOf, TownInBrowser } from './town-in-browser.js'

const minuteMs = 60_000

interface Focus {
  readonly text: string
  readonly tag: string
  readonly isSeen: boolean
}

/** What has the focus, and whether somebody who looks at the page can tell. */
async function focusOf(page: Page): Promise<Focus> {
  const focus = await page.evaluate(`(() => {
    const element = document.activeElement
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { top, bottom } = element.getBoundingClientRect()
    return {
      text: (element.labels?.[0] ?? element).textContent.trim(),
      tag: element.tagName,
      isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < innerHeight,
    }
  })()`)
  return focus as Focus
}

describeWith(describe, 'chromium', 'a transfer by keyboard alone', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** Tabs on until the thing with this text has the focus; everything on the way must be seen to have it. */
  async function tabTo(page: Page, text: string): Promise<void> {
    for (let tab = 0; tab < 60; tab++) {
      await page.keyboard.press('Tab')
      const focus = await focusOf(page)
      if (focus.tag !== 'BODY') expect(focus).toMatchObject({ isSeen: true })
      if (focus.text.startsWith(text)) return
    }
    throw new Error(`no way by Tab to: ${text}`)
  }

  it(
    'reaches its end, always shows where one is, and leads to the mistake when nothing was chosen',
    async () => {
      const story = storyOf('zero-credits')
      const student = await town.student()
      const { page } = student
      const press = async (text: string, key: 'Enter' | 'Space') => {
        await tabTo(page, text)
        await page.keyboard.press(key)
      }
      await page.goto(town.town.smpUrl(story.home))
      await student.sees('Fetch results from another university')
      // The first thing is the way past the header.
      await page.keyboard.press('Shift+Tab')
      await press('Skip to the content', 'Enter')
      await press('Start', 'Enter')
      await student.sees('Log in at Björklunda University')
      expect(await focusOf(page)).toMatchObject({ tag: 'H1' })
      await press(loginName(story.student), 'Space')
      await student.sees('Where are your results?')
      await press(ncpButton(story), 'Enter')
      await student.sees('Where do your results go?')
      await press('I know this address', 'Space')
      await press('Continue to login', 'Enter')
      await student.sees('National login')
      await press(loginName(story.student), 'Enter')
      await student.sees('Choose your results')
      await press('Laboratory Safety', 'Space')
      await press('Marine Biology', 'Space')
      await press('Show what will be sent', 'Enter')
      await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
      await page.waitForLoadState('load')
      expect(await focusOf(page)).toMatchObject({
        text: expect.stringContaining('Choose at least one result'),
        isSeen: true,
      })
      await press('Choose at least one result', 'Enter')
      // From the mistake straight to the place where it is mended.
      await page.keyboard.press('Tab')
      expect(await focusOf(page)).toMatchObject({ text: expect.stringContaining('Laboratory Safety'), isSeen: true })
      await press('Laboratory Safety', 'Space')
      await press('Show what will be sent', 'Enter')
      await student.sees('Check what will be sent')
      await press('Send to', 'Space')
      await student.sees('Your results have arrived')
      await press('Take these results into my record', 'Enter')
      await student.sees('Your university has your results')
      await page.context().close()
    },
    2 * minuteMs,
  )
})
