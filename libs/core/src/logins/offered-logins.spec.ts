import type { IdentityProvider, IdentityProviderInfo } from '../ports/identity-provider.js'
import { howFound, offeredLogins, type LookupPlace } from './offered-logins.js'

const info = (id: string, change: Partial<IdentityProviderInfo> = {}): IdentityProviderInfo => ({
  ...{ id, kind: 'eid', label: `Login ${id}`, countries: ['NO'], bestLoa: 'high' },
  ...{ delivers: ['national:NO'], deliversBirthDate: true },
  ...change,
})
const login = (id: string, change: Partial<IdentityProviderInfo> = {}): IdentityProvider => ({
  info: info(id, change),
  begin: () => Promise.reject(new Error('not begun here')),
  correlate: () => undefined,
  complete: () => Promise.reject(new Error('not completed here')),
})
const havet: LookupPlace = { title: 'Havet University', findBy: ['nationalId', 'esi'], secondProof: false }
const fjord: LookupPlace = { title: 'Fjord College', findBy: ['learnerId'], secondProof: false }
const none = () => undefined

describe('howFound', () => {
  it.each([
    [['national:NO'], havet, 'by-identifier'],
    [['esi', 'eppn'], havet, 'by-identifier'],
    [['eppn', 'saml-nameid', 'eidas'], havet, undefined],
    [['student:fjord.example'], fjord, 'by-identifier'],
    [['learner-id'], fjord, 'by-identifier'],
    [['national:NO'], fjord, undefined],
    [['national:FI'], { ...havet, nationalIdsOf: ['NO'] }, undefined],
    [['national:NO'], { ...havet, nationalIdsOf: ['NO', 'SE'] }, 'by-identifier'],
    [[], { ...havet, secondProof: true }, 'by-second-proof'],
    [['national:NO'], { ...havet, secondProof: true }, 'by-identifier'],
  ] as const)('%j at %j: %s', (delivers, place, how) => {
    expect(howFound({ id: 'login', delivers, deliversBirthDate: true }, place)).toBe(how)
  })

  it('leads to a place that only one login opens by that login alone', () => {
    const place = { ...havet, findBy: [], onlyBy: 'usos', secondProof: true }
    const delivers = ['national:NO'] as const
    expect(howFound({ id: 'usos', delivers, deliversBirthDate: true }, place)).toBe('by-identifier')
    expect(howFound({ id: 'other', delivers, deliversBirthDate: true }, place)).toBeUndefined()
  })
})

describe('offeredLogins', () => {
  const offered = (
    logins: IdentityProvider[],
    change: object = {},
    stateOf: Parameters<typeof offeredLogins>[2] = none,
  ) => offeredLogins(logins, { minimumLoa: 'none', places: [havet, fjord], ...change }, stateOf)

  it('leaves out a login that is too weak, and one that leads nowhere', () => {
    const logins = [login('strong'), login('weak', { bestLoa: 'low' }), login('blind', { delivers: ['eppn'] })]
    expect(offered(logins, { minimumLoa: 'substantial' }).map(({ id }) => id)).toEqual(['strong'])
  })

  it('says which places a login serves', () => {
    const both = login('both', { delivers: ['esi', 'student:fjord.example'] })
    expect(offered([login('eid'), both])).toMatchObject([
      { id: 'eid', serves: ['Havet University'], needsStudentNumber: false },
      { id: 'both', serves: ['Havet University', 'Fjord College'] },
    ])
  })

  it('puts those last that need a student number as well', () => {
    const places = [{ ...havet, secondProof: true }]
    const logins = [login('proxy', { delivers: ['oidc-sub'] }), login('eid')]
    expect(offered(logins, { places })).toMatchObject([
      { id: 'eid', needsStudentNumber: false },
      { id: 'proxy', needsStudentNumber: true, serves: ['Havet University'] },
    ])
  })

  it('keeps a login that is down, and says so', () => {
    const down = (id: string) => ({ available: id !== 'eid', findings: [] })
    expect(offered([login('eid'), login('other')], {}, down).map(({ available }) => available)).toEqual([false, true])
  })
})
