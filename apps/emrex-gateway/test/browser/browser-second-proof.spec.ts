import { codeIn, describeWith } from '@emrex-gateway/testing'
import { addressAt, loginName, ncpButton, students } from '@emrex-gateway/town'
import { storyOf, TownInBrowser } from './town-in-browser.js'

const minuteMs = 60_000

describeWith(describe, 'chromium', 'a second proof in a real browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start()
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  const story = storyOf('too-little')
  const person = students.find(({ id }) => id === story.student)!
  const address = addressAt(person, 'zielonobrzeg')

  it.each([true, false])(
    'leads from a login that says too little to the record at home, and is not asked for again (script: %s)',
    async (javaScriptEnabled) => {
      const student = await town.student({ javaScriptEnabled })
      await town.walk(student, story, 'login abroad')
      await student.press(loginName(story.student))
      await student.sees('We need one more proof')
      await student.page.getByLabel('Your student number at').fill('900118')
      await student.press('Send the code')
      await student.sees('Type the code')
      expect(await student.text()).not.toContain('•••')
      await student.page.getByLabel('Code from the e-mail').fill('1')
      await student.press('Check the code')
      await student.page.getByRole('alert').waitFor()
      await student.page.getByRole('link', { name: 'That is not the code' }).click()
      const field = student.page.getByLabel('Code from the e-mail')
      await field.and(student.page.locator(':focus')).waitFor()

      // The town shows every mail on a page of its own.
      const code = codeIn(await town.town.mail.read(address))
      const mailbox = await student.secondTab(`${town.town.address}mailbox`)
      expect(await mailbox.text()).toContain(`Your code is ${code}.`)

      await field.fill(code)
      await student.press('Check the code')
      await student.sees('Choose your results')
      const link = student.page.getByText('Your login is connected to your record at')
      await link.click()
      expect(await student.text()).toContain('f•••@student.zielonobrzeg.example')
      await student.press('Show what will be sent')
      await student.sees('Check what will be sent')
      await student.pressOnward('Send to')
      await student.sees('Your results have arrived')
      if (javaScriptEnabled) {
        await student.press('Take these results into my record')
        await student.sees('Your university has your results')
      }

      const again = await town.student({ javaScriptEnabled })
      await town.walk(again, story, 'login abroad')
      await again.press(loginName(story.student))
      await again.sees('Choose your results')
      await again.page.getByText('Your login is connected to your record at').click()
      await again.press('Remove this connection')
      await again.sees('Choose your results')
      await again.page.getByText('Your login is connected').waitFor({ state: 'detached' })
      expect(ncpButton(story)).toContain('Go to')
      await student.page.context().close()
    },
    2 * minuteMs,
  )
})
