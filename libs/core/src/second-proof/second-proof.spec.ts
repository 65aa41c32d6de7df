import type { Claim, Identity, Loa } from '../identity.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { AttemptKind, LinkSubject, LoginLink } from '../ports/login-links.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { defaults } from '../numbers.js'
import { SisError } from '../sis-error.js'
import type { ProofDesk } from './proof-desk.js'
import type { ProofStep } from './proof-step.js'
import { SecondProof } from './second-proof.js'

const hav = { code: 'HAV', title: 'Havet University', country: 'NO', schac: 'hav.example', hasContacts: true }
const enrolmentOf = (person: string, change: Partial<Enrolment> = {}): Enrolment => ({
  ...{ person, institution: hav, foundBy: 'learnerId' },
  learner: { givenNames: 'Ane', familyName: 'Vik', bday: '1999-05-17' },
  ...change,
})
const identity: Identity = {
  ...{ provider: 'eid', issuer: 'i', subject: 's', loa: 'low', authenticatedAt: '2026-02-11T10:00:00Z', roles: [] },
  names: [{ given: 'Ane', family: 'Vik', kind: 'current' }],
  birthDate: { value: '1999-05-17', precision: 'day' },
  identifiers: [],
}

/** A SIS and a store in memory; `records` are found by student number, or by a claim's value. */
function scene(records: Readonly<Record<string, readonly Enrolment[]>>, change: Partial<ProofDesk> = {}) {
  const sent: { to: string; text: string }[] = []
  const links = new Map<string, LoginLink>()
  const attempts: AttemptKind[] = []
  const keyOf = (subject: LinkSubject, system: string) => JSON.stringify([subject.issuer, subject.subject, system])
  let clock = Date.UTC(2026, 1, 11)
  let addresses: Readonly<Record<string, string | undefined>> = { one: 'ane@hav.example', two: 'two@hav.example' }
  const valueOf = (claim: Claim) => ('value' in claim ? claim.value : '')
  const desk: ProofDesk = {
    ...{ entry: 'home', logins: [], minimumLoa: 'none' },
    systems: [
      {
        id: 'sis',
        find: async ({ claims }) => claims.flatMap((claim) => records[valueOf(claim)] ?? []),
        byNumber: {
          institutions: async () => [hav],
          contact: async ({ person }) => {
            const email = addresses[person]
            return email === undefined ? {} : { email }
          },
        },
      },
    ],
    store: {
      links: {
        find: async (subject, system) => links.get(keyOf(subject, system)),
        add: async (subject, system, link) => {
          const added = { ...link, id: `link-${links.size}`, linkedAt: clock, usedAt: clock }
          links.set(keyOf(subject, system), added)
          return added
        },
        touch: async () => {},
        remove: async () => {},
      },
      attempts: {
        count: async (_who, _system, kind) => attempts.push(kind) > 0,
        isLocked: async () => false,
        giveBack: async () => void attempts.pop(),
        forget: async () => {},
      },
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
    mail: {
      sender: { send: async ({ to, text }) => void sent.push({ to, text }) },
      write: (code) => ({ subject: 'code', text: code }),
    },
    now: () => new Date(clock),
    randomId: () => 'salt',
    context: () => ({ signal: AbortSignal.timeout(10_000), languages: ['en'], reference: 'test' }),
    ...change,
  }
  const proof = new SecondProof(desk)
  const tell = async (number: string, who = identity): Promise<ProofStep> => {
    const ways = await proof.ways(who, ['sis'])
    const outcome = await proof.answer(who, { ...ways, step: 'ways' }, { did: 'number', place: '0', number })
    await proof.settled()
    if ('proven' in outcome) throw new Error('a number alone proves nothing')
    return outcome.step
  }
  return {
    ...{ proof, sent, links, tell, attempts },
    later: (ms: number) => void (clock += ms),
    address: (person: string, email: string | undefined) => void (addresses = { ...addresses, [person]: email }),
  }
}

describe('SecondProof', () => {
  it('sends a code for a number whose student can be the person, and takes it', async () => {
    const { proof, sent, links, tell } = scene({ '7': [enrolmentOf('one')] })
    const step = await tell('7')
    expect(sent).toEqual([{ to: 'ane@hav.example', text: expect.stringMatching(/^\d{6}$/) as string }])
    expect(JSON.stringify(step)).not.toContain(sent[0]!.text)
    expect(await proof.answer(identity, step, { did: 'code', code: sent[0]!.text })).toEqual({ proven: 'code' })
    expect([...links.values()]).toMatchObject([
      { student: { person: 'one', institution: 'HAV' }, proof: { by: 'code', sentTo: 'a•••@hav.example' }, loa: 'low' },
    ])
  })

  const other = enrolmentOf('one', { institution: { ...hav, code: 'FJORD' } })
  const sister = { givenNames: 'Lise', familyName: 'Vik', bday: '1999-05-17' }
  it.each<[string, readonly Enrolment[]]>([
    ['nobody has', []],
    ['another person has', [enrolmentOf('one', { learner: sister })]],
    [
      'somebody with another birth date has',
      [enrolmentOf('one', { learner: { ...sister, givenNames: 'Ane', bday: '1998-05-17' } })],
    ],
    ['two people have', [enrolmentOf('one'), enrolmentOf('two')]],
    ['a student of another institution has', [other]],
    ['a student without an address has', [enrolmentOf('three')]],
  ])('sends nothing for a number that %s, and says the same', async (_, found) => {
    const { sent, tell } = scene({ '7': found })
    const { tell: tellGood } = scene({ '7': [enrolmentOf('one')] })
    const { hash: _hash, ...step } = (await tell('7')) as ProofStep & { step: 'code' }
    const { hash: _other, ...good } = (await tellGood('7')) as ProofStep & { step: 'code' }
    expect(sent).toEqual([])
    expect(step).toEqual(good)
  })

  it('takes a number for the institution that was chosen, and demands a choice where there are several', async () => {
    const fjord = { ...hav, code: 'FJORD', schac: 'fjord.example' }
    const asked: string[] = []
    const find = async ({ claims }: { claims: readonly Claim[] }) => {
      for (const claim of claims) if (claim.type === 'learnerId') asked.push(claim.scheme)
      return [enrolmentOf('one'), enrolmentOf('two', { institution: fjord })]
    }
    const contact = async ({ person }: Enrolment) => ({ email: `${person}@mail.example` })
    const byNumber = { institutions: async () => [hav, fjord], contact }
    const { proof, sent } = scene({}, { systems: [{ id: 'sis', find, byNumber }] })
    const ways: ProofStep = { ...(await proof.ways(identity, ['sis'])), step: 'ways' }
    for (const place of ['', '2', '-1', 'x'])
      expect(await proof.answer(identity, ways, { did: 'number', place, number: '7' })).toMatchObject({
        step: { step: 'ways', mistake: 'number' },
      })
    await proof.answer(identity, ways, { did: 'number', place: '1', number: '7' })
    await proof.settled()
    expect([asked, sent.map(({ to }) => to)]).toEqual([['fjord.example'], ['two@mail.example']])
  })

  it('answers before it looks for the number, so that the time of the answer tells nothing', async () => {
    let looked = false
    const never = (): Promise<never> => {
      looked = true
      return new Promise(() => {})
    }
    const { proof } = scene({})
    const ways = await proof.ways(identity, ['sis'])
    const slow = scene({}, { systems: [{ id: 'sis', find: never }] })
    const outcome = await slow.proof.answer(
      identity,
      { ...ways, step: 'ways' },
      { did: 'number', place: '0', number: '7' },
    )
    expect([outcome, looked]).toMatchObject([{ step: { step: 'code' } }, false])
  })

  it('lets a login’s own student number say nothing about a number that was typed', async () => {
    const own = { scheme: 'student:hav.example', value: '1', persistence: 'lifelong' } as const
    const { sent, tell } = scene({ '7': [enrolmentOf('one', { learner: sister })] })
    await tell('7', { ...identity, identifiers: [own] })
    expect(sent).toEqual([])
  })

  it('sends to one plain address and to nothing else', async () => {
    const { sent, tell, address } = scene({ '7': [enrolmentOf('one')] })
    for (const email of ['a@hav.example, b@hav.example', 'a@hav.example\r\nBcc: b@hav.example']) {
      address('one', email)
      await tell('7')
    }
    expect(sent).toEqual([])
  })

  it('sends a code to somebody of whom the login tells a whole name alone, or fewer family names', async () => {
    const { birthDate: _untold, ...undated } = identity
    const named = (family: string, given: string): Identity => ({
      ...undated,
      names: [{ family, given, kind: 'current' }],
    })
    const codesFor = async (who: Identity, learner: Enrolment['learner'] = enrolmentOf('one').learner) => {
      const { sent, tell } = scene({ '7': [enrolmentOf('one', { learner })] })
      await tell('7', who)
      return sent.length
    }
    expect(await codesFor(named('Ane Vik', ''))).toBe(1)
    expect(await codesFor(named('Vik', 'Ane'), { ...sister, givenNames: 'Ane', familyName: 'Vik Moen' })).toBe(1)
    expect(await codesFor(named('Lise Vik', ''))).toBe(0)
  })

  it('takes the number, or the other login, of somebody whose login tells no name: it speaks against nobody', async () => {
    const { birthDate: born, ...silent } = { ...identity, names: [] }
    const { proof, sent, tell } = scene({ '7': [enrolmentOf('one')] })
    await tell('7', silent)
    await tell('7', { ...silent, names: [{ given: '', family: '-', kind: 'current' }] })
    expect(sent).toHaveLength(2)
    await tell('7', { ...silent, birthDate: { ...born!, value: '1998-05-17' } })
    expect(sent).toHaveLength(2)
    expect(await proof.login(silent, ways, account)).toEqual({ proven: 'login' })
  })

  it('takes a code no more when its time is over, or when the student is gone meanwhile', async () => {
    const one = scene({ '7': [enrolmentOf('one')] })
    const step = await one.tell('7')
    one.later(defaults.proofCodeMinutes * 60_000)
    const code = one.sent[0]!.text
    expect(await one.proof.answer(identity, step, { did: 'code', code })).toMatchObject({
      step: { step: 'ways', mistake: 'code-over' },
    })
    const two = scene({ '7': [enrolmentOf('one')] })
    const open = await two.tell('7')
    two.address('one', undefined)
    expect(await two.proof.answer(identity, open, { did: 'code', code: two.sent[0]!.text })).toMatchObject({
      step: { step: 'code', mistake: 'code' },
    })
  })

  it('counts no attempt that a SIS which is down kept from being judged, and every one that is wrong', async () => {
    const down = async (): Promise<never> => {
      throw new SisError('unavailable', 'down', { connection: 'sis' })
    }
    const up = scene({ '7': [enrolmentOf('one')] })
    const step = await up.tell('7')
    const { proof, attempts } = scene({}, { systems: [{ id: 'sis', find: down }] })
    const right = { did: 'code', code: up.sent[0]!.text } as const
    await expect(proof.answer(identity, step, right)).rejects.toThrow('down')
    const kept = { systems: ['sis'], places: [], logins: [] }
    await expect(proof.login(identity, kept, { ...identity, provider: 'other' })).rejects.toThrow('down')
    expect(attempts).toEqual([])
    await proof.answer(identity, step, { did: 'code', code: right.code === '000000' ? '000001' : '000000' })
    await up.proof.login(identity, kept, { ...identity, provider: 'other' })
    expect([attempts, up.attempts]).toEqual([['typed'], ['asked', 'typed']])
  })

  it('asks for nothing that it cannot check: no mail, no addresses, no domain, a SIS that is down', async () => {
    const can = (change: Partial<ProofDesk>) => scene({}, change).proof.canAsk(identity, 'sis')
    const find = async () => []
    const contact = async () => ({})
    const system = (institutions: () => Promise<readonly (typeof hav)[]>) => ({
      systems: [{ id: 'sis', find, byNumber: { institutions, contact } }],
    })
    expect(await can({})).toBe(true)
    expect(await can({ systems: [{ id: 'sis', find }] })).toBe(false)
    expect(await can(system(async () => [{ ...hav, schac: undefined as never }]))).toBe(false)
    expect(await can(system(async () => [{ ...hav, hasContacts: false }]))).toBe(false)
    const { proof } = scene({}, { mail: undefined as never })
    expect(await proof.canAsk(identity, 'sis')).toBe(false)
    const down = async (): Promise<never> => {
      throw new SisError('unavailable', 'down', { connection: 'sis' })
    }
    expect(await can(system(down))).toBe(false)
  })

  it('offers no other login that stays below the level that is demanded: it would be refused each time', async () => {
    const login = (id: string, bestLoa: Loa | 'none') =>
      ({ info: { id, label: id, kind: 'student', bestLoa } }) as unknown as IdentityProvider
    const logins = [login('weak', 'low'), login('strong', 'substantial')]
    const { proof } = scene({}, { logins, minimumLoa: 'substantial' })
    expect((await proof.ways(identity, ['sis'])).logins).toEqual([{ id: 'strong', label: 'strong' }])
    const alone = scene({}, { logins: logins.slice(0, 1), minimumLoa: 'substantial', mail: undefined as never })
    expect(await alone.proof.canAsk(identity, 'sis')).toBe(false)
  })

  it('asks nobody whose login names them anew every time: nothing could be linked, and nothing locked', async () => {
    const { proof } = scene({})
    const transient = { scheme: 'saml-nameid', value: 's', persistence: 'session' } as const
    expect(await proof.canAsk({ ...identity, identifiers: [transient] }, 'sis')).toBe(false)
    expect(await proof.canAsk({ ...identity, identifiers: [{ ...transient, value: 'other' }] }, 'sis')).toBe(true)
    expect(await proof.canAsk({ ...identity, subject: '' }, 'sis')).toBe(false)
    expect(await proof.canAsk({ ...identity, isPassing: true }, 'sis')).toBe(false)
  })

  it('uses a link only where the level that is demanded has not risen above that of its proof', async () => {
    const { proof, sent, tell, links } = scene({ '7': [enrolmentOf('one')] })
    const step = await tell('7')
    await proof.answer(identity, step, { did: 'code', code: sent[0]!.text })
    expect((await proof.linked(identity, 'sis'))?.enrolments).toHaveLength(1)
    const stricter = scene({ '7': [enrolmentOf('one')] }, { minimumLoa: 'substantial' })
    for (const [key, link] of links) stricter.links.set(key, link)
    expect(await stricter.proof.linked(identity, 'sis')).toBeUndefined()
  })

  it('finds by a link only the student that it names, though the SIS gave the number to another one', async () => {
    const { proof, sent, tell, links } = scene({ '7': [enrolmentOf('one')] })
    await proof.answer(identity, await tell('7'), { did: 'code', code: sent[0]!.text })
    const reissued = scene({ '7': [enrolmentOf('two')] })
    for (const [key, link] of links) reissued.links.set(key, link)
    expect((await reissued.proof.linked(identity, 'sis'))?.enrolments).toEqual([])
  })

  const account: Identity = {
    ...identity,
    ...{ provider: 'account', subject: 'a' },
    identifiers: [{ scheme: 'student:hav.example', value: '7', persistence: 'lifelong' }],
  }
  const ways = { systems: ['sis'], places: [], logins: [] }

  it('takes another login that proves a student who can be the person', async () => {
    const { proof, links } = scene({ '7': [enrolmentOf('one')] })
    expect(await proof.login(identity, ways, account)).toEqual({ proven: 'login' })
    expect([...links.values()]).toMatchObject([
      { claims: [{ type: 'learnerId', scheme: 'hav.example', value: '7' }], proof: { by: 'login', login: 'account' } },
    ])
  })

  it('finds by a number of the whole country the student at each institution of the SIS, and at the linked one first', async () => {
    const at = (code: string, person: string, change: Partial<Enrolment> = {}) =>
      enrolmentOf(person, { institution: { ...hav, code, schac: `${code}.example` }, foundBy: 'nationalId', ...change })
    const national = { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong' } as const
    const eid: Identity = { ...account, identifiers: [national] }
    const elsewhere = at('ELV', 'three', { learner: sister, foundBy: 'learnerId' })
    const [hasHav, hasFjord] = [at('HAV', 'one'), at('FJORD', 'two')]
    const peopleOf = async (found: readonly Enrolment[], second: Identity, key: string, later = found) => {
      const { proof, links } = scene({ [key]: found })
      expect(await proof.login(identity, ways, second)).toEqual({ proven: 'login' })
      const next = scene({ [key]: later })
      for (const [name, link] of links) next.links.set(name, link)
      return (await next.proof.linked(identity, 'sis'))?.enrolments.map(({ person }) => person)
    }
    const later = [hasFjord, elsewhere, hasHav]
    expect(await peopleOf([hasHav, hasFjord], eid, national.value, later)).toEqual(['one', 'two'])
    const learnerId = { scheme: 'learner-id', value: '1.2.3', persistence: 'lifelong' } as const
    const byNumber = [at('HAV', 'one', { foundBy: 'learnerId' }), at('FJORD', 'two', { foundBy: 'learnerId' })]
    const student: Identity = { ...account, identifiers: [learnerId] }
    expect(await peopleOf(byNumber, student, learnerId.value)).toEqual(['one', 'two'])
    // The record that was linked contradicts the login by now, or the others are not all one person.
    const born = (bday: string) => ({ learner: { ...hasHav.learner, bday } })
    const contradicts = at('HAV', 'one', born('1998-05-17'))
    expect(await peopleOf([hasHav], eid, national.value, [hasFjord, contradicts])).toEqual(['one'])
    const twoThere = [hasHav, hasFjord, at('FJORD', 'four')]
    expect(await peopleOf([hasHav], eid, national.value, twoThere)).toEqual(['one'])
    // Gone where it was linked; and a number that one institution gave is another student's at the next.
    expect(await peopleOf([hasHav], eid, national.value, [hasFjord])).toEqual([])
    expect(await peopleOf([byNumber[0]!], account, '7', byNumber)).toEqual(['one'])
  })

  it('goes on to the next SIS where one is down, and says that it was where no other has the student', async () => {
    const down = {
      id: 'down',
      find: async () => Promise.reject(new SisError('unavailable', 'down', { connection: 'down' })),
    }
    const both = { ...ways, systems: ['down', 'sis'] }
    const sis = { id: 'sis', find: async () => [enrolmentOf('one')] }
    const { proof, links, attempts } = scene({}, { systems: [down, sis] })
    expect(await proof.login(identity, both, account)).toEqual({ proven: 'login' })
    expect(links.size).toBe(1)
    expect(attempts).toEqual(['typed'])
    const none = scene({}, { systems: [down, { ...sis, find: async () => [] }] })
    await expect(none.proof.login(identity, both, account)).rejects.toThrow(SisError)
  })

  it('links in each SIS what another login proves there: whoever one knows is asked about the others no more', async () => {
    const added: string[] = []
    const systemOf = (id: string, ...found: Enrolment[]) => ({ id, find: async () => found })
    const systems = [
      ...[systemOf('taken', enrolmentOf('one')), systemOf('first', enrolmentOf('two')), systemOf('empty')],
      ...[systemOf('locked', enrolmentOf('three')), systemOf('last', enrolmentOf('four'))],
    ]
    const store: ProofDesk['store'] = {
      links: {
        find: async () => undefined,
        add: async (_who, system, link) => {
          if (system === 'taken') return undefined
          added.push(`${system} ${link.student.person}`)
          return { ...link, id: 'link', linkedAt: 0, usedAt: 0 }
        },
        touch: async () => {},
        remove: async () => {},
      },
      attempts: {
        count: async (_who, system) => system !== 'locked',
        isLocked: async (_who, system) => system === 'locked',
        giveBack: async () => {},
        forget: async () => {},
      },
    }
    const { proof } = scene({}, { systems, store })
    const at = (...ids: string[]) => proof.login(identity, { ...ways, systems: ids }, account)
    expect(await at('taken', 'first', 'empty', 'locked', 'last')).toEqual({ proven: 'login' })
    expect(added).toEqual(['first two', 'last four'])
    expect(await at('empty', 'taken')).toMatchObject({ step: { why: 'other-login-linked' } })
    expect(await at('empty', 'locked')).toMatchObject({ step: { why: 'locked' } })
  })

  it.each<[string, Identity, readonly Enrolment[]]>([
    ['of another person', account, [enrolmentOf('one', { learner: sister })]],
    ['that proves nobody', { ...account, identifiers: [] }, [enrolmentOf('one')]],
    ['of nobody here', account, []],
  ])('takes no other login %s', async (_, second, found) => {
    const { proof, links } = scene({ '7': found })
    expect(await proof.login(identity, ways, second)).toMatchObject({ step: { why: 'login-does-not-fit' } })
    expect(links.size).toBe(0)
  })
})
