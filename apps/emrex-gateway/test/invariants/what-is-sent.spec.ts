import { gunzipSync } from 'node:zlib'
import { verifyElmo } from '@emrex-gateway/elmo'
import { ReadPdf, runsWith, textOfHtml } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { OutsideSmp, type Guest } from '../outside-smp.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'

jest.setTimeout(120_000)

let under: TownUnderTest
let outside: OutsideSmp
beforeAll(async () => {
  under = await TownUnderTest.start()
  outside = await OutsideSmp.start(under)
})
afterAll(async () => {
  await outside.stop()
  await under.stop()
})

const preview = 'Show what will be sent'
/** The bytes that the SMP was given. */
const arrived = (guest: Guest): Buffer[] =>
  outside.answersTo(guest).map(({ elmo = '' }) => gunzipSync(Buffer.from(elmo, 'base64')))
/** The name of the box of a result. */
const boxOf = ({ browser }: Guest, code: string): string => {
  const labels = [...browser.page.html.matchAll(/<label><input type="checkbox" name="([^"]+)"[\s\S]*?<\/label>/g)]
  return labels.find(([label]) => textOfHtml(label).includes(code))![1]!
}

describe('6. Nothing is sent that the person did not select on a page that named the receiver.', () => {
  it('sends byte for byte the document that was shown', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    await guest.browser.press(preview)
    const shown = (await outside.documentOf(guest))!
    const certificates = [under.town.certificates.get('poland')!]
    const outcome = verifyElmo(shown, { certificates, at: under.now() })
    if (!outcome.verified) throw new Error(outcome.code)
    const [report] = outcome.document.elmo.reports
    for (const { title, instance } of report!.learningOpportunitySpecification!) {
      expect(guest.browser.text).toContain(title.find(({ lang }) => lang === 'en')!.value)
      expect(guest.browser.text).toContain(instance.resultLabel)
    }
    await guest.browser.press('Send to')
    expect(arrived(guest)).toEqual([Buffer.from(shown)])
  })

  it('sends what was shown, though the records changed since', async () => {
    const guest = await outside.toChoice('poland', 'elin')
    await guest.browser.press(preview)
    const shown = (await outside.documentOf(guest))!
    expect(guest.browser.text).toMatch(/Microeconomics S1Eko1>MIK 6 ECTS 3\.5/)
    await under.atUniversity('zielonobrzeg', async (knex) => {
      await knex('study_result')
        .where({ code: 'S1Eko1>MIK' })
        .update({ grade: '5.0', title_english: 'Small Economics' })
      await knex('study_result').where({ title_english: 'Work Placement' }).delete()
    })
    await guest.browser.press('Send to')
    expect(arrived(guest)).toEqual([Buffer.from(shown)])

    // The change is real: whoever comes now is shown it.
    const later = await outside.toChoice('poland', 'elin')
    await later.browser.press(preview)
    expect(later.browser.text).toMatch(/Small Economics S1Eko1>MIK 6 ECTS 5\.0/)
    expect(later.browser.text).not.toContain('Work Placement')
  })

  it('sends nothing from a page that shows another document than the one that was made last', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    const { browser } = guest
    await browser.press({ button: preview, untick: [boxOf(guest, 'S1Inf1>ALG')] })
    const old = browser.forms.find(({ action }) => action.endsWith('/send'))!
    await browser.press('Change my choice')
    await browser.press({ button: preview, fields: { [boxOf(guest, 'S1Inf1>ALG')]: 'yes' } })
    expect(browser.text).toContain('Algorithms')

    await browser.submit(old, new URLSearchParams(old.fields.map(([name, value]) => [name, value])))
    expect(browser.heading).toBe('Check what will be sent')
    expect(browser.text).toContain('Algorithms')
    expect(arrived(guest)).toEqual([])
    await browser.press('Send to')
    expect(arrived(guest).map(String)).toEqual([expect.stringContaining('Algorithms')])
  })

  it('sends nothing of what was unticked: no title, no code, no transcript that would tell', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    await guest.browser.press({ button: preview, untick: [boxOf(guest, 'S1Inf1>ALG')] })
    expect(guest.browser.text).not.toContain('Algorithms')
    await guest.browser.press('Send to')
    const [xml] = arrived(guest).map(String)
    expect(xml).toContain('S1Inf1&gt;BAZ')
    for (const word of ['S1Inf1&gt;ALG', 'Algorithms', 'Algorytmy', '<resultLabel>4.5']) expect(xml).not.toContain(word)
    // The transcript of the university, which has them all, stays; the one that is attached was made of the choice.
    const attached = [...xml!.matchAll(/data:application\/pdf;base64,([A-Za-z0-9+/=]+)/g)].map(
      ([, base64 = '']) => base64,
    )
    expect(attached).toHaveLength(1)
    if (!runsWith('pdftotext', 'what was unticked')) return
    const pdf = new ReadPdf(Buffer.from(attached[0]!, 'base64'))
    const inside = pdf.attached.map(({ bytes }) => Buffer.from(bytes).toString()).join('')
    expect(pdf.text).toContain('Databases')
    expect(inside).toContain('S1Inf1&gt;BAZ')
    for (const word of ['ALG', 'Algorithms', 'Algorytmy', '4.5 '])
      expect([word, pdf.text.includes(word), inside.includes(word)]).toEqual([word, false, false])
  })

  it('names the receiver on the page with the button that sends, and sends to no other address', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    expect(guest.browser.text).toContain(`what you do not want to send to ${outside.host}`)
    await guest.browser.press(preview)
    const [form, ...others] = guest.browser.forms.filter(({ action }) => action.endsWith('/send'))
    expect(others).toEqual([])
    expect(form!.buttons.map(({ text }) => text)).toEqual([`Send to ${outside.host}`])
    expect(guest.browser.text).toContain(`Address of the receiver ${outside.host}`)
    const handOff = await guest.browser.submit(
      form!,
      new URLSearchParams(form!.fields.map(([name, value]) => [name, value])),
    )
    expect(guest.browser.forms.map(({ action }) => action)).toEqual([guest.request.returnUrl])
    const [, allowed] = /form-action ([^;]+)/.exec(handOff.headers.get('content-security-policy') ?? '') ?? []
    expect(allowed?.split(' ')).toEqual([new URL(guest.request.returnUrl).origin])
  })

  it('names a known receiver as the settings do, with its address', async () => {
    const asked = await under.ask(storyOf('ordinary'))
    await under.preview(asked)
    const host = new URL(asked.hub).host
    expect(asked.browser.text).toContain('Send to the home universities of this town')
    expect(asked.browser.text).toContain(`Address of the receiver ${host}`)
  })

  it('sends nothing before there was a page that showed it', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    const [choice] = guest.browser.forms.filter(({ action }) => action.endsWith('/select'))
    const token = choice!.fields.filter(([name]) => name === 'form-token').map(([name, value]) => [name, value])
    expect(token).toHaveLength(1)
    const post = (action: string, fields: string[][] = []) =>
      guest.browser.submit(
        { ...choice!, action: choice!.action.replace('/select', `/${action}`) },
        new URLSearchParams([...token, ...fields]),
      )
    for (const action of ['send', 'answer']) {
      await post(action)
      expect(guest.browser.heading).toBe('Choose your results')
    }
    await post('select')
    expect(guest.browser.text).toContain('Choose at least one result, or cancel.')
    const invented = await post('select', [['result.9.9', 'yes']])
    expect(invented.status).toBe(400)
    expect(outside.answersTo(guest)).toEqual([])
    expect((await evidenceOf(under, guest.transferId)).events).not.toContain('results.selected')
  })

  it('sends the second choice after the first was taken back', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    await guest.browser.press(preview)
    await guest.browser.press('Change my choice')
    expect(await outside.documentOf(guest)).toBeUndefined()
    await guest.browser.press({ button: preview, untick: [boxOf(guest, 'S1Inf1>BAZ')] })
    await guest.browser.press('Send to')
    expect(arrived(guest).map((xml) => xml.includes('S1Inf1&gt;BAZ'))).toEqual([false])
  })
})
