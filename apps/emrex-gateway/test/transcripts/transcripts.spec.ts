import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyElmo } from '@emrex-gateway/elmo'
import { describeWith, makeThrowawaySigner, PlainBrowser, ReadPdf } from '@emrex-gateway/testing'
import { carryStory, carryToReview } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { transferIdOf } from '../evidence-of.js'
import { atStaffPages, byHandAt, filesOn, handOver, numberOn, openCase } from '../cases/town-by-hand.js'
import { OutsideSmp } from '../outside-smp.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'

jest.setTimeout(120_000)

const ordinary = storyOf('ordinary')
const changedName = storyOf('changed-name')
const folder = mkdtempSync(join(tmpdir(), 'emrex-seal-'))
const [keyFile, certificateFile] = [join(folder, 'seal.key'), join(folder, 'seal.pem')]

/** One NCP seals its transcripts, another attaches none; at home nobody can write into the system of the ordinary story. */
function change(yaml: string): string {
  const settings = parse(byHandAt(ordinary.home)(yaml)) as { ncp: { id: string; transcript?: unknown }[] }
  for (const entry of settings.ncp) {
    if (entry.id === 'poland') entry.transcript = { seal: { keyFile, certificateFile } }
    if (entry.id === 'norway') entry.transcript = { attach: false }
  }
  return stringify(settings)
}

let under: TownUnderTest
let outside: OutsideSmp
beforeAll(async () => {
  const seal = await makeThrowawaySigner({ commonName: 'Seal of the Polish NCP' })
  writeFileSync(keyFile, seal.privateKey)
  writeFileSync(certificateFile, seal.certificate)
  under = await TownUnderTest.start({ rewriteSettings: change })
  outside = await OutsideSmp.start(under)
})
afterAll(async () => {
  await outside.stop()
  await under.stop()
  rmSync(folder, { recursive: true })
})

const cookieOf = (browser: PlainBrowser) => browser.cookieHeader(new URL(browser.page.url).hostname)

async function download(url: string, cookie: string) {
  const response = await fetch(url, { redirect: 'manual', headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** The address behind "Transcript as PDF". */
function linkOn(browser: PlainBrowser): string | undefined {
  const path = /href="([^"]+\/transcript\.pdf)" download/.exec(browser.page.html)?.[1]
  return path === undefined ? undefined : new URL(path, browser.page.url).href
}

function expectFile({ status, headers, bytes }: Awaited<ReturnType<typeof download>>): Buffer {
  expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="(\w{8}-)?transcript\.pdf"$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  return bytes
}

describeWith(describe, 'pdftotext', 'the readable transcript', () => {
  it('can be read before it is sent, by the person alone, and is what is sent', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    await guest.browser.press('Show what will be sent')
    const url = linkOn(guest.browser)!
    // Nothing of the person is in the address: the id of the transfer is random.
    expect(new URL(url).pathname).toBe(`/ncp/poland/transfers/${guest.transferId}/transcript.pdf`)
    const pdf = expectFile(await download(url, cookieOf(guest.browser)))
    const sent = Buffer.from((await outside.documentOf(guest))!).toString()
    expect(sent).toContain(`<type>EMREX transcript</type>`)
    expect(sent).toContain(pdf.toString('base64'))
    const read = new ReadPdf(pdf)
    expect(read.text).toContain('Ingrid Solbakk')
    const certificates = [under.town.certificates.get('poland')!]
    expect(verifyElmo(read.attached[0]!.bytes, { certificates, at: under.now() }).verified).toBe(true)
    expect(read.seals).toMatch(/Seal of the Polish NCP[^]*Signature is Valid/)

    for (const cookie of ['', new PlainBrowser().cookieHeader('localhost')]) {
      const refused = await download(url, cookie)
      expect([refused.status, refused.headers.get('content-disposition')]).toEqual([403, null])
    }
    await guest.browser.press('Change my choice')
    expect((await download(url, cookieOf(guest.browser))).status).toBe(404)
  })

  it('is in no document of an entry that attaches none, and nowhere offered there', async () => {
    const guest = await outside.toChoice('norway', storyOf('twin').student)
    await guest.browser.press('Show what will be sent')
    expect(linkOn(guest.browser)).toBeUndefined()
    expect(Buffer.from((await outside.documentOf(guest))!).toString()).not.toContain('EMREX transcript')
    const url = `${guest.browser.page.url}/transcript.pdf`
    expect((await download(url, cookieOf(guest.browser))).status).toBe(404)
  })

  it('is offered to the student who looks at what arrived, with who signed it', async () => {
    const student = await carryToReview(ordinary, under.town.smpUrl(ordinary.home))
    const url = linkOn(student)!
    const read = new ReadPdf(expectFile(await download(url, cookieOf(student))))
    const document = await under.smp(ordinary.home).transfers.body(transferIdOf(student), 'document')
    expect(read.attached.map(({ bytes }) => Buffer.compare(bytes, document!))).toEqual([0])
    for (const words of ['Signed by University of Zielony Brzeg', 'NCP poland of the demonstration town', 'Algorithms'])
      expect(read.text).toContain(words)
    expect(read.text).toContain('The attached file is what was signed.')
    expect((await download(url, '')).status).toBe(403)
    await student.press('Stop here')
    expect((await download(url, cookieOf(student))).status).toBe(404)
  })

  it('is handed to staff with a case that is entered by hand, with its number as a QR code', async () => {
    const student = await handOver(under, ordinary)
    const staff = await atStaffPages(under, ordinary.home)
    await openCase(staff, numberOn(student))
    const files = filesOn(staff)
    const read = new ReadPdf(expectFile(await download(files.get('transcript.pdf')!, cookieOf(staff))))
    const document = await download(files.get('document.xml')!, cookieOf(staff))
    expect(read.attached.map(({ bytes }) => Buffer.compare(bytes, document.bytes))).toEqual([0])
    expect(read.text).toContain(`Receipt number ${numberOn(student)}`)
    expect(read.codes).toEqual([numberOn(student)])
    expect(read.text).toMatch(/Signature checked 20\d\d-/)
    // The one that the NCP attached, with its seal, is there as well.
    const attached = await download(files.get('attachment-1.pdf')!, cookieOf(staff))
    expect(new ReadPdf(attached.bytes).seals).toContain('Signature is Valid')
  })

  it('is shown to staff who decide whose a document is, and not to the student whose it may not be', async () => {
    const student = await carryStory(changedName, under.town.smpUrl(changedName.home))
    const hub = student.page.url
    expect(linkOn(student)).toBeUndefined()
    expect((await download(`${hub}/transcript.pdf`, cookieOf(student))).status).toBe(404)

    const staff = await atStaffPages(under, changedName.home)
    const read = new ReadPdf(expectFile(await download(linkOn(staff)!, cookieOf(staff))))
    const reference = transferIdOf(student).slice(0, 8)
    expect(staff.text).toContain(reference)
    expect(read.codes).toEqual([reference])
    // Staff of another university.
    const others = await atStaffPages(under, 'solvik')
    const caseId = transferIdOf(student)
    const foreign = await download(`${others.page.url}/cases/${caseId}/files/transcript.pdf`, cookieOf(others))
    expect([foreign.status, foreign.headers.get('content-disposition')]).toEqual([404, null])
  })

  it('is not all that staff who decide can open: what the NCP attached is saved, and goes to nobody else', async () => {
    const student = await carryStory(changedName, under.town.smpUrl(changedName.home))
    const caseId = transferIdOf(student)
    const staff = await atStaffPages(under, changedName.home)
    const [path] =
      new RegExp(`[^"]+/cases/${caseId}/files/attachment-1\\.pdf(?=" download)`).exec(staff.page.html) ?? []
    expect(path).toBeDefined()
    const url = new URL(path!, staff.page.url).href
    const file = await download(url, cookieOf(staff))
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="${caseId.slice(0, 8)}-attachment-1.pdf"`,
    )
    expect(file.headers.get('x-content-type-options')).toBe('nosniff')
    expect(file.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    const document = await under.smp(changedName.home).transfers.body(caseId, 'document')
    expect(Buffer.from(document!).toString()).toContain(file.bytes.toString('base64'))

    expect((await download(url.replace('attachment-1', 'attachment-9'), cookieOf(staff))).status).toBe(404)
    expect((await download(url, cookieOf(student))).status).toBe(403)
    const others = await atStaffPages(under, 'solvik')
    const foreign = `${others.page.url}/cases/${caseId}/files/attachment-1.pdf`
    expect((await download(foreign, cookieOf(others))).status).toBe(404)
    await staff.press({ button: 'Refuse', fields: { case: caseId, reason: 'Somebody else' } })
    expect((await download(url, cookieOf(staff))).status).toBe(404)
  })
})
