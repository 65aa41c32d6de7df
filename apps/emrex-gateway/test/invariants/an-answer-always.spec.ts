import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { ReasonCode } from '@emrex-gateway/core'
import { PlainBrowser, type HtmlForm } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { OutsideSmp, type Guest } from '../outside-smp.js'
import { readWholeStore } from '../read-whole-store.js'
import { TownUnderTest } from '../town-under-test.js'

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

const cancel = 'Cancel and go back'
const press = (...buttons: string[]) =>
  async function (guest: Guest): Promise<Guest> {
    for (const button of buttons) await guest.browser.press(button)
    return guest
  }
const failLogin = async (guest: Guest): Promise<Guest> => {
  const form = guest.browser.forms[0]!
  const fields = form.fields.map(([name, value]) => [name, value])
  await guest.browser.submit(form, new URLSearchParams([...fields, ['person', 'nobody-of-the-town']]))
  return guest
}
const withoutDatabase = async (work: () => Promise<Guest>): Promise<Guest> => {
  const file = join(under.town.folder, 'zielonobrzeg.sqlite')
  renameSync(file, `${file}.away`)
  const guest = await work()
  renameSync(`${file}.away`, file)
  // So long is a system left alone that failed often.
  under.putForward(1)
  return guest
}

interface End {
  readonly how: string
  readonly walk: () => Promise<Guest>
  /** What is on the screen last, before the answer. */
  readonly heading?: string
  readonly code: ReasonCode
  readonly returnCode: string
}

const cancelled = { code: 'USER_CANCEL', returnCode: 'NCP_CANCEL' } as const
const ends: readonly End[] = [
  {
    how: 'the student records do not answer',
    walk: () => withoutDatabase(() => outside.toChoice('poland', 'ingrid')),
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    returnCode: 'NCP_ERROR',
  },
  {
    how: 'cancel at the question about the receiver',
    walk: () => outside.send('poland').then(press(cancel)),
    ...cancelled,
  },
  {
    how: 'cancel at the login',
    walk: () => outside.toLogin('poland').then(press('Cancel', cancel)),
    ...cancelled,
  },
  {
    how: 'cancel after a login that failed',
    walk: () => outside.toLogin('poland').then(failLogin).then(press(cancel)),
    ...cancelled,
  },
  {
    how: 'cancel at the choice of results',
    walk: () => outside.toChoice('poland', 'ingrid').then(press(cancel)),
    ...cancelled,
  },
  {
    how: 'cancel at the preview',
    walk: () => outside.toChoice('poland', 'ingrid').then(press('Show what will be sent', cancel)),
    ...cancelled,
  },
  {
    how: 'no results',
    walk: () => outside.toChoice('norway', 'saga'),
    heading: 'There are no results to send',
    code: 'NO_RESULTS',
    returnCode: 'NCP_NO_RESULTS',
  },
  {
    how: 'nobody found',
    walk: () => outside.toChoice('poland', 'nils'),
    heading: 'We did not find you',
    code: 'ID_NOT_FOUND',
    returnCode: 'NCP_ERROR',
  },
  {
    how: 'the results are sent',
    walk: () => outside.toChoice('poland', 'ingrid').then(press('Show what will be sent', 'Send to')),
    code: 'COMPLETED',
    returnCode: 'NCP_OK',
  },
]

describe('5. A transfer that ends in our hands ends with an answer to the SMP, unless its `returnUrl` is unusable.', () => {
  it.each(ends)('answers $returnCode: $how', async ({ walk, heading, code, returnCode }) => {
    const guest = await walk()
    if (heading !== undefined) {
      expect(guest.browser.heading).toBe(heading)
      await guest.browser.press(`Back to ${outside.host}`)
    }
    const answers = outside.answersTo(guest)
    expect(answers).toEqual([
      {
        sessionId: guest.request.sessionId,
        returnCode,
        returnMessage: returnCode === 'NCP_ERROR' ? `The results could not be fetched (${code}).` : '',
        elmo: returnCode === 'NCP_OK' ? (expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) as string) : '',
      },
    ])
    expect(guest.browser.heading).toBe('Stand-in SMP')
    expect((await evidenceOf(under, guest.transferId)).code).toBe(code)
    const left = await under.ncp(guest.ncp).transfers.body(guest.transferId, 'results')
    expect(left).toBeUndefined()
  })

  it('lets a login that failed be tried again, and the transfer goes on', async () => {
    const guest = await outside.toLogin('poland').then(failLogin)
    expect([guest.browser.page.status, guest.browser.heading]).toEqual([403, 'The login did not work'])
    expect((await evidenceOf(under, guest.transferId)).code).toBe('LOGIN_FAILED')
    await guest.browser.press('Try the login again')
    await guest.browser.press(loginName('ingrid'))
    expect(guest.browser.heading).toBe('Choose your results')
  })

  it('gives the same answer again to a student who lost the page', async () => {
    const guest = await outside.toChoice('norway', 'saga')
    const hub = guest.browser.page.url
    for (const time of [1, 2]) {
      await guest.browser.open(hub)
      await guest.browser.press(`Back to ${outside.host}`)
      expect(outside.answersTo(guest)).toHaveLength(time)
    }
    const [first, second] = outside.answersTo(guest)
    expect(second).toEqual(first)
  })

  const unusable: readonly (readonly [what: string, returnUrl: string | undefined])[] = [
    ['a script', 'javascript:alert(1)'],
    ['no address at all', undefined],
    ['a relative address', '/smp/return'],
    ['plain http to another machine', 'http://smp.example.org/return'],
    ['an address inside of a network', 'https://10.0.0.7/return'],
    ['a user name in it', 'https://smp.example.org@attacker.example/return'],
    ['a line break in it', 'https://smp.example.org/\r\nreturn'],
  ]
  it.each(unusable)('refuses with 400, answers nobody and keeps nothing: %s', async (_what, returnUrl) => {
    const before = await readWholeStore(under.town)
    const browser = new PlainBrowser()
    const action = under.town.ncpUrl('poland')
    const form: HtmlForm = { action, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] }
    await browser.open(action)
    const fields = { sessionId: 'abcdef0123456789', ...(returnUrl === undefined ? {} : { returnUrl }) }
    await browser.submit(form, new URLSearchParams(fields))
    expect(browser.page.status).toBe(400)
    expect(['We do not send results there', 'We did not understand the request']).toContain(browser.heading)
    expect(browser.forms).toEqual([])
    expect(browser.page.html).not.toMatch(/alert\(1\)|attacker|10\.0\.0\.7/)
    expect((await readWholeStore(under.town)).rows).toBe(before.rows)
  })
})
