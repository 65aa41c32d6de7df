import type { SisErrorKind } from '@emrex-gateway/core'
import type { Scenario } from '@emrex-gateway/testing/contracts'
import { studentOf } from '@emrex-gateway/testing/population'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { alliance, canariesOf, FailingTown, failing, titleOf, type FailingId } from './failing-town.js'

jest.setTimeout(120_000)

/** What a student reads where nothing came from a place, why, and what they can do. */
const words: Readonly<Partial<Record<SisErrorKind, { heading: string; code: string; says: string }>>> = {
  credential: {
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    says: 'its student records do not let us in at the moment. The people who run this service were told. Try again tomorrow.',
  },
  expired: {
    heading: 'The login has expired',
    code: 'LOGIN_EXPIRED',
    says: 'your permission to read there has run out. Begin again, and log in once more.',
  },
  'bad-data': {
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    says: 'we did not understand the answer of its student records. This is not your fault, and trying again will not help today. Ask its student office for a transcript.',
  },
  unavailable: {
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    says: 'its student records do not answer. Try again later.',
  },
  timeout: {
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    says: 'its student records did not answer in time. Try again in a few minutes.',
  },
  'rate-limited': {
    heading: 'The student records are not available',
    code: 'SIS_DOWN',
    says: 'its student records are very busy. Try again in a few minutes.',
  },
  forbidden: {
    heading: 'The student records give us nothing',
    code: 'SIS_FORBIDS',
    says: 'its student records may not tell us about you. Ask its student office for a transcript. It can tell you why.',
  },
}

const all = (kind: SisErrorKind) => ({ norrberg: kind, pierwszy: kind, forste: kind, suomi: kind }) as const
/** How each system fails, and what that is. `failing` is a SOAP fault at VIRTA, `error-with-200` errors of GraphQL at FS. */
const failures: readonly (readonly [Scenario, Partial<Record<FailingId, SisErrorKind>>])[] = [
  ['credential-refused', all('credential')],
  ['certificate-expired', { norrberg: 'credential' }],
  ['grant-expired', { pierwszy: 'expired' }],
  ['web-page', all('bad-data')],
  ['truncated', all('bad-data')],
  ['error-with-200', { norrberg: 'bad-data', forste: 'bad-data', suomi: 'unavailable' }],
  ['failing', all('unavailable')],
  ['rate-limited', all('rate-limited')],
  ['slow', all('timeout')],
  ['down', all('unavailable')],
  ['forbidden', all('forbidden')],
]

let town: FailingTown
beforeAll(async () => {
  // Enough for systems that are well, on a machine that is busy, too; those that are slow take longer.
  town = await FailingTown.start({ collectSeconds: 15 })
})
afterAll(() => town.stop())
afterEach(async () => {
  for (const id of failing) await town.system(id).is('well')
})

/** Minutes: so long is a system left alone that failed often. */
const leftAlone = 0.55
const isLeftAlone = (kind: SisErrorKind): boolean => ['credential', 'unavailable', 'timeout'].includes(kind)

const gapOf = (id: FailingId, kind: SisErrorKind): string => `${titleOf(id)}: ${words[kind]!.says}`

describe('a system that fails while results are read', () => {
  it.each(failures)('is told to the student and to the operator, and nothing is lost: %s', async (scenario, kinds) => {
    const ids = failing.filter((id) => kinds[id] !== undefined)
    const shared = ids.filter((id) => id !== 'pierwszy')
    const before = town.under.lines.length
    const [ally, ...arrived] = await town.arriveAll([alliance, ...ids])

    for (const id of ids) await town.system(id).is(scenario)
    const [withGaps, ...guests] = await Promise.all([ally!, ...arrived].map((guest) => guest.read()))
    for (const id of ids) await town.system(id).is('well')

    // The only place: an end, with the reason and what to do.
    for (const [index, id] of ids.entries()) {
      const kind = kinds[id]!
      const { browser, transferId } = guests[index]!
      expect([id, browser.heading]).toEqual([id, words[kind]!.heading])
      expect(browser.text).toContain(gapOf(id, kind))
      await browser.press(`Back to ${town.outside.host}`)
      const returnMessage = `The results could not be fetched (${words[kind]!.code}).`
      expect(town.outside.answersTo(guests[index]!)).toMatchObject([{ returnCode: 'NCP_ERROR', returnMessage }])
      expect((await evidenceOf(town.under, transferId)).code).toBe(words[kind]!.code)
    }

    // One of several places: its line among what is missing, and the results of the others.
    const { browser } = withGaps!
    expect(browser.heading).toBe('Choose your results')
    expect(browser.text).toContain('Physics')
    expect(browser.text.includes('Something is missing')).toBe(shared.length > 0)
    for (const id of shared) expect(browser.text).toContain(gapOf(id, kinds[id]!))
    await browser.press('Show what will be sent')
    await browser.press('Send to')
    expect(town.outside.answersTo(withGaps!)).toMatchObject([{ returnCode: 'NCP_OK' }])

    // The operator reads which system failed for which entry, how, and for which transfer.
    const lines = town.lines(before)
    const told = ids.map((id, index) => ({ entry: id as string, id, guest: guests[index]! }))
    for (const { entry, id, guest } of [...told, ...shared.map((id) => ({ entry: alliance, id, guest: withGaps! }))]) {
      const reference = guest.transferId.slice(0, 8)
      const line = { event: 'sis.failed', entry, connection: id, kind: kinds[id], reference }
      expect(lines).toContainEqual(expect.objectContaining(line))
    }
    for (const id of ids.filter((each) => kinds[each] === 'credential'))
      expect(lines).toContainEqual(expect.objectContaining({ event: 'sis.credential-refused', connection: id }))
    for (const canary of canariesOf(studentOf('ada'))) expect(town.under.lines.join('\n')).not.toContain(canary)

    // Then the same student gets through. No more is put forward than a clock may be wrong: USOS would refuse us.
    if (Object.values(kinds).some(isLeftAlone)) town.under.putForward(leftAlone)
    for (const guest of await Promise.all((await town.arriveAll(ids)).map((each) => each.read()))) {
      expect([guest.ncp, guest.browser.heading]).toEqual([guest.ncp, 'Choose your results'])
      await guest.browser.press('Show what will be sent')
      await guest.browser.press('Send to')
      expect(town.outside.answersTo(guest)).toMatchObject([{ returnCode: 'NCP_OK' }])
    }
  })

  it.each(['norrberg', 'forste'] as const)(
    'gives nothing about a protected person, and never says why: %s',
    async (id) => {
      const before = town.under.lines.length
      const { browser } = await (await town.arrive(id, 'isak')).read()
      expect(browser.heading).toBe(words.forbidden!.heading)
      expect(browser.text).toContain(gapOf(id, 'forbidden'))
      expect(browser.text).not.toMatch(/protect|secret|refused them|arrived/i)
      expect(town.lines(before)).toContainEqual(
        expect.objectContaining({ event: 'sis.failed', connection: id, kind: 'forbidden' }),
      )
      for (const canary of canariesOf(studentOf('isak'))) expect(town.under.lines.join('\n')).not.toContain(canary)
    },
  )
})
