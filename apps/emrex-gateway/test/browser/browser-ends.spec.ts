import { describeWith } from '@emrex-gateway/testing'
import { loginName, ncpButton } from '@emrex-gateway/town'
import { translator } from '@emrex-gateway/web'
import { storyOf, TownInBrowser } from './town-in-browser.js'
import type { Student } from './student.js'

const minuteMs = 60_000
const t = translator('en')

describeWith(describe, 'chromium', 'every end', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** The page has a title, says what happened and what to do next, and leads on. */
  async function tells(student: Student, title: string, ...texts: readonly string[]): Promise<void> {
    await student.sees(title)
    const text = await student.text()
    for (const part of texts) expect(text).toContain(part.replace(/\s+/g, ' '))
  }

  const ways = [true, false].map((javaScriptEnabled) => ({ javaScriptEnabled }))

  it.each(ways)(
    'has a page with its reason: nothing to send (script: $javaScriptEnabled)',
    async (options) => {
      const story = storyOf('no-results')
      const student = await town.student(options)
      await town.walk(student, story, 'login abroad')
      await student.press(loginName(story.student))
      const { what, next } = { what: t('problem.NO_RESULTS.what'), next: t('problem.NO_RESULTS.next') }
      await tells(student, t('problem.NO_RESULTS.title'), what, next, 'Universitetet i Nordfjordvik')
      await student.pressOnward('Back to')
      await tells(student, t('problem.NO_RESULTS.title'), what, next)
      expect(await town.homeState(student)).toMatchObject({ state: 'ended', code: 'NO_RESULTS' })
      await student.follow('Start again')
      await student.sees('Fetch results from another university')
      await student.page.context().close()
    },
    minuteMs,
  )

  it.each(ways)(
    'has a page with its reason: unknown abroad, and what the other side said about it (script: $javaScriptEnabled)',
    async (options) => {
      const story = storyOf('unknown-abroad')
      const student = await town.student(options)
      await town.walk(student, story, 'login abroad')
      await student.press(loginName(story.student))
      await tells(
        student,
        t('problem.ID_NOT_FOUND.title'),
        t('problem.ID_NOT_FOUND.what'),
        t('problem.ID_NOT_FOUND.next'),
      )
      await student.pressOnward('Back to')
      await tells(student, t('problem.NCP_ERROR.title'), t('problem.NCP_ERROR.what'), t('problem.NCP_ERROR.next'))
      expect(await student.text()).toContain('The other university says: “')
      await student.follow('Start again')
      await student.sees('Fetch results from another university')
      await student.page.context().close()
    },
    minuteMs,
  )

  it.each(ways)(
    'has a page with its reason: results of somebody else (script: $javaScriptEnabled)',
    async (options) => {
      const story = storyOf('wrong-twin')
      const student = await town.student(options)
      await town.walk(student, story, 'end')
      await tells(student, t('problem.ID_MISMATCH.title'), t('problem.ID_MISMATCH.what'), t('problem.ID_MISMATCH.next'))
      expect(await student.text()).toContain('What did not fit: identity number, given names')
      expect((await town.rowsAt(story)).deliveries).toBe(0)
      await student.follow('Start again')
      await student.page.context().close()
    },
    minuteMs,
  )

  it(
    'has a page with its reason: the own university is in the list, with why it leads nowhere',
    async () => {
      const story = storyOf('own-university')
      const student = await town.student()
      await town.walk(student, story, 'choose')
      expect(await student.text()).toContain(`Björklunda University ${t('smp.choose.own')}`)
      expect(await student.page.getByRole('button', { name: ncpButton(story) }).count()).toBe(0)
      await student.page.context().close()
    },
    minuteMs,
  )

  it.each([
    { decision: 'Refuse', javaScriptEnabled: true, story: 'changed-name' },
    { decision: 'Same person', javaScriptEnabled: false, story: 'changed-name' },
  ])(
    'has a page with its reason: a person looks first, then decides: $decision',
    async ({ decision, javaScriptEnabled, story: id }) => {
      const story = storyOf(id)
      const student = await town.student({ javaScriptEnabled })
      await town.walk(student, story, 'end')
      const waits = [t('case.match-unsure'), t('smp.staff-wait.next')]
      await tells(student, t('smp.staff-wait.title'), ...waits)

      const staff = await town.student({ javaScriptEnabled })
      await staff.page.goto(town.town.smpUrl(story.home))
      await staff.press('For staff')
      await staff.press(loginName(`staff-${story.home}`))
      await staff.sees('Cases that need a decision')
      await staff.page.getByRole('textbox').fill('Looked at the register')
      await staff.press(decision)
      await staff.page.getByText(t('staff.none')).waitFor()

      await student.page.reload()
      if (decision === 'Refuse') {
        await tells(
          student,
          t('problem.STAFF_REFUSED.title'),
          t('problem.STAFF_REFUSED.what'),
          t('problem.STAFF_REFUSED.next'),
        )
        expect((await town.rowsAt(story)).deliveries).toBe(0)
      } else {
        await town.town.background.deliver()
        await student.page.reload()
        await tells(student, t('smp.passed-on.title'), '1 result from Björklunda University was handed over')
        expect((await town.rowsAt(story)).deliveries).toBe(1)
      }
      await Promise.all([student, staff].map(({ page }) => page.context().close()))
    },
    minuteMs,
  )

  it(
    'has a page with its reason: too long away, on both sides',
    async () => {
      const story = storyOf('ordinary')
      const student = await town.student()
      await town.walk(student, story, 'choose')
      const home = student.page.url()
      await student.press(ncpButton(story))
      await student.sees('National login')
      await student.press(loginName(story.student))
      await student.sees('Choose your results')
      town.putForward(31)
      await student.page.reload()
      const texts = [t('problem.USER_GONE.what'), t('problem.USER_GONE.next')]
      await tells(student, t('problem.USER_GONE.title'), ...texts)
      town.putForward(60)
      await student.page.goto(home)
      await tells(student, t('problem.USER_GONE.title'), ...texts)
      await town.town.background.tidy()
      await student.page.reload()
      await tells(student, t('problem.USER_GONE.title'), ...texts)
      await student.follow('Start again')
      await student.sees('Fetch results from another university')
      await student.page.context().close()
    },
    minuteMs,
  )
})
