import { waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { storyOf, TownUnderTest, type Asked } from '../town-under-test.js'

jest.setTimeout(120_000)

const ordinary = storyOf('ordinary')
const imported = 'Your university has your results'

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
})
afterAll(() => under.stop())

/** Brings a student to the review of a document, and gives the form that accepts it. */
async function review(elmo = under.packed(under.elmoFor('ingrid'), ordinary.ncp)) {
  const asked: Asked = await under.ask(ordinary)
  await under.answer(asked, { elmo })
  expect(asked.browser.heading).toBe('Your results have arrived')
  const form = asked.browser.forms.find(({ action }) => action.endsWith('/accept'))!
  const accept = () =>
    asked.browser.submit(form, new URLSearchParams(form.fields.map(([name, value]) => [name, value])))
  return { ...asked, accept }
}
const deliveries = async (transferId: string): Promise<number> =>
  (await evidenceOf(under, transferId)).events.filter((event) => event === 'import.delivered').length

describe('9. Importing twice imports once.', () => {
  it('imports a document once, though it comes in two transfers', async () => {
    const before = await under.importCount()
    const elmo = under.packed(under.elmoFor('ingrid'), ordinary.ncp)
    const first = await review(elmo)
    await first.accept()
    expect(await waitForImport(first.browser)).toBe(imported)

    const second = await review(elmo)
    await second.accept()
    expect([second.browser.page.status, second.browser.heading]).toEqual([409, 'This document came before'])
    expect((await evidenceOf(under, second.transferId)).code).toBe('DUPLICATE')
    await under.town.background.deliver()
    expect(await under.importCount()).toBe(before + 1)
  })

  it('imports it once, when both transfers accept at the same time', async () => {
    const before = await under.importCount()
    const elmo = under.packed(under.elmoFor('ingrid'), ordinary.ncp)
    const both = [await review(elmo), await review(elmo)]
    await Promise.all(both.map(({ accept }) => accept()))
    const ends = await Promise.all(both.map(({ browser }) => waitForImport(browser)))
    expect(ends.sort()).toEqual(['This document came before', imported])
    expect(await under.importCount()).toBe(before + 1)
  })

  it('imports it once, when the student presses the button twice', async () => {
    const before = await under.importCount()
    const { accept, browser, transferId } = await review()
    await Promise.all([accept(), accept(), accept()])
    expect(await waitForImport(browser)).toBe(imported)
    await accept()
    expect(browser.heading).toBe(imported)
    expect(await deliveries(transferId)).toBe(1)
    expect(await under.importCount()).toBe(before + 1)
  })

  it('delivers once, when the work is done twice at the same time, and again', async () => {
    const before = await under.importCount()
    const { browser, transferId } = await review()
    const { flow, worker } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === ordinary.home)!
    // Decided without the page, so that nothing has begun to deliver.
    await flow.accept((await flow.transfers.load(transferId))!)
    await Promise.all([worker.run(), worker.run()])
    await worker.run()
    await browser.open(browser.page.url)
    expect(await waitForImport(browser)).toBe(imported)
    expect(await deliveries(transferId)).toBe(1)
    expect(await under.importCount()).toBe(before + 1)
  })

  it('delivers once, when the student records took it and nobody heard of it', async () => {
    const before = await under.importCount()
    const { browser, transferId } = await review()
    const { flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === ordinary.home)!
    const transfer = (await flow.transfers.load(transferId))!
    if (transfer.state.state !== 'review') throw new Error(transfer.state.state)
    const { owner, match, ncp, receivedAt, deliveryId: id } = transfer.state
    const document = await flow.document(transfer as Parameters<typeof flow.document>[0])
    const origin = { ncp: ncp.name, country: ncp.countryCode, receivedAt }
    const trust = { certificates: ncp.certificates }
    const context = { signal: AbortSignal.timeout(60_000), languages: ['en'], reference: 'test' }
    await flow.entry.target.target!.submit({ id, owner, match, document, origin, trust }, context)
    expect(await under.importCount()).toBe(before + 1)
    await browser.press('Take these results into my record')
    expect(await waitForImport(browser)).toBe(imported)
    expect(await under.importCount()).toBe(before + 1)
  })

  it('imports another document about the same results, for once means the document', async () => {
    const before = await under.importCount()
    for (const later of [1, 2]) {
      const elmo = under.elmoFor('ingrid', {
        generatedDate: new Date(under.now().getTime() + later * 1000).toISOString(),
      })
      const { accept, browser } = await review(under.packed(elmo, ordinary.ncp))
      await accept()
      expect(await waitForImport(browser)).toBe(imported)
    }
    expect(await under.importCount()).toBe(before + 2)
  })
})
