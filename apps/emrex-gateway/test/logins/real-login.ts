import { loginName, ncpButton, ncpTitle, oidcLoginLabel, samlLoginLabel, type Story } from '@emrex-gateway/town'
import type { Student } from '../browser/student.js'
import type { TownInBrowser } from '../browser/town-in-browser.js'

/** A login as a person goes through it, from its button on our page until they are sent back to us. */
export interface RealLogin {
  /** For the name of a test. */
  readonly how: string
  readonly label: string
  /** Logs in at the page of the login, as a person of the town. */
  logInAs(student: Student, person: string): Promise<void>
}

/** A login of the town whose page has a button for each way that it can go wrong. */
export interface FaultyLogin extends RealLogin {
  readonly faults: Readonly<Record<LoginFault, string>>
  /** Presses a button of its page. */
  press(student: Student, button: string): Promise<void>
}
export type LoginFault = 'cancelled' | 'too weak' | 'no birth date' | 'expired'

const byButton = (how: string, label: string, heading: string, faults: FaultyLogin['faults']): FaultyLogin => {
  const press = async (student: Student, button: string) => {
    await student.sees(heading)
    await student.press(button)
  }
  return { how, label, faults, press, logInAs: (student, person) => press(student, loginName(person)) }
}

export const bySaml = byButton('SAML', samlLoginLabel, samlLoginLabel, {
  cancelled: 'Cancel',
  'too weak': 'Log in too weakly',
  'no birth date': 'Log in, and keep most of it to yourself',
  expired: 'Log in an hour ago',
})
export const byOidc = byButton('OpenID Connect', oidcLoginLabel, 'Log in as somebody invented', {
  cancelled: 'Cancel',
  'too weak': ', by a weak login',
  'no birth date': ', without a birth date',
  expired: ', an hour late',
})

/** Opens the start page of the home university and goes on to its page of logins. */
export async function goToLoginsAtHome(town: TownInBrowser, student: Student, story: Story): Promise<void> {
  await student.page.goto(town.town.smpUrl(story.home))
  await student.press('Start')
  const { flow } = town.town.gateway.smps.find(({ flow }) => flow.entry.id === story.home)!
  await student.sees(`Log in at ${flow.entry.title}`)
}

/** From the page where the university is chosen to the page of logins abroad. */
export async function goToLoginsAbroad(student: Student, story: Story): Promise<void> {
  await student.sees('Where are your results?')
  await student.pressOnward(ncpButton(story))
  await student.sees(`Log in at ${ncpTitle(story.ncp)}`)
}

/** From the page where results are chosen to the page at home that says that they are imported. */
export async function bringHome(student: Student): Promise<void> {
  await student.sees('Choose your results')
  await student.press('Show what will be sent')
  await student.sees('Check what will be sent')
  await student.pressOnward('Send to')
  await student.sees('Your results have arrived')
  await student.press('Take these results into my record')
  await student.sees('Your university has your results')
}

/** A whole transfer, with these logins at home and abroad. */
export async function carryBy(
  town: TownInBrowser,
  student: Student,
  story: Story,
  logins: { readonly home: RealLogin; readonly abroad: RealLogin },
): Promise<void> {
  await goToLoginsAtHome(town, student, story)
  await student.press(logins.home.label)
  await logins.home.logInAs(student, story.student)
  await goToLoginsAbroad(student, story)
  await student.press(logins.abroad.label)
  await logins.abroad.logInAs(student, story.student)
  await bringHome(student)
}
