import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PlainBrowser } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest, applicant, email } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start()
})
afterAll(() => under.stop())

/** Starts the gateway again with other settings; gives what takes them back. */
async function restartWithout(part: RegExp, instead: string): Promise<() => Promise<void>> {
  const file = join(under.alone.folder, 'settings.yaml')
  const settings = await readFile(file, 'utf8')
  const fewer = settings.replace(part, instead)
  expect(fewer).not.toBe(settings)
  await under.alone.restart(() => writeFile(file, fewer))
  return () => under.alone.restart(() => writeFile(file, settings))
}

const gone = 'These results are not asked for any more'
async function headingOf(link: string): Promise<readonly [number, string]> {
  const browser = new PlainBrowser()
  await browser.open(link)
  return [browser.page.status, browser.heading]
}

describe('a request whose purpose or client was taken out of the settings', () => {
  it('is answered by nobody: link, applicant on the way, and client are told; what was agreed to arrives', async () => {
    const waiting = await under.create({ purpose: 'credits', applicant: { ...applicant, email } })
    const begun = await under.create({ purpose: 'credits' })
    const other = await under.create()
    const given = await under.complete({ purpose: 'credits' })
    const browser = await under.walk(begun.link)
    const takeBack = await restartWithout(/(- degree\n *)- credits\n *(- whole)/, '$1$2')

    expect(await headingOf(waiting.link)).toEqual([410, gone])
    expect((await headingOf(other.link))[0]).toBe(200)
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/link'],
      ['GET', '/result'],
    ] as const) {
      const { status, json } = await under.call(method, `/requests/${waiting.id}${path}`)
      expect([status, json.code]).toEqual([410, 'REQUEST_WITHDRAWN'])
    }
    await browser.press('Send this to')
    expect(browser.heading).toBe(gone)
    expect(await under.over(begun.id)).toMatchObject({ status: 'failed', code: 'REQUEST_WITHDRAWN' })
    expect((await under.call('POST', `/requests/${begun.id}/link`)).json.code).toBe('REQUEST_WITHDRAWN')
    expect((await under.call('GET', `/requests/${given.id}/result`)).status).toBe(200)
    await under.alone.putForward(7.5 * 24 * 60)
    await under.api().run()
    expect(under.mail.mails).toEqual([])

    await takeBack()
    expect((await headingOf(waiting.link))[0]).toBe(200)
    expect((await under.call('GET', `/requests/${waiting.id}`)).json.status).toBe('waiting')
  })

  it('is answered by nobody where the client is gone', async () => {
    const { id, link } = await under.create()
    const takeBack = await restartWithout(/id: hr$/m, 'id: hr-of-now')
    expect(await headingOf(link)).toEqual([410, gone])
    expect((await under.call('GET', `/requests/${id}`)).json.code).toBe('REQUEST_UNKNOWN')
    await takeBack()
    expect((await headingOf(link))[0]).toBe(200)
  })
})
