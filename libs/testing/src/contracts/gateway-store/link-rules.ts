/// <reference types="jest" />
import { defaults, type LinkSubject, type NewLink } from '@emrex-gateway/core'
import { minuteMs, noon, type StoreBench } from './store-bench.js'

const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const otherKey = new Uint8Array(32).fill(8)
const key = new Uint8Array(32).fill(7)

const login: LinkSubject = { provider: 'canary-login', issuer: 'canary-issuer', subject: 'canary-subject' }
const otherLogin: LinkSubject = { ...login, subject: 'canary-other-subject' }
const link: NewLink = {
  student: { person: 'canary-person', institution: 'canary-institution' },
  claims: [{ type: 'learnerId', scheme: 'hav.example', value: 'canary-number' }],
  proof: { by: 'code', sentTo: 'c•••@canary.example' },
  loa: 'low',
}
const weak = { tier1: false }

/** What holds about links from logins to students, and about the attempts to prove one. */
export function linkRules({ clock, close, open, place, store }: StoreBench): void {
  it('finds a link by its login and SIS, and by nothing else', async () => {
    const added = await store().links.add(login, 'hav', link, weak)
    expect(added).toMatchObject({ ...link, linkedAt: noon, usedAt: noon })
    expect(await store().links.find(login, 'hav')).toEqual(added)
    expect(await store().links.find(login, 'fjord')).toBeUndefined()
    for (const part of ['provider', 'issuer', 'subject'] as const)
      expect(await store().links.find({ ...login, [part]: 'x' }, 'hav')).toBeUndefined()
  })

  it('leaves no word of a link and of an attempt readable at rest', async () => {
    const { id } = (await store().links.add(login, 'hav', link, weak))!
    await store().attempts.count(login, 'hav', 'typed')
    await close()
    const bytes = Buffer.from(await place().bytesAtRest())
    // The id must be found: it proves that the right bytes were searched.
    expect([bytes.includes(id), bytes.includes('canary')]).toEqual([true, false])
  })

  it('links a login to one student per SIS: a later link takes the place of the earlier one', async () => {
    await store().links.add(login, 'hav', link, weak)
    const other = { ...link, student: { ...link.student, person: 'another' } }
    const second = await store().links.add(login, 'hav', other, weak)
    expect(await store().links.find(login, 'hav')).toEqual(second)
    expect(await store().links.add(otherLogin, 'hav', link, weak)).toBeDefined()
  })

  it('links a second login to the same student only with evidence of tier 1, and leaves the first link alone', async () => {
    const first = await store().links.add(login, 'hav', link, weak)
    expect(await store().links.add(otherLogin, 'hav', link, weak)).toBeUndefined()
    expect(await store().links.find(otherLogin, 'hav')).toBeUndefined()
    expect(await store().links.add(otherLogin, 'hav', link, { tier1: true })).toBeDefined()
    expect(await store().links.find(login, 'hav')).toEqual(first)
    expect(await store().links.add(otherLogin, 'fjord', link, weak)).toBeDefined()
  })

  it('lets of two logins that are linked to one student at the same moment only one win', async () => {
    const subjects = Array.from({ length: 8 }, (_, index) => ({ ...login, subject: `s${index}` }))
    const added = await Promise.all(subjects.map((subject) => store().links.add(subject, 'hav', link, weak)))
    expect(added.filter((one) => one !== undefined)).toHaveLength(1)
  })

  it('lets a link die when nobody used it for 13 months, and live on when somebody did', async () => {
    const { id } = (await store().links.add(login, 'hav', link, weak))!
    const unusedMs = defaults.linkUnusedDays * dayMs
    clock.now = noon + unusedMs - 1
    await store().links.touch(id)
    expect(await store().links.find(login, 'hav')).toMatchObject({ id, linkedAt: noon, usedAt: clock.now })
    clock.now += unusedMs - 1
    await store().purge(clock.now)
    expect(await store().links.find(login, 'hav')).toMatchObject({ id })
    clock.now += 1
    expect(await store().links.find(login, 'hav')).toBeUndefined()
    expect(await store().links.add(otherLogin, 'hav', link, weak)).toBeDefined()
    const end = clock.now + unusedMs
    await store().purge(end)
    // Removed, and not only passed over: even a clock that is put back finds nothing.
    expect(await store().links.find(otherLogin, 'hav')).toBeUndefined()
  })

  it('removes a link on request, once and for all', async () => {
    const { id } = (await store().links.add(login, 'hav', link, weak))!
    await store().links.remove(id)
    await store().links.remove(id)
    expect(await store().links.find(login, 'hav')).toBeUndefined()
  })

  it('finds links, and counts attempts, from before the key was changed', async () => {
    const added = await store().links.add(login, 'hav', link, weak)
    await count(3)
    await close()
    const renewed = await open({ key: otherKey, previousKeys: [key] })
    expect(await renewed.links.find(login, 'hav')).toEqual(added)
    expect(await renewed.links.add(otherLogin, 'hav', link, weak)).toBeUndefined()
    expect(await renewed.attempts.count(login, 'hav', 'typed')).toBe(false)
    expect(await renewed.links.add(login, 'hav', link, weak)).toBeDefined()
  })

  it('keeps a link that is used under the new key from then on, so that the one before can be retired', async () => {
    const added = await store().links.add(login, 'hav', link, weak)
    await store().links.add(otherLogin, 'fjord', link, weak)
    await close()
    const renewed = await open({ key: otherKey, previousKeys: [key] })
    await renewed.links.find(login, 'hav')
    await close()
    const retired = await open({ key: otherKey })
    expect(await retired.links.find(login, 'hav')).toEqual(added)
    expect(await retired.links.add(otherLogin, 'hav', link, weak)).toBeUndefined()
    expect(await retired.links.find(otherLogin, 'fjord')).toBeUndefined()
  })

  const count = async (times: number): Promise<boolean[]> => {
    const allowed: boolean[] = []
    for (let time = 0; time < times; time++) allowed.push(await store().attempts.count(login, 'hav', 'typed'))
    return allowed
  }

  it('counts three attempts of a login at a SIS and refuses the fourth, for 24 hours from the third, also after a restart', async () => {
    expect(await store().attempts.isLocked(login, 'hav', 'typed')).toBe(false)
    await count(1)
    clock.now = noon + 10 * hourMs
    expect(await count(3)).toEqual([true, true, false])
    await close()
    const again = await open()
    clock.now = noon + 34 * hourMs - 1
    expect(await again.attempts.count(login, 'hav', 'typed')).toBe(false)
    expect(await again.attempts.isLocked(login, 'hav', 'typed')).toBe(true)
    clock.now += 1
    await again.purge(clock.now)
    expect(await again.attempts.isLocked(login, 'hav', 'typed')).toBe(false)
    expect(await again.attempts.count(login, 'hav', 'typed')).toBe(true)
  })

  it('gives back one attempt of a kind, and none where nothing was counted', async () => {
    await store().attempts.giveBack(login, 'hav', 'typed')
    await count(3)
    for (const [who, system, kind] of [
      [otherLogin, 'hav', 'typed'],
      [login, 'fjord', 'typed'],
      [login, 'hav', 'asked'],
    ] as const)
      await store().attempts.giveBack(who, system, kind)
    expect(await store().attempts.isLocked(login, 'hav', 'typed')).toBe(true)
    await store().attempts.giveBack(login, 'hav', 'typed')
    expect(await count(2)).toEqual([true, false])
  })

  it('locks nobody else, no other SIS and no other kind', async () => {
    await count(4)
    expect(await store().attempts.count(otherLogin, 'hav', 'typed')).toBe(true)
    expect(await store().attempts.count(login, 'fjord', 'typed')).toBe(true)
    expect(await store().attempts.count(login, 'hav', 'asked')).toBe(true)
  })

  it('lets no more than three of many attempts at the same moment through', async () => {
    const at = Array.from({ length: 12 }, () => store().attempts.count(login, 'hav', 'typed'))
    expect((await Promise.all(at)).filter(Boolean)).toHaveLength(3)
  })

  it('forgets what was counted when the proof succeeded', async () => {
    await count(3)
    await store().attempts.forget(login, 'hav')
    expect(await count(1)).toEqual([true])
  })
}
