import type { Identity } from '@emrex-gateway/core'
import { identityOfOrder, ownerOfAsked, type AskedApplicant } from './request-desk.js'

const ana = { given: 'Ana', family: 'García López' }
const born = '1999-03-04'

const ordered = (applicant: AskedApplicant['applicant']): AskedApplicant => ({
  ...{ request: 'request-1', person: 'person-1', client: 'jobs', applicant },
  asked: {
    ...{
      asker: 'Jobs Example',
      purpose: { en: 'A job' },
      legalBasis: {},
      fields: [],
      retentionDays: 30,
      language: 'en',
    },
  },
})
/** An account of a university: the address of the account, and what else is given. */
const login = (names: Identity['names'], birthDate?: string): Identity => ({
  ...{ provider: 'campus', issuer: 'urn:test', subject: '1', loa: 'low', authenticatedAt: '2026-11-02T10:00:00Z' },
  identifiers: [{ scheme: 'eppn', value: 'ana@hav.example', persistence: 'reissuable' }],
  ...{ names, roles: [], ...(birthDate && { birthDate: { value: birthDate, precision: 'day' } }) },
})
const named = (given: string, family: string) => [{ given, family, kind: 'current' as const }]
const owner = {
  person: 'person-1',
  institution: { code: 'jobs', title: 'Jobs Example' },
  learner: { givenNames: 'Ana', familyName: 'García López', bday: born },
}

describe('ownerOfAsked', () => {
  it.each<[string, Identity]>([
    ['neither name nor birth date', login([])],
    ['a name of nothing but signs', login(named('-', 'XXX'))],
    ['a birth date alone', login([], born)],
    ['one of two family names, and no birth date', login(named('Ana', 'García'))],
    ['a name written nearly so, and no birth date', login(named('Ana', 'Garcia Lopes'))],
    ['one name alone, and no birth date', login(named('Ana García López', '-'))],
    ['another family name with the same birth date: a marriage', login(named('Ana', 'Moreno'), born)],
  ])('lets an applicant go on whose login says %s', (_, identity) => {
    expect(ownerOfAsked(ordered({ name: ana, birthDate: born }), identity)).toMatchObject({
      owner: { learner: owner.learner },
    })
  })

  it.each<[string, Identity, string[]]>([
    ['another birth date', login(named('Ana', 'García López'), '1998-03-04'), ['birth-date']],
    ['another birth date and no name', login([], '1998-03-04'), ['birth-date']],
    ['another given name with the same birth date', login(named('Eva', 'García López'), born), ['given']],
    ['another family name, and no birth date', login(named('Ana', 'Moreno')), ['family']],
    ['other names', login(named('Oskar', 'Testman'), born), ['family', 'given']],
  ])('refuses one whose login says %s, and names what differs', (_, identity, fields) => {
    expect(ownerOfAsked(ordered({ name: ana, birthDate: born }), identity)).toEqual({ fields })
  })

  it('takes from the login what the order does not say, and compares a birth date that stands alone', () => {
    expect(ownerOfAsked(ordered({}), login(named('Ana', 'García López'), born))).toEqual({ owner })
    expect(ownerOfAsked(ordered({ name: ana }), login(named('Ana', 'García'), born))).toEqual({ owner })
    const alone = ordered({ birthDate: born })
    expect(ownerOfAsked(alone, login(named('Ana', 'García López')))).toEqual({ owner })
    expect(ownerOfAsked(alone, login(named('Ana', 'García López'), '1998-03-04'))).toEqual({ fields: ['birth-date'] })
  })

  it('marks an applicant whose login told nothing of them, and no other', () => {
    const personBy = (identity: Identity) => {
      const found = ownerOfAsked(ordered({ name: ana, birthDate: born }), identity)
      return 'owner' in found && found.owner.person
    }
    expect([login([]), login(named('-', 'XXX'))].map(personBy)).toEqual(['person-1 silent', 'person-1 silent'])
    expect([login([], born), login(named('Ana', 'García'))].map(personBy)).toEqual(['person-1', 'person-1'])
  })

  it('takes the order for the applicant where nobody logs in', () => {
    const asked = ordered({ name: ana, birthDate: born })
    expect(ownerOfAsked(asked, identityOfOrder(asked, new Date(0)))).toEqual({ owner })
  })
})
