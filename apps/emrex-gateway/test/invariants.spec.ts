import { gunzipSync } from 'node:zlib'
import { SettingsError, loadSettings, startGateway } from '@emrex-gateway/gateway'
import { PlainBrowser, textOfHtml, type HtmlForm } from '@emrex-gateway/testing'
import { carryStory, loginName, staff } from '@emrex-gateway/town'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storyOf, TownUnderTest, type Asked } from './town-under-test.js'

const ordinary = storyOf('ordinary')

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
}, 60_000)
afterAll(() => under.stop())

/** Brings a student to the review page with a document of the right NCP. */
async function review(story = ordinary): Promise<Asked> {
  const asked = await under.ask(story)
  await under.answer(asked, { elmo: under.packed(under.elmoFor(story.student), story.ncp) })
  expect(asked.browser.heading).toBe('Your results have arrived')
  return asked
}

const accept = 'Take these results into my record'
const formWith = (browser: PlainBrowser, action: string): HtmlForm =>
  browser.forms.find((form) => form.action.endsWith(action))!
const fieldsOf = (form: HtmlForm) => Object.fromEntries(form.fields)
const codesOf = async (transferId: string) => (await under.audit(transferId)).map(({ code }) => code).filter(Boolean)
const eventsOf = async (transferId: string) => (await under.audit(transferId)).map(({ event }) => event)
/** The states that a transfer went through, as the log tells them. */
const pathOf = (transferId: string): string[] =>
  under.lines
    .map((line) => JSON.parse(line) as { event: string; reference?: string; to?: string })
    .filter(({ event, reference }) => event === 'transfer.changed' && reference === transferId.slice(0, 8))
    .map(({ to }) => to!)
const imported = async (browser: PlainBrowser): Promise<string> => {
  for (let look = 0; look < 50 && browser.heading === 'Your results are being imported'; look++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    await browser.open(browser.page.url)
  }
  return browser.heading
}

describe('the invariants', () => {
  it('1. Nothing is parsed from a received document before its signature holds.', async () => {
    const notElmo = '<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1"><surprise/></elmo>'
    const tamper = (xml: Uint8Array) => Buffer.from(xml).toString().replace('<DigestValue>', '<DigestValue>AAAA')
    const cases = [
      { xml: under.sign(notElmo, 'poland'), code: 'DOC_SCHEMA' },
      { xml: tamper(under.sign(notElmo, 'poland')), code: 'SIGNATURE_BAD' },
      { xml: notElmo, code: 'SIGNATURE_MISSING' },
      { xml: under.sign(under.elmoFor('oskar'), 'poland'), code: 'ID_MISMATCH' },
      { xml: tamper(under.sign(under.elmoFor('oskar'), 'poland')), code: 'SIGNATURE_BAD' },
    ]
    for (const { xml, code } of cases) {
      const asked = await under.ask(ordinary)
      await under.answer(asked, { elmo: Buffer.from(xml).toString('base64') })
      // What is wrong with the content is told only of a document that was signed by the right NCP.
      expect((await codesOf(asked.transferId)).at(-1)).toBe(code)
      expect(asked.browser.text.includes('What did not fit')).toBe(code === 'ID_MISMATCH')
    }
  })

  it('2. What is imported was verified with the certificate registered for the NCP that was asked.', async () => {
    const before = await under.importCount()
    const foreign = await under.ask(ordinary)
    await under.answer(foreign, { elmo: under.packed(under.elmoFor('ingrid'), 'sweden') })
    expect(foreign.browser.heading).toBe('The signature of the results does not fit')
    expect(await codesOf(foreign.transferId)).toContain('SIGNATURE_BAD')
    expect(await under.importCount()).toBe(before)

    const right = await review()
    const [verified] = (await under.audit(right.transferId)).filter(({ event }) => event === 'document.verified')
    await right.browser.press(accept)
    expect(await imported(right.browser)).toBe('Your results are in your record')
    expect(await under.importCount()).toBe(before + 1)
    expect(verified!.facts!['signer']).toBe(
      under.town.gateway.ncps.find(({ entry }) => entry.id === 'poland') && fingerprintOf(under, 'poland'),
    )
  })
})
