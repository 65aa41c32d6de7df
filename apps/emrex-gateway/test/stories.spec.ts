import type { ReasonCode } from '@emrex-gateway/core'
import { readElmo } from '@emrex-gateway/elmo'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, goToLoginAbroad, ncpTitle, stories, students, type Story } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf, transferIdOf } from './evidence-of.js'
import { expectedImports } from './expected-imports.js'
import type { Import } from './read-imports.js'
import { storyOf, TownUnderTest } from './town-under-test.js'

jest.setTimeout(120_000)

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
})
afterAll(() => under.stop())

/** The transfer abroad of this browser, if it ever came there. */
async function abroadOf({ ncp }: Story, browser: PlainBrowser): Promise<string | undefined> {
  const { transfers } = under.ncp(ncp)
  const all = await transfers.list({
    entry: ncp,
    states: ['sent', 'answering', 'ended', 'login', 'fetched', 'requested'],
  })
  const cookies = browser.cookieNames('127.0.0.1')
  return all.find(({ id }) => cookies.some((name) => name.endsWith(id.slice(0, 12))))?.id
}

interface Told {
  readonly browser: PlainBrowser
  readonly home: string
  readonly abroad: string | undefined
  readonly codes: { readonly ncp?: ReasonCode | undefined; readonly smp?: ReasonCode | undefined }
  /** What came into the student systems of the town meanwhile. */
  readonly imports: readonly Import[]
}

async function carry(story: Story, walk = carryStory): Promise<Told> {
  const before = await under.importCount()
  const known = (await under.imports(story.home)).length
  const browser = await walk(story, under.town.smpUrl(story.home))
  const home = transferIdOf(browser)
  const abroad = await abroadOf(story, browser)
  const imports = (await under.imports(story.home)).slice(known)
  expect(await under.importCount()).toBe(before + imports.length)
  const smp = (await evidenceOf(under, home)).code
  const ncp = abroad === undefined ? undefined : (await evidenceOf(under, abroad)).code
  return { browser, home, abroad, codes: { ncp, smp }, imports }
}

/** The rows of one delivery: number, number of the whole, code, title, credits, grade. */
const rowsOf = ({ items }: Import) =>
  items.map(({ item_no, parent_item_no, code, title, credits, grade }) => [
    item_no,
    parent_item_no,
    code,
    title,
    credits,
    grade,
  ])
const numberAtHome = ({ student, home }: Story) =>
  students.find(({ id }) => id === student)!.records.find(({ university }) => university === home)!.number
const stayed = ({ expected }: Story) => expected.smp === 'WRONG_INSTITUTION'

describe('every story of the town', () => {
  it.each(stories.filter((story) => !stayed(story)).map((story) => [story.id, story] as const))(
    'ends at both roles as it says, with these rows and no others: %s',
    async (id, story) => {
      const { codes, imports, abroad } = await carry(story)
      expect(codes).toEqual({ ncp: story.expected.ncp, smp: story.expected.smp })
      expect(imports.map(rowsOf)).toEqual(expectedImports[id] === undefined ? [] : [expectedImports[id]])
      for (const { person_key, match, elmo_xml } of imports) {
        expect([person_key, match]).toEqual([numberAtHome(story), 'same'])
        // What lies in the record is what was sent, byte for byte.
        const sent = await under.ncp(story.ncp).transfers.body(abroad!, 'document')
        expect(Buffer.from(elmo_xml).equals(Buffer.from(sent!))).toBe(true)
      }
    },
  )

  it('has rows for every story that imports, and for no other', () => {
    const importing = stories.filter(({ expected }) => expected.smp === 'COMPLETED').map(({ id }) => id)
    expect(Object.keys(expectedImports).sort()).toEqual(importing.sort())
  })

  it('offers as many results as it says', async () => {
    for (const story of stories.filter(({ offered }) => offered > 0)) {
      const asked = await under.ask(story)
      await asked.browser.press({ button: nameAbroad(story) })
      const boxes = asked.browser.forms.flatMap(({ boxes }) => boxes)
      expect([story.id, boxes.length]).toEqual([story.id, story.offered])
    }
  })
})

const nameAbroad = ({ student, logsInAbroadAs = student }: Story): string => {
  const { given, family } = students.find(({ id }) => id === logsInAbroadAs)!
  return `${given} ${family}`
}

describe('the story of one’s own university', () => {
  it('leads nowhere: no button goes there, and whoever asks for it all the same is told why', async () => {
    const story = storyOf('own-university')
    const { browser, home, abroad, codes, imports } = await carry(story)
    expect(browser.heading).toBe('Where are your results?')
    expect(browser.text).toContain('This is where you are now.')
    const own = ncpTitle(story.ncp)
    const buttons = browser.forms.flatMap(({ buttons }) => buttons)
    expect(buttons.filter(({ text }) => text.startsWith('Go to')).length).toBeGreaterThan(2)
    expect(buttons.filter(({ text }) => text.includes(own))).toEqual([])

    const { entries } = await under.town.gateway.registry.current()
    const ncp = entries.find(({ name }) => name === own)!.id
    const ask = browser.forms.find(({ action }) => action.endsWith('/ask'))!
    const refused = await browser.submit(
      ask,
      new URLSearchParams([...ask.fields.map(([n, v]) => [n, v]), ['ncp', ncp]]),
    )
    expect(refused.status).toBe(422)
    expect(browser.text).toContain('You chose the university that your results would go to.')
    expect((await evidenceOf(under, home)).events).not.toContain('ncp.asked')
    expect([abroad, codes.smp, imports]).toEqual([undefined, undefined, []])
  })
})

describe('the story of strange titles', () => {
  it('shows markup as text on every page that holds a title', async () => {
    const story = storyOf('strange-titles')
    const pages: PlainBrowser['page'][] = []
    const { browser } = await carry(story, async (_story, smpUrl, browser = new PlainBrowser()) => {
      await goToLoginAbroad(story, smpUrl, browser)
      for (const button of [nameAbroad(story), 'Show what will be sent', 'Send to']) {
        await browser.press(button)
        pages.push(browser.page)
      }
      return browser
    })
    expect(browser.heading).toBe('Your results have arrived')
    expect(pages).toHaveLength(3)
    for (const { html } of pages) {
      expect(html).toContain('&lt;script>alert(1)&lt;/script>')
      expect(html).not.toMatch(/<script>alert|<b>bold/)
    }
    expect(browser.text).toContain('<script>alert(1)</script> &amp; <b>bold</b>')
    await browser.press('Stop here')
  })
})

describe('the story of a large attachment', () => {
  it('brings it home byte for byte', async () => {
    const { imports } = await carry(storyOf('large-attachment'))
    const issued = await under.atUniversity('jadrograd', async (knex) => {
      const row = (await knex('issued_document').where({ student: '0240-94' }).first()) as { bytes: Uint8Array }
      return Buffer.from(row.bytes)
    })
    expect(issued.length).toBeGreaterThan(2 * 1024 * 1024)
    const { elmo } = readElmo(imports[0]!.elmo_xml)
    const contents = elmo.reports.flatMap(({ attachment = [] }) => attachment.flatMap(({ content = [] }) => content))
    const arrived = contents.map(({ value }) =>
      Buffer.from(value.replace('data:application/pdf;base64,', ''), 'base64'),
    )
    expect(arrived.map((bytes) => bytes.equals(issued))).toEqual([true])
  })
})

describe('the story of two universities', () => {
  it('brings one document with a report of each', async () => {
    const { imports } = await carry(storyOf('two-universities'))
    const { reports } = readElmo(imports[0]!.elmo_xml).elmo
    const issuers = reports.map(({ issuer }) => issuer.identifier.map(({ value }) => value).join())
    expect(issuers).toEqual(['nordfjordvik.example', 'solvikoya.example'])
  })
})
