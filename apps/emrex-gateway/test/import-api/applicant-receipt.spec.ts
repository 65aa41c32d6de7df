import type { ReceiptFile } from '@emrex-gateway/core'
import { jest } from '@jest/globals'
import { ApiUnderTest } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start()
})
afterAll(() => under.stop())

/** The receipt of an applicant who agreed under this purpose, and the request. */
async function giveUnder(purpose: string): Promise<{ id: string; receipt: ReceiptFile['receipt'] }> {
  const { id, link } = await under.create({ purpose })
  const browser = await under.walk(link)
  await under.agree(browser)
  const { bytes } = await browser.download(`${browser.page.url}/receipt.json`)
  return { id, receipt: (JSON.parse(bytes.toString()) as ReceiptFile).receipt }
}

describe('the receipt of an applicant', () => {
  it.each([
    ['degree', { results: 1, attachments: 0 }],
    ['credits', { results: 0, ects: '120', attachments: 0 }],
    ['whole', { results: 2, ects: '120', attachments: 1 }],
  ])('says who got it, on the basis of the purpose %s, and counts what left and no more', async (purpose, content) => {
    const { receipt } = await giveUnder(purpose)
    expect(receipt).toMatchObject({ act: 'given', to: { name: 'Jobs Example' }, basis: 'Your consent' })
    const institutions = [{ name: 'University of the Coast', results: content.results }]
    expect(receipt.content).toEqual({ institutions, ...content })
  })

  it('has the number that the result says', async () => {
    const { id, receipt } = await giveUnder('degree')
    expect((await under.call('GET', `/requests/${id}/result`)).json.verification.receipt).toBe(receipt.number)
  })
})
