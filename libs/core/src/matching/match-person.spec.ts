import { matchPerson, type MatchReason, type MatchVerdict, type PersonFacts } from './match-person.js'

const person = (given: string, family: string, birthDate?: string, rest: Partial<PersonFacts> = {}): PersonFacts => ({
  names: [{ given, family }],
  ...(birthDate === undefined ? {} : { birthDate }),
  identifiers: [],
  ...rest,
})
const day = '1999-05-17'
const nationalId = (scheme: string, value: string) => ({ identifiers: [{ scheme, value }] })

type Row = [rule: string, a: PersonFacts, b: PersonFacts, verdict: MatchVerdict, ...because: MatchReason[]]

/** The decision table, row by row. */
const table: Row[] = [
  [
    'equal, same, same',
    person('Ane', 'Vik', day),
    person('ANE', 'VIK', day),
    'same',
    'birth-date-equal',
    'family-same',
    'given-same',
  ],
  ['equal, same, part', person('Ane Marie', 'Vik', day), person('Ane', 'Vik', day), 'same', 'given-part'],
  ['equal, part, same', person('Ines', 'Prado Leal', day), person('Ines', 'Prado', day), 'doubt', 'family-part'],
  [
    'equal, part, part',
    person('Ines Rosa', 'Prado Leal', day),
    person('Ines', 'Prado', day),
    'doubt',
    'family-part',
    'given-part',
  ],
  [
    'equal, fields swapped',
    person('Vik', 'Ane', day),
    person('Ane', 'Vik', day),
    'doubt',
    'names-swapped',
    'family-same',
  ],
  [
    'equal, fields swapped and near',
    person('Kowalczik', 'Katarzyn', day),
    person('Katarzyna', 'Kowalczyk', day),
    'different',
  ],
  ['equal, same, near', person('Katarzyna', 'Wilk', day), person('Katarzyn', 'Wilk', day), 'doubt', 'given-near'],
  ['equal, near, same', person('Ewa', 'Kowalczyk', day), person('Ewa', 'Kowalczik', day), 'doubt', 'family-near'],
  [
    'equal, near, near',
    person('Katarzyna', 'Kowalczyk', day),
    person('Katarzyn', 'Kowalczik', day),
    'doubt',
    'family-near',
    'given-near',
  ],
  [
    'equal, different, same (marriage)',
    person('Ines', 'Prado', day),
    person('Ines', 'Moreno', day),
    'doubt',
    'family-different',
  ],
  [
    'equal, same, different (twins)',
    person('Lars', 'Vik', day),
    person('Ane', 'Vik', day),
    'different',
    'given-different',
  ],
  [
    'equal, different, near',
    person('Katarzyna', 'Wilk', day),
    person('Katarzyn', 'Baran', day),
    'different',
    'family-different',
    'given-near',
  ],
  ['equal, different, different', person('Lars', 'Vik', day), person('Ines', 'Prado', day), 'different'],
  ['only the year', person('Ane', 'Vik', '1999'), person('Ane', 'Vik', day), 'doubt', 'birth-date-partial'],
  [
    'day and month swapped',
    person('Ane', 'Vik', '1999-07-05'),
    person('Ane', 'Vik', '1999-05-07'),
    'doubt',
    'birth-date-partial',
  ],
  ['first of January', person('Ane', 'Vik', '1999-01-01'), person('Ane', 'Vik', day), 'doubt', 'birth-date-partial'],
  ['only the year, names near', person('Ewa', 'Kowalczyk', '1999'), person('Ewa', 'Kowalczik', day), 'different'],
  [
    'different date',
    person('Ane', 'Vik', '1999-05-18'),
    person('Ane', 'Vik', day),
    'different',
    'birth-date-different',
  ],
  ['no date on one side', person('Ane', 'Vik'), person('Ane', 'Vik', day), 'doubt', 'birth-date-missing'],
  ['no date, double surname', person('Ines', 'Prado Leal'), person('Ines', 'Prado', day), 'different'],
]

/** What strong identifiers change. */
const identifiers: Row[] = [
  [
    'a shared one lifts a doubt',
    person('Ines', 'Prado', day, nationalId('national:NO', '05068907693')),
    person('Ines', 'Moreno', day, nationalId('national:NO', '050689 07693')),
    ...(['same', 'identifier-shared', 'family-different'] as const),
  ],
  [
    'a shared one turns a refusal by name into a doubt',
    person('Lars', 'Vik', day, nationalId('esi', 'urn:schac:personalUniqueCode:int:esi:fjord.example:77')),
    person('Ane', 'Vik', day, nationalId('esi', 'URN:SCHAC:personalUniqueCode:int:esi:FJORD.example:77')),
    ...(['doubt', 'identifier-shared', 'given-different'] as const),
  ],
  [
    'a shared one does not outweigh another birth date',
    person('Ane', 'Vik', '1998-05-17', nationalId('national:NO', '05068907693')),
    person('Ane', 'Vik', day, nationalId('national:NO', '05068907693')),
    ...(['different', 'identifier-shared', 'birth-date-different'] as const),
  ],
  [
    'contradicting ones refuse whatever else agrees',
    person('Ane', 'Vik', day, nationalId('national:ZZ', 'ONE')),
    person('Ane', 'Vik', day, nationalId('national:ZZ', 'TWO')),
    ...(['different', 'identifier-contradicts', 'family-same'] as const),
  ],
  [
    'contradicting ones outweigh a shared one',
    person('Ane', 'Vik', day, {
      identifiers: [
        { scheme: 'national:ZZ', value: 'ONE' },
        { scheme: 'prid', value: 'p' },
      ],
    }),
    person('Ane', 'Vik', day, {
      identifiers: [
        { scheme: 'national:ZZ', value: 'TWO' },
        { scheme: 'prid', value: 'p' },
      ],
    }),
    ...(['different', 'identifier-contradicts', 'identifier-shared'] as const),
  ],
  [
    'a number given for the time being contradicts nothing',
    person('Ane', 'Vik', day, nationalId('national:SE', '191212121212')),
    person('Ane', 'Vik', day, nationalId('national:SE', '19701063-2391')),
    'same',
  ],
  [
    'the bis number of somebody whom Belgium registered later contradicts nothing',
    person('Ane', 'Vik', day, nationalId('national:BE', '98.47.28-997.65')),
    person('Ane', 'Vik', day, nationalId('national:BE', '85.07.30-033.28')),
    'same',
  ],
  [
    'a number that cannot be right contradicts nothing',
    person('Ane', 'Vik', day, nationalId('national:NO', '05068907693')),
    person('Ane', 'Vik', day, nationalId('national:NO', '05068907694')),
    'same',
  ],
  [
    'two ESIs of one university contradict',
    person('Ane', 'Vik', day, nationalId('esi', 'urn:schac:personalUniqueCode:int:esi:fjord.example:77')),
    person('Ane', 'Vik', day, nationalId('esi', 'urn:schac:personalUniqueCode:int:esi:fjord.example:78')),
    ...(['different', 'identifier-contradicts'] as const),
  ],
  [
    'two ESIs of two universities do not contradict',
    person('Ane', 'Vik', day, nationalId('esi', 'urn:schac:personalUniqueCode:int:esi:fjord.example:77')),
    person('Ane', 'Vik', day, nationalId('esi', 'urn:schac:personalUniqueCode:int:esi:hav.example:78')),
    'same',
  ],
  [
    'an identifier of eIDAS is one however its country is written',
    person('Ines', 'Prado', day, nationalId('eidas', 'EL/SE/x/y')),
    person('Ines', 'Moreno', day, nationalId('eidas', 'GR/SE/x/y')),
    ...(['same', 'identifier-shared'] as const),
  ],
  [
    'two identifiers of eIDAS made for two countries do not contradict',
    person('Ane', 'Vik', day, nationalId('eidas', 'DE/SE/one')),
    person('Ane', 'Vik', day, nationalId('eidas', 'DE/NO/two')),
    'same',
  ],
  [
    'two identifiers of eIDAS of one pair of countries do not contradict: a new card brings another one',
    person('Ane', 'Vik', day, nationalId('eidas', 'DE/SE/one')),
    person('Ane', 'Vik', day, nationalId('eidas', 'DE/SE/two')),
    'same',
  ],
  [
    'two provisional identifiers of Sweden do not contradict: each eID over eIDAS has its own',
    person('Ane', 'Vik', day, nationalId('prid', 'NO:05068907693')),
    person('Ane', 'Vik', day, nationalId('prid', 'DK:abcdefghijklmnopqrstuvwxyz1234')),
    'same',
  ],
  [
    'a number of a country that we have no rule for is one with and without its signs',
    person('Ane', 'Vik', day, nationalId('national:ZZ', 'AB-12/3')),
    person('Ane', 'Olsen', day, nationalId('national:ZZ', 'AB123')),
    ...(['same', 'identifier-shared'] as const),
  ],
]

/** What birth names change. */
const birthNames: Row[] = [
  [
    'a family name that is the birth name of the other asks',
    person('Ines', 'Moreno', day, {
      names: [
        { given: 'Ines', family: 'Moreno' },
        { given: 'Ines', family: 'Prado', kind: 'birth' },
      ],
    }),
    person('Ines', 'Prado', day),
    ...(['doubt', 'birth-name-used', 'family-same'] as const),
  ],
  [
    'an equal current name needs no birth name',
    person('Ines', 'Moreno', day, {
      names: [
        { given: 'Ines', family: 'Prado', kind: 'birth' },
        { given: 'Ines', family: 'Moreno' },
      ],
    }),
    person('Ines', 'Moreno', day),
    'same',
  ],
  [
    'without any name only identifiers could speak',
    person('', '', day, { names: [] }),
    person('Ane', 'Vik', day),
    'different',
  ],
]

describe('matchPerson', () => {
  it.each([...table, ...identifiers, ...birthNames])('%s', (_rule, a, b, verdict, ...because) => {
    expect(matchPerson(a, b).verdict).toBe(verdict)
    expect(matchPerson(a, b).reasons).toEqual(expect.arrayContaining(because))
    expect(matchPerson(b, a)).toEqual(matchPerson(a, b))
  })
})
