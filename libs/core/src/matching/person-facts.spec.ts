import type { Identity, PersonIdentifier } from '../identity.js'
import { personFactsOfIdentity, personFactsOfLearner } from './person-facts.js'

const identity = (identifiers: readonly PersonIdentifier[]): Identity => ({
  ...{ provider: 'demo', issuer: 'demo', subject: 's', loa: 'substantial', authenticatedAt: '2026-02-11T10:00:00Z' },
  ...{
    names: [
      { given: 'Ines', family: 'Prado', kind: 'birth' },
      { given: 'Ines', family: 'Moreno', kind: 'preferred' },
    ],
  },
  ...{ birthDate: { value: '1999-05', precision: 'month' }, identifiers, roles: [] },
})

describe('personFactsOfIdentity', () => {
  it('takes names, the birth date as far as it is known, and nothing that was not asserted', () => {
    expect(personFactsOfIdentity(identity([]))).toEqual({
      names: [
        { given: 'Ines', family: 'Prado', kind: 'birth' },
        { given: 'Ines', family: 'Moreno', kind: 'current' },
      ],
      birthDate: '1999-05',
      identifiers: [],
    })
    const { birthDate: _left, ...undated } = identity([])
    expect(personFactsOfIdentity(undated)).not.toHaveProperty('birthDate')
  })

  it('counts only identifiers that mean the same person everywhere', () => {
    const facts = personFactsOfIdentity(
      identity([
        { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong' },
        { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:hav.example:7', persistence: 'reissuable' },
        { scheme: 'student:hav.example', value: '7', persistence: 'reissuable' },
        { scheme: 'eidas', value: 'NO/SE/lasting', persistence: 'lifelong' },
        { scheme: 'eidas', value: 'NO/SE/passing', persistence: 'pairwise' },
        { scheme: 'esi', value: 'for-this-session', persistence: 'session' },
        { scheme: 'oidc-sub', value: 'sub', persistence: 'lifelong' },
        { scheme: 'saml-nameid', value: 'nameid', persistence: 'lifelong' },
        { scheme: 'eppn', value: 'ines@hav.example', persistence: 'reissuable' },
      ]),
    )
    expect(facts.identifiers.map(({ value }) => value)).toEqual([
      '05068907693',
      'urn:schac:personalUniqueCode:int:esi:hav.example:7',
      '7',
      'NO/SE/lasting',
    ])
  })
})

describe('personFactsOfLearner', () => {
  const learner = {
    ...{ givenNames: 'Ines', familyName: 'Moreno', birthName: 'Prado', bday: '1999-05-17', citizenship: 'SE' },
    identifier: [
      { type: 'nationalIdentifier', value: '050689 07693' },
      { type: 'ESI', value: 'urn:schac:personalUniqueCode:int:esi:hav.example:7' },
      { type: 'studentIdentifier', value: '7' },
    ],
  }

  it('takes the birth name as a second name', () => {
    expect(personFactsOfLearner(learner).names).toEqual([
      { given: 'Ines', family: 'Moreno', kind: 'current' },
      { given: 'Ines', family: 'Prado', kind: 'birth' },
    ])
    expect(personFactsOfLearner({ ...learner, birthName: '-' }).names).toHaveLength(1)
  })

  it('takes the birth date where ELMO 2.0 has it, and as 2.1.1 says where both are there and differ', () => {
    const { bday, ...young } = learner
    expect(personFactsOfLearner({ ...young, dateOfBirth: bday }).birthDate).toBe('1999-05-17')
    expect(personFactsOfLearner({ ...learner, dateOfBirth: '1999-05-18' }).birthDate).toBe('1999-05-18')
    expect(personFactsOfLearner(young)).not.toHaveProperty('birthDate')
  })

  it('takes the national identifier only with the country that gave it', () => {
    const esi = { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:hav.example:7' }
    expect(personFactsOfLearner(learner).identifiers).toEqual([esi])
    expect(personFactsOfLearner(learner, 'no').identifiers).toEqual([
      { scheme: 'national:NO', value: '05068907693' },
      esi,
    ])
  })

  it('leaves out an ESI of nobody and an eIDAS identifier of no country: two people, or one, may have them', () => {
    const identifier = [
      { type: 'esi', value: '100234' },
      { type: 'eidas', value: 'abc' },
      { type: 'eidas', value: 'DE/NO/abc' },
    ]
    expect(personFactsOfLearner({ ...learner, identifier }).identifiers).toEqual([
      { scheme: 'eidas', value: 'DE/NO/abc' },
    ])
  })

  it('leaves out what the country does not write: it may be the number of another one', () => {
    expect(personFactsOfLearner(learner, 'FI').identifiers).toHaveLength(1)
  })
})
