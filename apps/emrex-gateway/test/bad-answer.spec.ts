import { gzipSync } from 'node:zlib'
import { reasonRow } from '@emrex-gateway/core'
import { PlainBrowser } from '@emrex-gateway/testing'
import { translator } from '@emrex-gateway/web'
import { jest } from '@jest/globals'
import { badAnswers } from './bad-input/bad-answers.js'
import { readWholeStore } from './read-whole-store.js'
import { storyOf, TownUnderTest } from './town-under-test.js'

const t = translator('en')
const ordinary = storyOf('ordinary')

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
}, 180_000)
afterAll(() => under.stop())

/** No answer may hold the gateway up: what it takes of the processor, however many others want that. */
let before: NodeJS.CpuUsage
beforeEach(() => void (before = process.cpuUsage()))
afterEach(() => expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10))

const lastCode = async (transferId: string) => (await under.audit(transferId)).at(-1)?.code
const good = () => under.packed(under.elmoFor(ordinary.student), ordinary.ncp)

describe('a bad answer ends its transfer with a clear page and imports nothing', () => {
  it.each(badAnswers.map((bad) => [bad.name, bad] as const))('%s', async (_, { code, change }) => {
    const asked = await under.ask(ordinary)
    const imports = await under.importCount()
    const page = await under.answer(asked, change(under, asked))
    expect([asked.browser.heading, page.status]).toEqual([t(`problem.${code}.title`), reasonRow(code).status])
    expect(asked.browser.text).toContain(t(code === 'USER_CANCEL' ? 'smp.ended.cancelled' : `problem.${code}.what`))
    expect(asked.browser.text).toContain(t(`problem.${code}.next`))
    expect(page.html).not.toMatch(/<script>|<a href="javascript/)
    expect(asked.browser.text.length).toBeLessThan(2000)

    expect(await lastCode(asked.transferId)).toBe(code)
    const { bodies, rows } = await readWholeStore(under.town)
    const kept = JSON.parse(rows) as { transfers: { id: string; state: string }[]; jobs: unknown[] }
    expect(kept.transfers.find(({ id }) => id === asked.transferId)?.state).toBe('ended')
    expect([bodies['smp ended/answer'], bodies['smp ended/document'], kept.jobs]).toEqual([undefined, undefined, []])
    expect(await under.importCount()).toBe(imports)
  })
})

describe('an odd answer does no harm', () => {
  it('40,000 comments in a signed document say nothing, and hold nobody up', async () => {
    const asked = await under.ask(ordinary)
    const xml = Buffer.from(under.sign(under.elmoFor(ordinary.student), ordinary.ncp)).toString()
    const commented = xml.replace(/<elmo\b[^>]*>/, (root) => root + '<!---->'.repeat(40_000))
    expect(commented.length).toBeGreaterThan(280_000)
    await under.answer(asked, { elmo: gzipSync(commented).toString('base64') })
    expect(asked.browser.heading).toBe('Your results have arrived')
    expect(asked.browser.text).toContain('Invented Course')
  })

  it('a second gzip member is never read', async () => {
    const asked = await under.ask(ordinary)
    const [first, second] = [good(), under.packed(under.elmoFor('oskar'), ordinary.ncp)]
    const both = Buffer.concat([Buffer.from(first, 'base64'), Buffer.from(second, 'base64')])
    await under.answer(asked, { elmo: both.toString('base64') })
    expect(asked.browser.heading).toBe('Your results have arrived')
    expect(asked.browser.text).not.toContain('Oskar')
  })

  it('bare XML keeps its letters', async () => {
    const story = storyOf('half-credits')
    const asked = await under.ask(story)
    await under.answer(asked, { elmo: Buffer.from(under.sign(under.elmoFor(story.student), story.ncp)).toString() })
    expect(asked.browser.heading).toBe('Your results have arrived')
    expect(asked.browser.text).toContain('Stanisław')
  })
})

describe('an answer in the wrong hands', () => {
  it('is shown to the browser that began, and to no other', async () => {
    const asked = await under.ask(ordinary)
    const other = new PlainBrowser()
    expect((await under.answer(asked, { elmo: good() }, other)).status).toBe(403)
    expect(other.heading).toBe(t('problem.OTHER_BROWSER.title'))
    expect(other.text).toContain(t('problem.OTHER_BROWSER.next'))
    expect(other.text).not.toContain('Invented Course')
    await asked.browser.open(asked.hub)
    expect(asked.browser.heading).toBe('Your results have arrived')
  })

  it('is accepted once: what comes after it changes nothing', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: good() })
    const { rows } = await readWholeStore(under.town)
    for (const again of [{ elmo: good() }, { returnCode: 'NCP_CANCEL' }, { elmo: 'rubbish' }]) {
      expect((await under.answer(asked, again)).status).toBe(409)
      expect(asked.browser.heading).toBe(t('problem.SESSION_REPLAYED.title'))
    }
    expect((await readWholeStore(under.town)).rows).toBe(rows)
  })

  it('is accepted once, and who posted it twice at the same moment is told where it is', async () => {
    const asked = await under.ask(ordinary)
    const { transfers } = under.smp(ordinary.home)
    const find = transfers.findByHandle
    const reads = { count: 0, bothHaveRead: () => {} }
    const bothHaveRead = new Promise<void>((resolve) => (reads.bothHaveRead = resolve))
    const spy = jest.spyOn(transfers, 'findByHandle').mockImplementation(async (...of) => {
      const found = await find(...of)
      if (++reads.count === 2) reads.bothHaveRead()
      await bothHaveRead
      return found
    })
    const browsers = [new PlainBrowser(), new PlainBrowser()]
    await Promise.all(browsers.map((browser) => under.answer(asked, { elmo: good() }, browser)))
    spy.mockRestore()
    const [late, ...others] = browsers.filter(({ page }) => page.status === 409)
    expect([late!.heading, others]).toEqual([t('problem.SESSION_REPLAYED.title'), []])
    expect(late!.page.html).toContain(`href="${new URL(asked.hub).pathname}"`)
  })

  it('comes too late when the time of the transfer has run out', async () => {
    const asked = await under.ask(ordinary)
    const loginAbroad = asked.browser.forms.find(({ fields }) => fields.some(([name]) => name === 'state'))!
    // What ends it is not the gateway's own tidying.
    await under.town.background.stop()
    const { rows } = await readWholeStore(under.town)
    under.putForward(91)
    expect((await under.answer(asked, { elmo: good() })).status).toBe(410)
    expect(asked.browser.heading).toBe(t('problem.USER_GONE.title'))
    expect((await asked.browser.open(asked.hub)).status).toBe(410)
    const login = new URLSearchParams([
      ...loginAbroad.fields.map(([name, value]) => [name, value]),
      ['person', 'ingrid'],
    ])
    await asked.browser.submit(loginAbroad, login)
    // It came from the page of another site: a page of ours posts it once more, with the cookie.
    await asked.browser.press('Continue')
    expect(asked.browser.page.status).toBe(410)
    expect(asked.browser.text).toContain(t('problem.USER_GONE.next'))
    expect((await readWholeStore(under.town)).rows).toBe(rows)

    // The same when the gateway has ended it meanwhile: nothing came twice, and nothing goes on.
    await under.town.background.tidy()
    expect((await under.answer(asked, { elmo: good() })).status).toBe(410)
    expect((await asked.browser.open(asked.hub)).status).toBe(410)
    await asked.browser.submit(loginAbroad, login)
    await asked.browser.press('Continue')
    expect([asked.browser.page.status, asked.browser.heading]).toEqual([410, t('problem.USER_GONE.title')])
  })
})
