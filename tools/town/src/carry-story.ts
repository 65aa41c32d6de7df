import { PlainBrowser, textOfHtml } from '@emrex-gateway/testing'
import { staff, students } from './people.js'
import type { Story } from './stories.js'
import { homeLoginLabel, nationalLoginLabel, ncpTitle, universitiesOf } from './town-settings.js'

/** The button of a person in the demonstration login. */
export const loginName = (id: string): string => {
  const person = [...students, ...staff].find((each) => each.id === id)!
  return `${person.given} ${person.family}`
}

/** The button that leads to an NCP: the university's name where it serves one, else the NCP's. */
export const ncpButton = (story: Story): string => {
  const [only, ...others] = universitiesOf(story.ncp)
  return `Go to ${others.length === 0 ? only!.titleEnglish : ncpTitle(story.ncp)}`
}

/** Presses through a story as a person without script would, up to the page on which it ends. */
export async function carryStory(story: Story, smpUrl: string, browser = new PlainBrowser()): Promise<PlainBrowser> {
  await carryToReview(story, smpUrl, browser)
  if (browser.heading === 'Your results have arrived') await browser.press(acceptButton)
  await waitForImport(browser)
  return browser
}

/** The button on the review page with which a student decides that the results are imported. */
export const acceptButton = 'Take these results into my record'

/** The same up to the review page at home, or to the page on which the story ends before it. */
export async function carryToReview(story: Story, smpUrl: string, browser = new PlainBrowser()): Promise<PlainBrowser> {
  await goToLoginAbroad(story, smpUrl, browser)
  const isOn = (heading: string) => browser.heading === heading
  if (isOn('Where are your results?')) return browser
  if (story.chooses === 'cancel') {
    await browser.press('Cancel')
    await browser.press('Cancel and go back')
    return browser
  }
  await browser.press(loginName(story.logsInAbroadAs ?? story.student))
  if (isOn('We need one more proof')) await browser.press('I cannot prove it')
  if (!isOn('Choose your results')) {
    await browser.press('Back to')
    return browser
  }
  const untick = story.chooses === 'everything' ? [] : boxesWithout(browser, story.chooses)
  await browser.press({ button: 'Show what will be sent', untick })
  await browser.press('Send to')
  return browser
}

/** Looks again and again while the page says that the import is under way; gives the heading of the page that stays. */
export async function waitForImport(browser: PlainBrowser): Promise<string> {
  await browser.renewWhile('Your results are being imported')
  return browser.heading
}

/** From the start page at home to the login abroad, or to the page that says why not. */
export async function goToLoginAbroad(story: Story, smpUrl: string, browser: PlainBrowser): Promise<void> {
  await browser.open(smpUrl)
  await browser.press('Start')
  await chooseLogin(browser, homeLoginLabel(story.home))
  await browser.press(loginName(story.student))
  if (story.expected.smp === 'WRONG_INSTITUTION') return
  await browser.press(ncpButton(story))
  if (browser.heading === 'Where do your results go?')
    await browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
  await chooseLogin(browser, nationalLoginLabel)
}

/** Presses the button of a login, on a page that offers several. */
async function chooseLogin(browser: PlainBrowser, label: string): Promise<void> {
  if (browser.page.html.includes('name="login"')) await browser.press(label)
}

/** Names of the boxes of all results but those with these codes. */
function boxesWithout(browser: PlainBrowser, codes: readonly string[]): string[] {
  const labels = [...browser.page.html.matchAll(/<label><input type="checkbox" name="([^"]+)"[\s\S]*?<\/label>/g)]
  return labels.filter(([label]) => !codes.some((code) => textOfHtml(label).includes(code))).map(([, name]) => name!)
}
