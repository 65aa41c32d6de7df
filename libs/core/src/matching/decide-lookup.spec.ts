import type { Learner } from '@emrex-gateway/elmo'
import type { Identity, PersonIdentifier } from '../identity.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { decideLookup } from './decide-lookup.js'

const norwegian: PersonIdentifier = { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong' }
const finnish: PersonIdentifier = { scheme: 'national:FI', value: '131052-308T', persistence: 'lifelong' }
const studentNumber: PersonIdentifier = { scheme: 'student:hav.example', value: '4711', persistence: 'reissuable' }
const esiOf = (issuer: string): PersonIdentifier => ({
  ...{ scheme: 'esi', value: `urn:schac:personalUniqueCode:int:esi:${issuer}:7`, persistence: 'lifelong' },
})

const login = (identifiers: readonly PersonIdentifier[], birthDate: string | undefined = '1999-05-17'): Identity => ({
  ...{ provider: 'demo', issuer: 'demo', subject: 's', loa: 'substantial', authenticatedAt: '2026-02-11T10:00:00Z' },
  ...{ names: [{ given: 'Ane', family: 'Vik', kind: 'current' }], identifiers, roles: [] },
  ...(birthDate === '' ? {} : { birthDate: { value: birthDate, precision: 'day' } }),
})

const hav = { code: 'HAV', title: 'Havet University', country: 'NO', schac: 'hav.example' }
const fjord = { code: 'FJORD', title: 'Fjord College', country: 'NO', schac: 'fjord.example' }
const vik: Learner = { givenNames: 'Ane', familyName: 'Vik', bday: '1999-05-17' }
const numbered = (type: string, { value }: PersonIdentifier, rest: Partial<Learner> = {}): Learner => ({
  ...{ ...vik, identifier: [{ type, value }] },
  ...rest,
})
const { bday: _unknown, ...undated } = vik
const enrolment = (learner: Learner, rest: Partial<Enrolment> = {}): Enrolment => ({
  ...{ person: 'p1', institution: hav, learner },
  ...rest,
})
const enrolled = enrolment(numbered('nationalIdentifier', norwegian))

describe('decideLookup', () => {
  it('tier 1: takes the one record with the national identifier of its own country, whatever the names', () => {
    const renamed = enrolment(numbered('nationalIdentifier', norwegian, { familyName: 'Moreno' }))
    expect(decideLookup(login([norwegian]), [renamed])).toEqual({ found: [renamed] })
    expect(decideLookup(login([norwegian], ''), [enrolled])).toEqual({ found: [enrolled] })
  })

  it('tier 1: believes a SIS that searched by the number but does not show it', () => {
    const hidden = enrolment(undated, { foundBy: 'nationalId' })
    expect(decideLookup(login([norwegian]), [hidden])).toEqual({ found: [hidden] })
    const showsAnother = enrolment(numbered('nationalIdentifier', { ...norwegian, value: '05068907694' }), {
      foundBy: 'nationalId',
    })
    expect(decideLookup(login([norwegian]), [showsAnother])).toMatchObject({ end: 'ID_INSUFFICIENT' })
  })

  it('tier 2: takes an identifier that this university gave, and asks for a birth date with one from elsewhere', () => {
    const ours = enrolment({ ...undated, identifier: [{ type: 'esi', value: esiOf('HAV.example').value }] })
    expect(decideLookup(login([esiOf('hav.example')]), [ours])).toEqual({ found: [ours] })
    const shared = { ...ours, institution: { ...hav, schac: 'x.example', esiIssuer: 'HAV.example' } }
    expect(decideLookup(login([esiOf('hav.example')]), [shared])).toEqual({ found: [shared] })
    const foreign = enrolment({ ...undated, identifier: [{ type: 'esi', value: esiOf('elsewhere.example').value }] })
    expect(decideLookup(login([esiOf('elsewhere.example')]), [foreign])).toEqual({
      ...{ end: 'ID_INSUFFICIENT', missing: ['birthDate'] },
    })
    const byNumber = enrolment(undated, { foundBy: 'learnerId' })
    expect(decideLookup(login([studentNumber]), [byNumber])).toEqual({ found: [byNumber] })
    expect(decideLookup(login([studentNumber]), [enrolment(undated)])).toMatchObject({ end: 'ID_INSUFFICIENT' })
  })

  it('tier 4: takes the number of another country only with an equal birth date', () => {
    const guest = enrolment(numbered('nationalIdentifier', finnish))
    expect(decideLookup(login([finnish]), [guest])).toEqual({ found: [guest] })
    const noDate = enrolment({ ...undated, identifier: guest.learner.identifier! })
    expect(decideLookup(login([finnish]), [noDate])).toEqual({ end: 'ID_INSUFFICIENT', missing: ['birthDate'] })
    const onlyYear = enrolment({ ...guest.learner, bday: '1999' })
    expect(decideLookup(login([finnish]), [onlyYear])).toEqual({ end: 'ID_INSUFFICIENT', missing: ['birthDate'] })
  })

  it('tier 5: never takes a birth date with a name, even when exactly one record fits', () => {
    expect(decideLookup(login([norwegian]), [enrolment(vik)])).toEqual({
      end: 'ID_INSUFFICIENT',
      missing: ['identifier'],
    })
    expect(decideLookup(login([]), [enrolment(vik)])).toEqual({ end: 'ID_INSUFFICIENT', missing: ['identifier'] })
  })

  it('tier 6: says what is missing', () => {
    const missing = ['identifier', 'birthDate']
    expect(decideLookup(login([], ''), [enrolment(vik)])).toEqual({ end: 'ID_INSUFFICIENT', missing })
    expect(decideLookup(login([norwegian]), [enrolment(undated)])).toEqual({ end: 'ID_INSUFFICIENT', missing })
  })

  it('does not tell a login without an identifier whether the person is a student here', () => {
    expect(decideLookup(login([]), [])).toEqual(decideLookup(login([]), [enrolment(vik)]))
  })

  it('finds nobody: no record, or only records of others', () => {
    expect(decideLookup(login([norwegian]), [])).toEqual({ end: 'ID_NOT_FOUND' })
    const namesake = enrolment({ ...vik, givenNames: 'Lars' })
    expect(decideLookup(login([norwegian]), [namesake])).toEqual({ end: 'ID_NOT_FOUND' })
  })

  it('refuses when the birth date or another identifier contradicts the one that is shared', () => {
    const born = enrolment(numbered('nationalIdentifier', norwegian, { bday: '1989-06-05' }))
    expect(decideLookup(login([norwegian]), [born])).toEqual({ end: 'ID_MISMATCH', fields: ['birthDate'] })
    expect(decideLookup(login([norwegian]), [enrolled, born])).toEqual({ end: 'ID_MISMATCH', fields: ['birthDate'] })
    const other = enrolment(numbered('esi', { ...esiOf('hav.example'), value: `${esiOf('hav.example').value}8` }), {
      foundBy: 'nationalId',
    })
    expect(decideLookup(login([norwegian, esiOf('hav.example')]), [other])).toEqual({
      ...{ end: 'ID_MISMATCH', fields: ['identifier'] },
    })
  })

  it('gives all enrolments of one person, also at several institutions', () => {
    const twice = [enrolled, enrolled, { ...enrolled, institution: fjord, person: 'p9' }]
    expect(decideLookup(login([norwegian]), twice)).toEqual({ found: twice })
  })

  it('leaves out records of others beside the proven one', () => {
    const sister = enrolment({ ...vik, givenNames: 'Lise' }, { person: 'p2' })
    expect(decideLookup(login([norwegian]), [sister, enrolled])).toEqual({ found: [enrolled] })
  })

  it('never takes the first of two persons: two keys at one institution, or two birth dates', () => {
    const second = { ...enrolled, person: 'p2' }
    expect(decideLookup(login([norwegian]), [enrolled, second])).toEqual({ end: 'ID_AMBIGUOUS' })
    const elsewhere = enrolment(numbered('nationalIdentifier', norwegian, { bday: '1989-06-05' }), {
      institution: fjord,
    })
    expect(decideLookup(login([norwegian], ''), [enrolled, elsewhere])).toEqual({ end: 'ID_AMBIGUOUS' })
    const { bday: dateOfBirth, ...young } = elsewhere.learner
    const inV2 = { ...elsewhere, learner: { ...young, dateOfBirth: dateOfBirth! } }
    expect(decideLookup(login([norwegian], ''), [enrolled, inV2])).toEqual({ end: 'ID_AMBIGUOUS' })
  })

  describe('with a link', () => {
    const linked = [enrolment(vik, { foundBy: 'learnerId' })]

    it('tier 3: takes the student of a link that was proved before', () => {
      expect(decideLookup(login([]), [], { linked })).toEqual({ found: linked, linked: true })
      expect(decideLookup(login([finnish]), [], { linked })).toEqual({ found: linked, linked: true })
      expect(decideLookup(login([], ''), [enrolment(vik)], { linked })).toEqual({ found: linked, linked: true })
    })

    it('keeps it when a name has changed, and not when a birth date or an identifier contradicts', () => {
      const renamed = [enrolment({ ...vik, familyName: 'Moreno' })]
      expect(decideLookup(login([]), [], { linked: renamed })).toEqual({ found: renamed, linked: true })
      const born = [enrolment({ ...vik, bday: '1989-06-05' })]
      expect(decideLookup(login([]), [], { linked: born })).toMatchObject({ end: 'ID_INSUFFICIENT' })
      const another = enrolment(numbered('esi', { ...esiOf('hav.example'), value: `${esiOf('hav.example').value}8` }))
      expect(decideLookup(login([esiOf('hav.example')]), [], { linked: [another] })).toEqual({ end: 'ID_NOT_FOUND' })
    })

    it('is not for whoever got the account later, of which the birth date says nothing', () => {
      const eppn: PersonIdentifier = { scheme: 'eppn', value: 'avik@hav.example', persistence: 'reissuable' }
      const sub: PersonIdentifier = { scheme: 'oidc-sub', value: 'avik', persistence: 'reissuable' }
      const lasting: PersonIdentifier = { ...sub, persistence: 'pairwise' }
      const renamed = [enrolment({ ...vik, familyName: 'Moreno' }, { foundBy: 'learnerId' })]
      const byAccount = (account: PersonIdentifier, subject: string, birthDate = ''): Identity => ({
        ...login([account], birthDate),
        subject,
      })
      for (const who of [byAccount(eppn, 'eppn:avik@hav.example'), byAccount(sub, 'avik')]) {
        expect(decideLookup(who, [], { linked })).toEqual({ found: linked, linked: true })
        expect(decideLookup({ ...who, names: [] }, [], { linked })).toEqual({ found: linked, linked: true })
        expect(decideLookup(who, [], { linked: renamed, canAsk: true })).toEqual({ ask: 'second-proof' })
      }
      for (const who of [byAccount(sub, 'avik', '1999-05-17'), byAccount(lasting, 'avik'), byAccount(eppn, 'other')])
        expect(decideLookup(who, [], { linked: renamed })).toEqual({ found: renamed, linked: true })
    })

    it('puts what the login itself proves first, and what contradicts it before everything', () => {
      const other = [enrolment(vik, { person: 'p2' })]
      expect(decideLookup(login([norwegian]), [enrolled], { linked: other })).toEqual({ found: [enrolled] })
      const born = enrolment(numbered('nationalIdentifier', norwegian, { bday: '1989-06-05' }))
      expect(decideLookup(login([norwegian]), [born], { linked: other })).toMatchObject({ end: 'ID_MISMATCH' })
    })

    it('lets the student number of the login say nothing about the number that the link is found by', () => {
      const born = [enrolment({ ...vik, bday: '1989-06-05' }, { foundBy: 'learnerId' })]
      expect(decideLookup(login([studentNumber]), [], { linked: born })).toEqual({ end: 'ID_NOT_FOUND' })
    })
  })

  describe('where a second proof is possible', () => {
    const canAsk = { canAsk: true }
    const ask = { ask: 'second-proof' }

    it('tiers 5 and 6: asks for it, whether there is a record or not', () => {
      for (const who of [login([]), login([], '')])
        for (const found of [[], [enrolment(vik)], [enrolment(undated)]])
          expect(decideLookup(who, found, canAsk)).toEqual(ask)
      expect(decideLookup(login([norwegian]), [enrolment(vik)], canAsk)).toEqual(ask)
      expect(
        decideLookup(
          login([finnish]),
          [enrolment({ ...undated, ...numbered('nationalIdentifier', finnish, { bday: '1999' }) })],
          canAsk,
        ),
      ).toEqual(ask)
    })

    it('asks nobody who is proven, contradicted, ambiguous or not there', () => {
      expect(decideLookup(login([norwegian]), [enrolled], canAsk)).toEqual({ found: [enrolled] })
      expect(decideLookup(login([norwegian]), [], canAsk)).toEqual({ end: 'ID_NOT_FOUND' })
      const second = { ...enrolled, person: 'p2' }
      expect(decideLookup(login([norwegian]), [enrolled, second], canAsk)).toEqual({ end: 'ID_AMBIGUOUS' })
      const born = enrolment(numbered('nationalIdentifier', norwegian, { bday: '1989-06-05' }))
      expect(decideLookup(login([norwegian]), [born], canAsk)).toMatchObject({ end: 'ID_MISMATCH' })
    })

    it('asks again when the link does not hold any more', () => {
      const born = [enrolment({ ...vik, bday: '1989-06-05' })]
      expect(decideLookup(login([]), [], { linked: born, ...canAsk })).toEqual(ask)
    })
  })
})
