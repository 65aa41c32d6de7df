import fc from 'fast-check'
import { matchPerson, type MatchVerdict, type PersonFacts } from './match-person.js'

const word = fc.constantFrom(
  ...[
    'Ane',
    'Anne',
    'Anna',
    'Øyvind',
    'Łucja',
    'Zoë',
    'Müller',
    'Vik',
    'Prado',
    'Leal',
    'Kowalczyk',
    'Kowalczik',
    'Παπάς',
    'Щукин',
  ],
  ...['Đurić', 'Nguyen', 'Yıldız', 'O’Hara', 'Marie', 'Šimić', 'A.', 'M', 'Mª'],
)
const words = fc.array(word, { minLength: 0, maxLength: 3 }).map((some) => some.join(' '))
const name = fc.record({ given: words, family: words, kind: fc.constantFrom('current' as const, 'birth' as const) })
const date = fc.constantFrom(
  '1999-05-17',
  '1999-05-18',
  '1999-01-01',
  '1999-05',
  '1999',
  '2001-07-05',
  '2001-05-07',
  '-',
  '',
)
const identifier = fc.record({
  scheme: fc.constantFrom('national:SE', 'national:ZZ', 'esi', 'prid'),
  value: fc.constantFrom(
    '191212121212',
    '1212121212',
    '19701063-2391',
    'one',
    'urn:schac:personalUniqueCode:int:esi:hav.example:7',
  ),
})
const facts: fc.Arbitrary<PersonFacts> = fc.record(
  { names: fc.array(name, { maxLength: 3 }), birthDate: date, identifiers: fc.array(identifier, { maxLength: 3 }) },
  { requiredKeys: ['names', 'identifiers'] },
)

const rank: Record<MatchVerdict, number> = { different: 0, doubt: 1, same: 2 }
const check = <Values>(property: fc.IProperty<Values>) => fc.assert(property, { seed: 20260211, numRuns: 500 })

const mapNames = (person: PersonFacts, change: (text: string) => string): PersonFacts => ({
  ...person,
  names: person.names.map((one) => ({ ...one, given: change(one.given), family: change(one.family) })),
})

describe('matchPerson, always', () => {
  it('is symmetric', () => {
    check(fc.property(facts, facts, (a, b) => expect(matchPerson(a, b)).toEqual(matchPerson(b, a))))
  })

  it('does not depend on upper and lower case', () => {
    check(
      fc.property(facts, facts, (a, b) =>
        expect(
          matchPerson(
            mapNames(a, (text) => text.toUpperCase()),
            b,
          ).verdict,
        ).toBe(matchPerson(a, b).verdict),
      ),
    )
  })

  it('does not depend on the order of words in a field', () => {
    const reversed = (text: string) => text.split(' ').reverse().join(' ')
    check(
      fc.property(facts, facts, (a, b) =>
        expect(matchPerson(mapNames(a, reversed), b).verdict).toBe(matchPerson(a, b).verdict),
      ),
    )
  })

  it('does not depend on particles of family names', () => {
    const withParticles = (text: string) => (text === '' ? '' : `van der ${text}`)
    const withFamily = (person: PersonFacts): PersonFacts => ({
      ...person,
      names: person.names.map((one) => ({ ...one, family: withParticles(one.family) })),
    })
    check(
      fc.property(facts, facts, (a, b) =>
        expect(matchPerson(withFamily(a), b).verdict).toBe(matchPerson(a, b).verdict),
      ),
    )
  })

  it('never takes persons with different birth dates for one', () => {
    check(
      fc.property(facts, facts, (a, b) => {
        const match = matchPerson({ ...a, birthDate: '1999-05-17' }, { ...b, birthDate: '1998-05-17' })
        expect(match.verdict).toBe('different')
      }),
    )
  })

  it('takes nobody for one person without full and equal birth dates, unless a strong identifier is shared', () => {
    check(
      fc.property(facts, facts, (a, b) => {
        const { verdict, reasons } = matchPerson(a, { ...b, names: a.names })
        expect(
          verdict === 'same' && !reasons.includes('identifier-shared') && !reasons.includes('birth-date-equal'),
        ).toBe(false)
      }),
    )
  })

  it('is never lowered by evidence that does not contradict: a shared identifier, a further name, the birth date', () => {
    const shared = { scheme: 'learner-id', value: 'L-1' }
    check(
      fc.property(facts, facts, name, (a, b, further) => {
        const before = rank[matchPerson(a, b).verdict]
        const more = (person: PersonFacts) => ({ ...person, identifiers: [...person.identifiers, shared] })
        expect(rank[matchPerson(more(a), more(b)).verdict]).toBeGreaterThanOrEqual(before)
        expect(rank[matchPerson({ ...a, names: [...a.names, further] }, b).verdict]).toBeGreaterThanOrEqual(before)
        const { birthDate: _unknown, ...undated } = a
        const dated = { ...a, birthDate: b.birthDate ?? '1999-05-17' }
        expect(rank[matchPerson(dated, b).verdict]).toBeGreaterThanOrEqual(rank[matchPerson(undated, b).verdict])
      }),
    )
  })
})
