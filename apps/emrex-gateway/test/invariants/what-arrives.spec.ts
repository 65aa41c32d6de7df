import { describeCertificate, packElmo } from '@emrex-gateway/elmo'
import { PlainBrowser } from '@emrex-gateway/testing'
import { waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { readWholeStore } from '../read-whole-store.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'

jest.setTimeout(120_000)

const ordinary = storyOf('ordinary')
const accept = 'Take these results into my record'

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
})
afterAll(() => under.stop())

describe('1. Nothing is parsed from a received document before its signature holds.', () => {
  const namespace = 'https://github.com/emrex-eu/elmo-schemas/tree/v1'
  const learner = '<learner><givenNames>Ingrid Solbakk</givenNames><familyName>Tveitnesli</familyName></learner>'
  /** Each tells something else, once it is read. */
  const contents = [
    { is: 'that is no ELMO', xml: () => '<transcript>Databases: A</transcript>', code: 'DOC_SCHEMA' },
    { is: 'about nobody', xml: () => `<elmo xmlns="${namespace}"><surprise/></elmo>`, code: 'DOC_SCHEMA' },
    { is: 'without results', xml: () => `<elmo xmlns="${namespace}">${learner}</elmo>`, code: 'NO_RESULTS' },
    { is: 'about somebody else', xml: () => under.elmoFor('oskar'), code: 'ID_MISMATCH' },
  ] as const
  const tampered = (xml: Uint8Array) => Buffer.from(xml).toString().replace('<DigestValue>', '<DigestValue>AAAA')
  const unsigned = (xml: Uint8Array) =>
    Buffer.from(xml)
      .toString()
      .replace(/<Signature[^]*<\/Signature>/, '')

  it.each(contents)('a document $is: that is told only when the NCP that was asked has signed it', async (content) => {
    const signed = under.sign(content.xml(), 'poland')
    const cases = [
      { document: signed, code: content.code },
      { document: tampered(signed), code: 'SIGNATURE_BAD' },
      { document: unsigned(signed), code: 'SIGNATURE_MISSING' },
      { document: under.sign(content.xml(), 'sweden'), code: 'CERT_UNKNOWN' },
    ]
    for (const { document, code } of cases) {
      const asked = await under.ask(ordinary)
      await under.answer(asked, { elmo: packElmo(Buffer.from(document)) })
      const { events, code: told } = await evidenceOf(under, asked.transferId)
      expect(told).toBe(code)
      expect(events).not.toContain('document.verified')
      expect(asked.browser.text.includes('What did not fit')).toBe(code === 'ID_MISMATCH')
    }
  })
})

describe('2. What is imported was verified with the certificate registered for the NCP that was asked.', () => {
  it('refuses a good document of another NCP of the network', async () => {
    const before = await under.importCount()
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'sweden') })
    expect(asked.browser.heading).toBe('We do not know who signed the results')
    expect(asked.browser.forms.filter(({ action }) => action.endsWith('/accept'))).toEqual([])
    expect(await under.importCount()).toBe(before)
  })

  it('imports the same document signed with the registered certificate, and the evidence names it', async () => {
    const before = await under.importCount()
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    await asked.browser.press(accept)
    expect(await waitForImport(asked.browser)).toBe('Your university has your results')
    expect(await under.importCount()).toBe(before + 1)
    const verified = (await under.audit(asked.transferId)).find(({ event }) => event === 'document.verified')
    const registered = describeCertificate(under.town.certificates.get('poland')!)
    expect(verified?.facts?.['signer']).toBe(registered?.sha256Fingerprint)
  })

  it('does not deliver a document whose bytes in the store are no longer the verified ones', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
    const { transfers } = under.smp(ordinary.home)
    const transfer = (await transfers.load(asked.transferId))!
    const bytes = Buffer.from(under.sign(under.elmoFor('ingrid'), 'sweden'))
    const putBodies = [{ name: 'document', bytes, expiresAt: transfer.expiresAt }]
    await transfers.save(transfer, { state: transfer.state }, { putBodies })
    const before = await under.importCount()
    await asked.browser.press(accept)
    expect(asked.browser.page.status).toBe(500)
    expect(await under.importCount()).toBe(before)
  })
})

describe('3. A `sessionId` is accepted once, within its time, in the browser that began.', () => {
  const good = () => ({ elmo: under.packed(under.elmoFor('ingrid'), 'poland') })

  it('is accepted once: a replay is told so, and changes nothing', async () => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, good())
    expect(asked.browser.heading).toBe('Your results have arrived')
    for (const change of [good(), { returnCode: 'NCP_CANCEL' }, { returnCode: 'NCP_ERROR' }]) {
      const before = await readWholeStore(under.town)
      const replay = await under.answer(asked, change, new PlainBrowser())
      expect(replay.status).toBe(409)
      expect((await readWholeStore(under.town)).rows).toBe(before.rows)
    }
    await asked.browser.open(asked.hub)
    expect(asked.browser.heading).toBe('Your results have arrived')
  })

  it('is accepted once, also when two answers arrive at the same time', async () => {
    const asked = await under.ask(ordinary)
    const browsers = [new PlainBrowser(), new PlainBrowser(), new PlainBrowser()]
    await Promise.all(browsers.map((browser) => under.answer(asked, good(), browser)))
    const { events } = await evidenceOf(under, asked.transferId)
    expect(events.filter((event) => event === 'answer.received')).toHaveLength(1)
  })

  it('is void once the student chose again', async () => {
    const asked = await under.ask(ordinary)
    await asked.browser.open(asked.hub)
    await asked.browser.press('Choose another university')
    expect((await under.answer(asked, good(), new PlainBrowser())).status).toBe(410)
  })

  it('is only shown in the browser that began', async () => {
    const asked = await under.ask(ordinary)
    const other = new PlainBrowser()
    const shown = await under.answer(asked, good(), other)
    expect(shown.status).toBe(403)
    expect(other.heading).toBe('This was started in another browser')
    expect(other.text).not.toContain('Invented Course')
    expect(other.text).not.toContain('Tveitnesli')
    // What another browser carried in is kept unread, and is judged and shown where the transfer began.
    expect((await evidenceOf(under, asked.transferId)).events).not.toContain('document.verified')
    await asked.browser.open(asked.hub)
    expect(asked.browser.heading).toBe('Your results have arrived')
    expect(asked.browser.text).toContain('Invented Course')
  })

  it('is not accepted after its time', async () => {
    const asked = await under.ask(ordinary)
    await under.putForwardUntidied(under.smp(ordinary.home).entry.transferMinutes + 1)
    const before = await readWholeStore(under.town)
    const late = await under.answer(asked, good())
    expect([late.status, asked.browser.heading]).toEqual([410, 'This took too long'])
    // The other university sent them just now.
    expect(asked.browser.text).not.toContain('Nothing was sent after')
    expect(asked.browser.text).toContain('Nothing was sent on or taken over after that.')
    expect((await readWholeStore(under.town)).rows).toBe(before.rows)
    await under.town.background.tidy()
    expect((await evidenceOf(under, asked.transferId)).code).toBe('USER_GONE')
    expect((await under.answer(asked, good())).status).toBe(410)
  })
})
