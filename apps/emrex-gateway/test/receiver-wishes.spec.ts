import { readElmo, listResults, unpackElmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { makeThrowawaySigner, startStandInSmp, type PlainBrowser, type StandInSmp } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { NcpUnderTest } from './ncp-under-test.js'

jest.setTimeout(120_000)

let smp: StandInSmp
let ncp: NcpUnderTest
let sessions = 0

beforeAll(async () => {
  smp = await startStandInSmp({ host: 'localhost' })
  ncp = await NcpUnderTest.start({
    signing: await makeThrowawaySigner(),
    receivers: { unknown: 'ask', known: [{ name: 'Stand-in University', origin: smp.origin }] },
  })
})
afterAll(async () => {
  await ncp.stop()
  await smp.close()
})

/** Asks with extra fields, as the Polish extension has them, and logs in as that student; the choice is shown. */
async function choose(student: string, wishes: Readonly<Record<string, string>>): Promise<PlainBrowser> {
  const sessionId = `wishes-${++sessions}`
  const browser = await ncp.post(`${smp.origin}/`, { sessionId, returnUrl: `${smp.origin}/return`, ...wishes })
  await browser.press(loginName(student))
  expect(browser.heading).toBe('Choose your results')
  return browser
}

async function send(browser: PlainBrowser) {
  await browser.press('Show what will be sent')
  await browser.press('Send to')
  const { xml } = unpackElmo(Buffer.from(smp.answers.at(-1)!.fields['elmo']!))
  const { elmo, problems } = readElmo(xml)
  expect(problems).toEqual([])
  return elmo
}
const boxes = (browser: PlainBrowser) => browser.page.html.match(/name="result\./g)?.length ?? 0
const statusesOf = (results: readonly LearningOpportunitySpecification[]): (string | undefined)[] =>
  results.flatMap(({ instance, parts = [] }) => [instance.status, ...statusesOf(parts)])

it('lets the student pick, and tells nothing back, where the receiver wishes nothing', async () => {
  const browser = await choose('agnieszka', {})
  expect(boxes(browser)).toBe(1)
  expect(await send(browser)).not.toHaveProperty('extension')
})

it('shows everything without a choice, and sends everything, where the receiver forbids to pick', async () => {
  const browser = await choose('piotr', { allowToPickCourses: 'false' })
  expect(boxes(browser)).toBe(0)
  expect(browser.text).toContain('takes all your results or none of them')
  const elmo = await send(browser)
  expect(listResults(elmo).flat()).toHaveLength(3)
  expect(elmo.extension?.join('')).toContain('<allowToPickCourses>false</allowToPickCourses>')
})

it('sends everything then even to somebody who posts a choice of their own', async () => {
  const free = await choose('piotr', {})
  const [one] = free.forms.flatMap((form) => form.boxes).filter(({ name }) => name.startsWith('result.'))
  const browser = await choose('piotr', { allowToPickCourses: 'false' })
  const form = browser.forms.find(({ action }) => action.endsWith('/select'))!
  const fields = new URLSearchParams(form.fields.map(([name, value]) => [name, value]))
  fields.append(one!.name, one!.value)
  await browser.submit(form, fields)
  await browser.press('Send to')
  const { elmo } = readElmo(unpackElmo(Buffer.from(smp.answers.at(-1)!.fields['elmo']!)).xml)
  expect(listResults(elmo).flat()).toHaveLength(3)
})

it('gives failed results where the receiver allows them, marked as failed, and says so', async () => {
  const browser = await choose('agnieszka', { allowNotPassedCourses: 'true' })
  expect(boxes(browser)).toBe(2)
  const elmo = await send(browser)
  const results = elmo.reports.flatMap((report) => report.learningOpportunitySpecification ?? [])
  expect(statusesOf(results).sort()).toEqual(['failed', 'passed'])
  expect(elmo.extension?.join('')).toContain('<allowNotPassedCourses>true</allowNotPassedCourses>')
})
