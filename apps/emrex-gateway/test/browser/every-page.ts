import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { codeIn } from '@emrex-gateway/testing'
import { addressAt, loginName, ncpButton, ncpTitle, students } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'
import type { Student } from './student.js'
import { storyOf, type TownInBrowser } from './town-in-browser.js'

/** Called on each page of a tour, with a name for it. */
export type Look = (name: string, student: Student) => Promise<void>

/** A way through the gateway that passes some kinds of pages. */
export interface Tour {
  readonly name: string
  walk(town: TownInBrowser, student: Student, look: Look): Promise<void>
}

/** A town in which a person may have to choose between two logins, at home and abroad. */
export function withTwoLogins(yaml: string): string {
  const settings = parse(yaml) as { smp: Entry[]; ncp: Entry[] }
  settings.smp.find(({ id }) => id === 'solvik')!.logins.push('staff-solvik')
  settings.ncp.find(({ id }) => id === 'norway')!.logins.push('eid-sweden')
  return stringify(settings)
}
interface Entry {
  readonly id: string
  readonly logins: string[]
}

/** Together these tours pass every kind of page that both roles, the staff and the town have. */
export const tours: readonly Tour[] = [
  {
    name: 'a whole transfer',
    async walk(town, student, look) {
      const story = storyOf('zero-credits')
      await town.walk(student, story, 'start')
      await look('home-start', student)
      await student.press('Start')
      await student.sees('Log in at Björklunda University')
      await look('home-login', student)
      await student.press(loginName(story.student))
      await student.sees('Where are your results?')
      await look('home-choose', student)
      const home = student.page.url()
      await search(student, 'noorway')
      await look('home-choose-found', student)
      await search(student, 'atlantis')
      await look('home-choose-nothing', student)
      await student.follow('Show all')
      await student.press(ncpButton(story))
      await student.sees('Where do your results go?')
      await look('abroad-receiver', student)
      const waiting = await student.secondTab(home)
      await waiting.sees('Waiting for your results')
      await look('home-waiting', waiting)
      await student.page.getByRole('checkbox').check()
      await student.press('Continue to login')
      await student.sees('National login')
      await look('abroad-login', student)
      await student.press(loginName(story.student))
      await student.sees('Choose your results')
      await look('abroad-select', student)
      await chooseNothing(student)
      await look('abroad-select-mistake', student)
      const abroad = student.page.url().replace(/\/select$/, '')
      await student.page.getByRole('checkbox').first().check()
      await student.press('Show what will be sent')
      await student.sees('Check what will be sent')
      await look('abroad-preview', student)
      await student.pressOnward('Send to')
      await student.sees('Your results have arrived')
      await look('home-review', student)
      const sent = await student.secondTab(abroad)
      await sent.sees('Your results were handed over')
      await look('abroad-sent', sent)
      town.putForward(11)
      await town.town.gateway.store.purge(Date.now() + 11 * 60_000)
      await sent.page.reload()
      await look('abroad-sent-gone', sent)
    },
  },
  {
    name: 'the import, from its decision to its end',
    async walk(town, student, look) {
      const story = storyOf('two-degrees')
      await town.walk(student, story, 'review')
      await look('home-review-degrees', student)
      const knex = openSqlite({ file: join(town.town.folder, `${story.home}.sqlite`) })
      try {
        await knex.raw('BEGIN IMMEDIATE')
        await student.press('Take these results into my record')
        await student.sees('Your results are being imported')
        await look('home-importing', student)
        town.putForward(1)
        await student.page.reload()
        await look('home-importing-again', student)
      } finally {
        await knex.destroy()
      }
      // However often it was tried meanwhile.
      town.putForward(10)
      await town.town.background.deliver()
      await student.page.reload()
      await student.sees('Your university has your results')
      await look('home-imported', student)
    },
  },
  {
    name: 'a hand-off that is not carried out by itself',
    async walk(town, student, look) {
      await student.page.route('**/assets/site.js*', (route) => route.fulfill({ body: '' }))
      await town.walk(student, storyOf('ordinary'), 'choose')
      await student.press(ncpButton(storyOf('ordinary')))
      await student.sees('You are being sent on')
      await look('hand-off', student)
    },
  },
  {
    name: 'logins to choose from, logins that fail, and ends without results',
    async walk(town, student, look) {
      const story = storyOf('no-results')
      await student.page.goto(town.town.smpUrl('solvik'))
      await student.press('Start')
      await student.sees('Log in at Solvikøya University College')
      await look('home-logins', student)
      await town.walk(student, story, 'login')
      await student.press('Cancel')
      await student.sees('You stopped the login')
      await look('home-login-failed', student)
      await student.press('Try the login again')
      await student.press(loginName(story.student))
      await student.pressOnward(ncpButton(story))
      await student.sees(`Log in at ${ncpTitle('norway')}`)
      await look('abroad-logins', student)
      await student.press('National login')
      await student.press('Cancel')
      await student.sees('You stopped the login')
      await look('abroad-login-failed', student)
      await student.press('Try the login again')
      await student.press(loginName(story.student))
      await student.sees('There are no results to send')
      await look('abroad-answering', student)
      await student.pressOnward('Back to')
      await student.sees('There are no results to send')
      await look('home-ended', student)
    },
  },
  {
    name: 'a second proof',
    async walk(town, student, look) {
      const story = storyOf('too-little')
      const person = students.find(({ id }) => id === story.student)!
      await town.walk(student, story, 'login abroad')
      await student.press(loginName(story.student))
      await student.sees('We need one more proof')
      await look('abroad-proof', student)
      // What the browser itself would hold back is sent all the same.
      await student.page.evaluate(`document.getElementById('number').required = false`)
      await student.press('Send the code')
      await student.page.getByRole('alert').waitFor()
      await look('abroad-proof-mistake', student)
      await student.page.getByLabel('Your student number at').fill('900118')
      await student.press('Send the code')
      await student.sees('Type the code')
      await look('abroad-proof-code', student)
      await student.page.getByLabel('Code from the e-mail').fill('1')
      await student.press('Check the code')
      await student.page.getByRole('alert').waitFor()
      await look('abroad-proof-code-mistake', student)
      await town.town.mail.read(addressAt(person, 'zielonobrzeg'))
      const mailbox = await student.secondTab(`${town.town.address}mailbox`)
      await mailbox.sees('The mailbox of the town')
      await look('town-mailbox', mailbox)
      await student.press('I have no access to that address')
      await student.sees('This did not prove it')
      await look('abroad-proof-refused', student)
      await student.press('Try another way')
      await student.page.getByLabel('Your student number at').fill('900118')
      await student.press('Send the code')
      await student.page
        .getByLabel('Code from the e-mail')
        .fill(codeIn(await town.town.mail.read(addressAt(person, 'zielonobrzeg'))))
      await student.press('Check the code')
      await student.sees('Choose your results')
      await student.page.getByText('Your login is connected to your record at').click()
      await look('abroad-select-linked', student)
    },
  },
  {
    name: 'a document about somebody else',
    async walk(town, student, look) {
      const story = storyOf('wrong-twin')
      await town.walk(student, story, 'choose')
      await student.pressOnward(ncpButton(story))
      await student.press('National login')
      await student.press(loginName(story.logsInAbroadAs!))
      await student.press('Show what will be sent')
      await student.pressOnward('Send to')
      await student.sees('This belongs to somebody else, it seems')
      await look('home-ended-mismatch', student)
    },
  },
  {
    name: 'a case for staff',
    async walk(town, student, look) {
      const story = storyOf('changed-name')
      await town.walk(student, story, 'end')
      await student.sees('A person will look at this')
      await look('home-needs-staff', student)
      const staff = await student.secondTab(town.town.smpUrl(story.home))
      await staff.press('For staff')
      await staff.press('Cancel')
      await staff.sees('No access')
      await look('staff-login-failed', staff)
      await staff.page.goto(town.town.smpUrl(story.home))
      await staff.press('For staff')
      await staff.press(loginName(`staff-${story.home}`))
      await staff.sees('Cases that need a decision')
      await look('staff-cases', staff)
      await staff.page.getByRole('textbox').fill('The old name is not proved')
      await staff.press('Refuse')
      await staff.page.getByRole('status').waitFor()
      await look('staff-refused', staff)
      await student.page.reload()
      await student.sees('Your results were not accepted')
      await look('home-ended-refused', student)
    },
  },
  {
    name: 'requests that lead nowhere',
    async walk(town, student, look) {
      const { smpUrl, ncpUrl, address } = town.town
      await student.page.goto(`${smpUrl('nordfjord')}/nowhere`)
      await student.sees('There is no such page')
      await look('problem-page-unknown', student)
      await student.page.goto(`${smpUrl('nordfjord')}/transfers/nothing`)
      await student.sees('This transfer is over')
      await look('problem-transfer-unknown', student)
      await student.page.goto(address)
      await postTo(student, `${smpUrl('nordfjord')}/return`, { sessionId: 'a-session-that-nobody-began' })
      await look('problem-answer', student)
      await student.page.goto(address)
      await postTo(student, ncpUrl('poland'), { sessionId: 'b', returnUrl: 'javascript:alert(1)' })
      await student.sees('We do not send results there')
      await look('problem-receiver', student)
      await town.walk(student, storyOf('ordinary'), 'choose')
      await student.page
        .locator('input[name=form-token]')
        .last()
        .evaluate((field) => field.setAttribute('value', 'x'))
      await student.press('Stop here')
      await student.sees('This page was too old')
      await look('problem-form-stale', student)
      await town.walk(student, storyOf('ordinary'), 'choose')
      await student.page.context().clearCookies()
      await student.page.reload()
      await student.sees('This was started in another browser')
      await look('problem-other-browser', student)
    },
  },
  {
    name: 'a transfer that was left alone',
    async walk(town, student, look) {
      await town.walk(student, storyOf('half-credits'), 'select')
      town.putForward(31)
      await student.page.reload()
      await student.sees('This took too long')
      await look('problem-user-gone', student)
      await town.town.background.tidy()
      await student.page.reload()
      await student.sees('This took too long')
      await look('abroad-ended', student)
    },
  },
  {
    name: 'the own page of the town',
    async walk(town, student, look) {
      await student.page.goto(town.town.address)
      await student.sees('The EMREX town')
      await look('town', student)
    },
  },
]

/** A form of another site that leads here. */
async function postTo(student: Student, url: string, fields: Record<string, string>): Promise<void> {
  await student.page.evaluate(
    `(([url, fields]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: url })
      for (const [name, value] of Object.entries(fields))
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
      document.body.append(form)
      form.submit()
    })(${JSON.stringify([url, fields])})`,
  )
  await student.page.waitForURL((address) => address.href === url)
}

async function search(student: Student, words: string): Promise<void> {
  await student.page.getByRole('searchbox').fill(words)
  await student.press('Search')
  await student.page.getByRole('status').filter({ hasText: words }).waitFor()
}

async function chooseNothing(student: Student): Promise<void> {
  for (const box of await student.page.getByRole('checkbox').all()) await box.uncheck()
  await student.press('Show what will be sent')
  await student.page.getByRole('heading', { name: 'There is a problem' }).waitFor()
}
