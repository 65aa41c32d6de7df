import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { checkReceipt, type ReceiptFile } from '@emrex-gateway/core'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, goToLoginAbroad, ncpTitle, stories } from '@emrex-gateway/town'
import { receiptInPdf } from '@emrex-gateway/transcript'
import { jest } from '@jest/globals'
import { transferIdOf } from '../evidence-of.js'
import { canariesIn } from '../personal-canaries.js'
import { readWholeStore } from '../read-whole-store.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'

jest.setTimeout(180_000)

const launcher = fileURLToPath(new URL('../../bin/emrex.mjs', import.meta.url))
const story = storyOf('ordinary')

let under: TownUnderTest
let browser: PlainBrowser
/** The pages of the transfer at home and abroad. */
let home: string
let abroad: string
beforeAll(async () => {
  under = await TownUnderTest.start()
  browser = await carryStory(story, under.town.smpUrl(story.home))
  home = browser.page.url
  const [sent] = await under.ncp(story.ncp).transfers.list({ states: ['sent'], limit: 1 })
  abroad = `${under.town.ncpUrl(story.ncp)}/transfers/${sent!.id}`
})
afterAll(() => under.stop())

/** A receipt as its transfer gives it, saved. */
async function save(url: string, by = browser): Promise<{ status: number; bytes: Buffer; file: string }> {
  const { status, bytes } = await by.download(url)
  const file = join(under.town.folder, url.slice(url.lastIndexOf('/') + 1))
  writeFileSync(file, bytes)
  return { status, bytes, file }
}
/** Of the side that gave the receipt. */
const certificate = (url = home): string =>
  url === abroad
    ? under.ncp(story.ncp).entry.signingKey.certificate
    : under.smp(story.home).entry.signingKey!.certificate

/** `emrex receipt verify`, as anybody can run it. */
async function verify(file: string, ...options: string[]) {
  const child = spawn(process.execPath, [launcher, 'receipt', 'verify', file, ...options])
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ])
  return { status, stdout, stderr }
}

describe('the receipt of a transfer', () => {
  it('says at home and abroad what went where, when, on what basis, with the hash of the document that was imported', async () => {
    const [imported] = await under.imports(story.home)
    const sha256 = createHash('sha256').update(imported!.elmo_xml).digest('hex')
    for (const [url, act] of [
      [home, 'handed-over'],
      [abroad, 'sent'],
    ] as const) {
      const { receipt } = JSON.parse((await save(`${url}/receipt.json`)).bytes.toString()) as ReceiptFile
      expect(receipt).toMatchObject({ type: 'emrex-receipt', act, document: { sha256 } })
      expect(receipt.content.results).toBe(imported!.items.length)
      expect(receipt.basis).not.toBe('')
      expect(receipt.from.name).toBe(ncpTitle(story.ncp))
      expect(Math.abs(Date.parse(receipt.at) - Date.now())).toBeLessThan(120_000)
      await browser.open(`${url}/receipt`)
      for (const word of [receipt.number, sha256, receipt.basis, receipt.to.name])
        expect(browser.page.html).toContain(word)
    }
  })

  it('is linked from the last page of either side', async () => {
    for (const url of [home, abroad]) {
      await browser.open(url)
      expect(browser.page.html).toContain(`href="${new URL(url).pathname}/receipt"`)
    }
  })

  it('stays open to its browser as long as its page says: the transfer began earlier than the receipt', async () => {
    for (const url of [home, abroad]) {
      const cookie = browser.cookieHeader(new URL(url).hostname)
      const [again] = (await fetch(`${url}/receipt`, { headers: { cookie } })).headers.getSetCookie()
      expect(again).toContain(`Max-Age=${24 * 3600};`)
    }
  })

  it('names nobody, no result and no grade', async () => {
    const [imported] = await under.imports(story.home)
    for (const url of [home, abroad]) {
      const said = (await save(`${url}/receipt.json`)).bytes.toString()
      expect(canariesIn(said)).toEqual([])
      for (const { title, code } of imported!.items) {
        expect(said).not.toContain(title)
        if (code !== null && String(code).length > 3) expect(said).not.toContain(code)
      }
      expect(said).not.toMatch(/grade|resultLabel/i)
    }
  })

  it('is verified offline, as JSON and as PDF, by the certificate of the issuer and by no other', async () => {
    const pem = join(under.town.folder, 'issuer.pem')
    for (const url of [abroad, home]) {
      writeFileSync(pem, certificate(url))
      for (const ending of ['json', 'pdf'] as const) {
        const { file, bytes } = await save(`${url}/receipt.${ending}`)
        expect(bytes.subarray(0, 5).toString() === '%PDF-').toBe(ending === 'pdf')
        expect(await verify(file, '--certificate', pem)).toMatchObject({ status: 0, stderr: '' })
        expect(await verify(file)).toMatchObject({
          status: 1,
          stdout: expect.stringContaining('not verified') as unknown,
        })
      }
    }
    const { file, bytes } = await save(`${home}/receipt.json`)
    writeFileSync(pem, certificate(abroad) + certificate(home))
    expect(await verify(file, '--certificate', pem)).toMatchObject({ status: 0 })
    writeFileSync(file, bytes.toString().replace('"handed-over"', '"imported"'))
    const refused = await verify(file, '--certificate', pem, '--json')
    expect([refused.status, JSON.parse(refused.stdout)]).toEqual([1, { verdict: 'changed' }])
    writeFileSync(file, '<elmo/>')
    expect(await verify(file, '--certificate', pem)).toMatchObject({ status: 2, stderr: 'this is no EMREX receipt\n' })
    expect(await verify(join(under.town.folder, 'nothing.json'))).toMatchObject({ status: 2 })
  })

  it('holds in the PDF the same receipt as the JSON file', async () => {
    const pdf = (await save(`${home}/receipt.pdf`)).bytes
    const json = (await save(`${home}/receipt.json`)).bytes.toString()
    expect(receiptInPdf(pdf)).toBe(json)
    expect(checkReceipt(json, [certificate()]).verdict).toBe('verified')
  })

  it('is told by the command with everything that its PDF says, for a PDF may show something else than it holds', async () => {
    const { file, bytes } = await save(`${home}/receipt.json`)
    const { from, content } = (JSON.parse(bytes.toString()) as ReceiptFile).receipt
    const { stdout } = await verify(file)
    expect(stdout).toContain(`credits      ${content.ects} ECTS\n`)
    expect(stdout).toContain(`from         ${from.name} (${from.country})\n`)
  }, 60_000)

  it('is for the browser of the transfer alone', async () => {
    for (const ending of ['', '.json', '.pdf']) {
      const { status, bytes } = await save(`${home}/receipt${ending}`, new PlainBrowser())
      expect([status, bytes.includes('emrex-receipt')]).toEqual([403, false])
    }
  })

  it('is not there before something was sent, and not for any other ending', async () => {
    const asked = await under.ask(storyOf('ordinary'))
    expect((await save(`${asked.hub}/receipt`, asked.browser)).status).toBe(404)
    expect((await save(`${home}/receipt.exe`)).status).toBe(404)
  })
})

describe('the imports of a student', () => {
  /** The student logs in again, and chooses where to go. */
  async function again(): Promise<{ browser: PlainBrowser; hub: string }> {
    const later = new PlainBrowser()
    const wrong = { ...story, expected: { ...story.expected, smp: 'WRONG_INSTITUTION' as const } }
    await goToLoginAbroad(wrong, under.town.smpUrl(story.home), later)
    return { browser: later, hub: later.page.url.split('?')[0]! }
  }

  it('are shown at the next login, in another browser, each with its receipt', async () => {
    const { browser: later, hub } = await again()
    expect(later.page.html).toContain('Your earlier import')
    await later.open(`${hub}/history`)
    const { receipt } = JSON.parse((await save(`${home}/receipt.json`)).bytes.toString()) as ReceiptFile
    expect(later.page.html).toContain(receipt.number)
    const { bytes } = await save(`${hub}/history/${receipt.number}.json`, later)
    expect(checkReceipt(bytes.toString(), [certificate()])).toMatchObject({ verdict: 'verified', receipt })
    expect((await save(`${hub}/history/${receipt.number}.pdf`, later)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('are shown to nobody else, and to nobody who has not logged in', async () => {
    const other = stories.find(({ home, student }) => home === story.home && student !== story.student)!
    const somebody = new PlainBrowser()
    await goToLoginAbroad(
      { ...other, home: story.home, expected: { ...other.expected, smp: 'WRONG_INSTITUTION' } },
      under.town.smpUrl(story.home),
      somebody,
    )
    expect(somebody.page.html).not.toContain('earlier import')
    expect((await save(`${home}/history`)).status).toBe(404)
    expect((await save(`${home}/history`, new PlainBrowser())).status).toBe(403)
  })

  it('lie in the store under a keyed hash, with nothing that names the student', async () => {
    const { opened, raw } = await readWholeStore(under.town)
    expect(opened).toContain('emrex-receipt')
    expect(raw).not.toContain('emrex-receipt')
    const kept = await under.smp(story.home).papers.history.records.list({ states: ['kept'] })
    expect(canariesIn(JSON.stringify(kept))).toEqual([])
  })

  it('are the same one import when a delivery is tried again', async () => {
    const flow = under.smp(story.home)
    const [record] = await flow.papers.history.records.list({ states: ['kept'] })
    const [file] = record!.state.receipts
    const owner = {
      person: 'somebody',
      institution: { code: 'x', title: 'X' },
      learner: { givenNames: '', familyName: '' },
    }
    await Promise.all([1, 2, 3].map(() => flow.papers.history.add(owner, file!)))
    expect(await flow.papers.history.list(owner)).toEqual([file])
  })

  it('are gone when the student says so, and after their time', async () => {
    const { browser: later, hub } = await again()
    await later.open(`${hub}/history`)
    await later.press('Remove this list')
    expect(later.page.html).not.toContain('earlier import')
    const { records } = under.smp(story.home).papers.history
    expect(await records.list({ entry: story.home, states: ['kept'] })).toHaveLength(1)
    under.putForward(366 * 24 * 60)
    await under.town.background.tidy()
    expect(await records.list({ states: ['kept'] })).toEqual([])
    expect(transferIdOf(later)).not.toBe('')
  })
})
