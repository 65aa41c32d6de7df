import { packElmo } from '@emrex-gateway/elmo'
import { PlainBrowser } from '@emrex-gateway/testing'
import { storyOf, TownUnderTest, type AnswerChange, type Asked } from './town-under-test.js'

const ordinary = storyOf('ordinary')

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
}, 120_000)
afterAll(() => under.stop(), 60_000)

const factsOf = async (transferId: string, event: string) =>
  (await under.audit(transferId)).find((line) => line.event === event)?.facts

async function request(fields: Readonly<Record<string, string>>): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(under.town.smpUrl(ordinary.home))
  const action = under.town.ncpUrl(ordinary.ncp)
  const form = { action, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
  const returnUrl = 'https://smp.example/return?_action=import&x=1'
  await browser.submit(form, new URLSearchParams({ sessionId: 'a'.repeat(20), returnUrl, ...fields }))
  return browser
}

const requested = async () => (await under.town.gateway.store.audit.list({ event: 'transfer.requested' })).at(-1)

describe('a request with a tolerance', () => {
  it.each([
    ['', {}],
    ['session-id-long', { sessionId: '~'.repeat(255) }],
    ['session-id-from-state-id', { sessionId: '', stateId: 'abc' }],
    ['flag-unreadable', { allowToPickCourses: 'nie' }],
  ])('is taken, and the audit names "%s"', async (deviation, fields) => {
    const browser = await request(fields)
    expect(browser.page.status).toBe(200)
    expect((await requested())?.facts).toEqual({ receiver: 'ask', deviations: deviation })
  })

  it('is refused, and writes nothing, where no tolerance has a name', async () => {
    const before = await requested()
    const odd: Readonly<Record<string, string>>[] = [{ sessionId: 'a\nb' }, { sessionId: 'å' }, { returnUrl: '' }]
    for (const fields of [...odd, { sessionId: 'a'.repeat(256) }]) expect((await request(fields)).page.status).toBe(400)
    expect(await requested()).toEqual(before)
  })
})

describe('an answer with a tolerance', () => {
  const answered = async (change: AnswerChange): Promise<Asked> => {
    const asked = await under.ask(ordinary)
    await under.answer(asked, change)
    return asked
  }
  const signed = () => under.sign(under.elmoFor(ordinary.student), ordinary.ncp)

  it.each([
    ['return-code-emp-spelling', { returnCode: 'EMP_OK' }],
    ['return-code-odd-case', { returnCode: 'ncp_ok ' }],
    ['return-code-missing return-message-missing', { returnCode: undefined, returnMessage: undefined }],
  ])('comes to review, and the audit names "%s"', async (deviations, change) => {
    const asked = await answered({ ...change, elmo: packElmo(signed()) })
    expect(asked.browser.heading).toBe('Your results have arrived')
    expect(await factsOf(asked.transferId, 'answer.received')).toMatchObject({ deviations })
  })

  it('names how the document was packed, and what is odd about its certificate, beside the proof', async () => {
    const asked = await answered({ elmo: Buffer.from(signed()).toString('base64').replace(/.{76}/g, '$&\r\n') })
    expect(asked.browser.heading).toBe('Your results have arrived')
    const deviations = 'base64-white-space not-gzipped certificate-self-signed'
    expect(await factsOf(asked.transferId, 'document.verified')).toMatchObject({ deviations })
  })

  it('shows an unknown code as it was written, and never uses its document', async () => {
    const asked = await answered({ returnCode: 'NCP_PARTLY', elmo: packElmo(signed()) })
    expect(asked.browser.text).toContain('NCP_PARTLY')
    const { deviations } = (await factsOf(asked.transferId, 'answer.received'))!
    expect(deviations).toBe('return-code-unknown elmo-unexpected')
  })

  it('shows 500 characters of a long message, as text', async () => {
    const asked = await answered({ returnCode: 'NCP_ERROR', returnMessage: `<b>${'é'.repeat(2000)}` })
    expect(asked.browser.text).toContain(`<b>${'é'.repeat(496)}…`)
    expect(asked.browser.text).not.toContain('é'.repeat(497))
  })
})
