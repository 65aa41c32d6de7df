import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, goToLoginAbroad, loginName, staff, stories } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { canariesIn, folded, personalCanaries } from '../personal-canaries.js'
import { readWholeStore } from '../read-whole-store.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { untilDelivered } from '../until-delivered.js'
import { watchTraffic, type Traffic } from '../watch-traffic.js'

jest.setTimeout(240_000)

let under: TownUnderTest
let traffic: Traffic
beforeAll(async () => {
  traffic = watchTraffic()
  under = await TownUnderTest.start()
})
afterAll(async () => {
  await under.stop()
  traffic.stop()
})

/**
 * Short ones would be found in what is sealed, and in random ids, by chance: 16 MB with some thousand ids spell one of thirty
 * names of six letters about once in a hundred looks. Everybody has long ones, such as the day of birth.
 */
const longCanaries = personalCanaries.filter((canary) => canary.length > 7)
const [pieceLength, overlap] = [1 << 18, 64]

/** The canaries in the bytes of the store, read as UTF-8 and as single bytes, and what stands around them; lets the servers breathe between pieces. */
async function canariesInBytes(raw: string): Promise<string[]> {
  const found = new Set<string>()
  for (let from = 0; from < raw.length; from += pieceLength - overlap) {
    const piece = raw.slice(from, from + pieceLength)
    for (const text of [folded(piece), folded(Buffer.from(piece, 'latin1').toString('utf8'))])
      for (const canary of longCanaries) {
        const at = text.indexOf(canary)
        if (at >= 0) found.add(`${canary} in ${JSON.stringify(text.slice(Math.max(0, at - 40), at + 60))}`)
      }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return [...found]
}

/** Staff of every university decide about what waits for them: one half is accepted, the other refused. */
async function decideCases(): Promise<number> {
  let decided = 0
  for (const { id, home } of staff) {
    const browser = new PlainBrowser()
    await browser.open(under.town.smpUrl(home))
    await browser.press('For staff: open cases')
    await browser.press(loginName(id))
    for (; browser.forms.some(({ action }) => action.endsWith('/decide')); decided++)
      await browser.press({ button: decided % 2 === 0 ? 'Refuse' : 'Same person', fields: { reason: 'looked at it' } })
  }
  return decided
}

describe('8. After the end, no personal data is left in the store; at no time is any in a log or in a cookie.', () => {
  it('leaves nothing of any story, nor of a transfer that was left, once its end has come', async () => {
    for (const story of stories) await carryStory(story, under.town.smpUrl(story.home))
    const twice = storyOf('changed-name')
    await carryStory(twice, under.town.smpUrl(twice.home))
    // Left at the login abroad, at the choice, at the preview, and at the review.
    const ordinary = storyOf('ordinary')
    await goToLoginAbroad(ordinary, under.town.smpUrl(ordinary.home), new PlainBrowser())
    const atPreview = await under.ask(ordinary)
    await under.preview(atPreview)
    const atReview = await under.ask(ordinary)
    await under.preview(atReview)
    await atReview.browser.press('Send to')
    expect(atReview.browser.heading).toBe('Your results have arrived')

    // While it is under way all of it is there, sealed: the search finds what it looks for.
    const during = await readWholeStore(under.town)
    expect(canariesIn(during.opened)).toEqual(expect.arrayContaining(['tveitnesli', '05068907693', 'perkovljic']))
    expect(canariesIn(during.bodies['ncp previewed/results'] ?? '')).toContain('tveitnesli')
    expect(await canariesInBytes(during.opened)).toContainEqual(expect.stringMatching(/^tveitnesli in /))
    expect(Object.keys(during.bodies)).toEqual(
      expect.arrayContaining([
        'ncp previewed/results',
        'ncp sent/document',
        'smp review/document',
        'smp needs-staff/document',
      ]),
    )
    expect(await canariesInBytes(during.raw)).toEqual([])

    expect(await decideCases()).toBe(2)
    await untilDelivered(under.town)
    // A document that was sent stays ten minutes for a student who lost the page (decision 0001).
    under.putForward(5)
    await under.town.background.tidy()
    expect(Object.keys((await readWholeStore(under.town)).bodies)).toContain('ncp sent/document')
    under.putForward(6)
    await under.town.background.tidy()
    const after = await readWholeStore(under.town)
    // Receipts name nobody; they are there for as long as the end of a transfer is shown.
    const left = (bodies: Readonly<Record<string, string>>) =>
      Object.keys(bodies).filter((name) => !name.endsWith('/receipt'))
    expect(left(after.bodies).filter((name) => /sent|ended|delivered|answering|decided/.test(name))).toEqual([])
    const receipts = Object.entries(after.bodies).filter(([name]) => name.endsWith('/receipt'))
    expect(canariesIn(JSON.stringify(receipts))).toEqual([])

    // What nobody came back for ends by itself; a day later not even the end is left.
    under.putForward(under.smp(ordinary.home).entry.transferMinutes)
    await under.town.background.tidy()
    const ended = await readWholeStore(under.town)
    expect(left(ended.bodies)).toEqual([])
    expect(canariesIn(JSON.stringify(ended.bodies))).toEqual([])
    expect(ended.opened).toContain('"state":"delivered"')
    expect(ended.opened).toContain('"code":"USER_GONE"')
    expect(canariesIn(ended.opened)).toEqual([])
    expect(await canariesInBytes(ended.raw)).toEqual([])

    under.putForward(25 * 60)
    await under.town.background.tidy()
    const nextDay = await readWholeStore(under.town)
    // But for the receipts that students may look at again (decision 0014).
    const { transfers, bodyNames } = JSON.parse(nextDay.rows) as { transfers: { kind: string }[]; bodyNames: unknown[] }
    expect([transfers.filter(({ kind }) => kind !== 'history'), bodyNames]).toEqual([[], []])
    expect(canariesIn(nextDay.opened)).toEqual([])
    expect(await canariesInBytes(nextDay.raw)).toEqual([])
  })

  it('has written no personal data to the log, at its lowest level', () => {
    expect(under.lines.filter((line) => line.includes('"transfer.changed"')).length).toBeGreaterThan(stories.length * 5)
    expect(under.lines.flatMap((line) => canariesIn(line).map((canary) => `${canary} in ${line}`))).toEqual([])
  })

  it('has set no cookie with personal data, and sent nobody to an address with any', () => {
    expect(traffic.cookies.size).toBeGreaterThan(stories.length)
    expect(traffic.urls.size).toBeGreaterThan(stories.length)
    const seen = [...traffic.cookies, ...traffic.urls].map((text) => decodeURIComponent(text.replaceAll('+', ' ')))
    expect(seen.flatMap((text) => canariesIn(text).map((canary) => `${canary} in ${text}`))).toEqual([])
  })

  it('keeps no personal data of the student in the evidence', async () => {
    const lines = await under.town.gateway.store.audit.list({})
    expect(lines.length).toBeGreaterThan(stories.length * 5)
    // Author and reason are those of a member of staff, and sealed.
    const told = lines.map(({ author: _author, reason: _reason, ...line }) => JSON.stringify(line))
    expect(told.flatMap((line) => canariesIn(line).map((canary) => `${canary} in ${line}`))).toEqual([])
  })
})
