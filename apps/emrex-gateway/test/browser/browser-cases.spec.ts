import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describeWith } from '@emrex-gateway/testing'
import { loginName, staff as staffPeople } from '@emrex-gateway/town'
import { byHandAt } from '../cases/town-by-hand.js'
import type { Student } from './student.js'
import { storyOf, TownInBrowser } from './town-in-browser.js'
import { holdStill, violationsOf } from './violations-of.js'

const minuteMs = 60_000
const story = storyOf('ordinary')
const { home } = story
const looks = [
  { viewport: { width: 1200, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

describeWith(describe, 'chromium', 'cases that staff enter by hand, in a browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start({ rewriteSettings: byHandAt(home) })
  }, minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** Nothing serious for axe, nothing wider than the window. */
  async function look(name: string, { page }: Student): Promise<void> {
    await holdStill(page)
    for (const { viewport, colorScheme } of looks) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const serious = (await violationsOf(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect({ name, colorScheme, serious }).toEqual({ name, colorScheme, serious: [] })
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect({ name, width }).toEqual({ name, width: viewport.width })
    }
  }

  async function handOver(student: Student): Promise<string> {
    await town.walk(student, story, 'review')
    await student.press('Hand these results to the staff')
    await student.sees('Your results were handed to the staff of University of Nordfjordvik')
    return /as case (\d{8})\./.exec(await student.text())![1]!
  }

  it.each([true, false])(
    'are handed over, read, printed, saved and taken over, with script: %s',
    async (javaScriptEnabled) => {
      // axe is a script: it looks in one of the two runs.
      const shown = javaScriptEnabled ? look : async () => undefined
      const student = await town.student()
      const number = await handOver(student)
      await shown('handed over', student)
      const staff = await town.student({ javaScriptEnabled })
      await staff.page.goto(town.town.smpUrl(home))
      await staff.press('For staff: open cases')
      await staff.press(loginName(staffPeople.find((person) => person.home === home)!.id))
      await staff.sees('Cases that need a decision')
      await shown('list', staff)
      await staff.follow(`Open case ${number}`)
      await staff.sees(`Case ${number} from University of Zielony Brzeg`)
      await shown('case', staff)

      await staff.page.emulateMedia({ media: 'print' })
      expect(await staff.page.getByRole('table').first().isVisible()).toBe(true)
      for (const button of ['Taken over', 'Refused'])
        expect(await staff.page.getByRole('button', { name: button }).count()).toBe(0)
      expect(await staff.page.getByLabel('Reason for your decision').isVisible()).toBe(false)
      await staff.page.emulateMedia({ media: 'screen' })

      const saving = staff.page.waitForEvent('download')
      await staff.follow('transcript.html')
      const saved = await saving
      expect(saved.suggestedFilename()).toMatch(/^\d{8}-transcript\.html$/)
      const reader = await town.student()
      const asked: string[] = []
      reader.page.on('request', (request) => asked.push(request.url()))
      const file = join(town.town.folder, 'transcript.html')
      await saved.saveAs(file)
      await reader.page.goto(pathToFileURL(file).href)
      await reader.sees(`Results of ${loginName(story.student)}`)
      expect(await reader.page.getByRole('rowheader').count()).toBe(3)
      // Its own style is in force, although its policy lets nothing else in.
      expect(await reader.page.evaluate('getComputedStyle(document.querySelector("table")).borderCollapse')).toBe(
        'collapse',
      )
      await shown('transcript', reader)
      expect(asked).toEqual([pathToFileURL(file).href])

      await staff.press('Taken over')
      await staff.sees('Cases that need a decision')
      expect(await staff.text()).toContain('Taken over. Everything personal of that case was deleted.')
      await shown('list, empty', staff)
      for (const { page } of [student, staff, reader]) await page.context().close()
    },
    3 * minuteMs,
  )
})
