import { universities, universityOf, type UniversityId } from './universities.js'

/** One record of a person in the student information system of one university. */
export interface StudentRecord {
  readonly university: UniversityId
  readonly number: string
  /** As this university writes them, where that differs. */
  readonly given?: string
  readonly family?: string
  /** Identifiers that this university has on file besides its own number. */
  readonly knows: readonly ('nationalId' | 'esi')[]
  /** No login vouches for the number: the person must tell it. */
  readonly toldByPerson?: true
}

/** An invented person of the town, as the demonstration login vouches for them. */
export interface TownPerson {
  readonly id: string
  readonly given: string
  readonly family: string
  readonly birthDate?: string
  /** Family name at birth, where it was another one. */
  readonly birthName?: string
  /** ISO/IEC 5218. */
  readonly gender?: '0' | '1' | '2' | '9'
  readonly citizenship?: string
  readonly home: UniversityId
  readonly nationalId?: { readonly country: string; readonly value: string }
  /** The person's part of the European Student Identifier that the home university issues. */
  readonly esiNumber?: string
  readonly roles: readonly string[]
  /** What this person is there to show. */
  readonly note: string
  /** At home first. */
  readonly records: readonly StudentRecord[]
}

type Away = Omit<StudentRecord, 'knows'> & { readonly knows?: StudentRecord['knows'] }

function student(
  person: Omit<TownPerson, 'roles' | 'records'> & {
    readonly homeRecord: Omit<Away, 'university'>
    readonly away: readonly Away[]
  },
): TownPerson {
  const { homeRecord, away, ...rest } = person
  const records = [{ university: person.home, ...homeRecord }, ...away]
  return {
    ...rest,
    roles: [],
    records: records.map((record) => ({ ...record, knows: record.knows ?? ['nationalId', 'esi'] })),
  }
}

/** The national numbers below are published test numbers; nobody has them. */
export const students: readonly TownPerson[] = [
  student({
    id: 'ingrid',
    given: 'Ingrid Solbakk',
    family: 'Tveitnesli',
    birthDate: '1989-06-05',
    gender: '2',
    citizenship: 'NO',
    home: 'nordfjord',
    nationalId: { country: 'NO', value: '05068907693' },
    esiNumber: '240001',
    note: 'An ordinary exchange year in Poland',
    homeRecord: { number: 'NF240001' },
    away: [{ university: 'zielonobrzeg', number: '900101' }],
  }),
  student({
    id: 'oskar',
    given: 'Oskar',
    family: 'Lindmarksson-Ek',
    birthDate: '2001-11-23',
    gender: '1',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240002',
    note: 'Passed a course of zero credits',
    homeRecord: { number: 'BJ240002' },
    away: [{ university: 'jadrograd', number: '0240-17' }],
  }),
  student({
    id: 'marija',
    given: 'Marija',
    family: 'Brdarić-Lončarević',
    birthDate: '2000-03-08',
    gender: '2',
    citizenship: 'HR',
    home: 'jadrograd',
    nationalId: { country: 'HR', value: '69435151530' },
    esiNumber: '240003',
    note: 'Has a result that says nothing about credits',
    homeRecord: { number: '0240-03' },
    away: [{ university: 'bjorklunda', number: 'BJ900303', knows: ['nationalId'] }],
  }),
  student({
    id: 'stanislaw',
    given: 'Stanisław',
    family: 'Wierzbowiecki',
    birthDate: '1944-05-14',
    gender: '1',
    citizenship: 'PL',
    home: 'zielonobrzeg',
    nationalId: { country: 'PL', value: '44051401359' },
    esiNumber: '240004',
    note: 'Has half credits: 7.5 and 1.5',
    homeRecord: { number: '240004' },
    away: [{ university: 'bjorklunda', number: 'BJ900404' }],
  }),
  student({
    id: 'elin',
    given: 'Elin Maja',
    family: 'Sjövallsdotter',
    birthDate: '2002-07-19',
    gender: '2',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240005',
    note: 'Has a result without a course code',
    homeRecord: { number: 'BJ240005' },
    away: [{ university: 'zielonobrzeg', number: '900105' }],
  }),
  student({
    id: 'torstein',
    given: 'Torstein',
    family: 'Haugsbøen',
    birthDate: '1999-01-31',
    gender: '1',
    citizenship: 'NO',
    home: 'solvik',
    esiNumber: '240006',
    note: 'Has courses that are made of modules',
    homeRecord: { number: 'SV240006' },
    away: [{ university: 'bjorklunda', number: 'BJ900406' }],
  }),
  student({
    id: 'agnieszka',
    given: 'Agnieszka',
    family: 'Dąbrówczanka',
    birthDate: '2001-09-02',
    gender: '2',
    citizenship: 'PL',
    home: 'zielonobrzeg',
    esiNumber: '240007',
    note: 'Failed one course, has not finished another, and withdrew from a third',
    homeRecord: { number: '240007' },
    away: [{ university: 'solvik', number: 'SV900507' }],
  }),
  student({
    id: 'dominik',
    given: 'Dominik',
    family: 'Vukšićek',
    birthDate: '1996-12-12',
    gender: '1',
    citizenship: 'HR',
    home: 'jadrograd',
    esiNumber: '240008',
    note: 'Has two degrees, one with a Diploma Supplement',
    homeRecord: { number: '0240-08' },
    away: [{ university: 'zielonobrzeg', number: '900108' }],
  }),
  student({
    id: 'saga',
    given: 'Saga',
    family: 'Rönnblomster',
    birthDate: '2003-04-27',
    gender: '2',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240009',
    note: 'Is enrolled in Norway and has no results yet',
    homeRecord: { number: 'BJ240009' },
    away: [{ university: 'nordfjord', number: 'NF900609' }],
  }),
  student({
    id: 'lukasz',
    given: 'Łukasz',
    family: 'Żółciński-Śmigły',
    birthDate: '1998-08-15',
    gender: '1',
    citizenship: 'PL',
    home: 'zielonobrzeg',
    esiNumber: '240010',
    note: 'Is written without diacritics at home',
    homeRecord: { number: '240010', given: 'Lukasz', family: 'Zolcinski-Smigly' },
    away: [{ university: 'jadrograd', number: '0240-91' }],
  }),
  student({
    id: 'katarina',
    given: 'Katarina',
    family: 'Horvatinović',
    birthName: 'Perkovljić',
    birthDate: '1997-02-14',
    gender: '2',
    citizenship: 'HR',
    home: 'jadrograd',
    esiNumber: '240011',
    note: 'Married: the university abroad knows her old name and nothing but its own student number',
    homeRecord: { number: '0240-11' },
    away: [{ university: 'bjorklunda', number: 'BJ900411', family: 'Perkovljić', knows: [] }],
  }),
  student({
    id: 'kristin',
    given: 'Kristin',
    family: 'Feldtmarkare',
    birthDate: '2002-05-05',
    gender: '2',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240012',
    note: 'A twin',
    homeRecord: { number: 'BJ240012' },
    away: [{ university: 'nordfjord', number: 'NF900612' }],
  }),
  student({
    id: 'kristina',
    given: 'Kristina',
    family: 'Feldtmarkare',
    birthDate: '2002-05-05',
    gender: '2',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240013',
    note: 'The other twin',
    homeRecord: { number: 'BJ240013' },
    away: [{ university: 'nordfjord', number: 'NF900613' }],
  }),
  student({
    id: 'sigrid',
    given: 'Sigrid Åse',
    family: 'Moldskredlien',
    birthDate: '2000-10-30',
    gender: '2',
    citizenship: 'NO',
    home: 'nordfjord',
    esiNumber: '240014',
    note: 'Has a transcript of 2 MB',
    homeRecord: { number: 'NF240014' },
    away: [{ university: 'jadrograd', number: '0240-94' }],
  }),
  student({
    id: 'piotr',
    given: 'Piotr Paweł',
    family: 'Gęślikowski',
    birthDate: '1999-03-21',
    gender: '1',
    citizenship: 'PL',
    home: 'zielonobrzeg',
    esiNumber: '240015',
    note: 'Studied at both universities that share the Norwegian NCP',
    homeRecord: { number: '240015' },
    away: [
      { university: 'nordfjord', number: 'NF900615' },
      { university: 'solvik', number: 'SV900515' },
    ],
  }),
  student({
    id: 'nils',
    given: 'Nils Ánte',
    family: 'Fjellstuesen',
    birthDate: '2001-06-17',
    gender: '1',
    citizenship: 'NO',
    home: 'nordfjord',
    esiNumber: '240016',
    note: 'Nobody abroad has ever heard of him',
    homeRecord: { number: 'NF240016' },
    away: [],
  }),
  student({
    id: 'freja',
    given: 'Freja Linnea',
    family: 'Ormbergsdotter',
    birthDate: '2001-04-12',
    gender: '2',
    citizenship: 'SE',
    home: 'bjorklunda',
    esiNumber: '240018',
    note: 'Her login says too little abroad: tell student number 900118, and look into the mailbox of the town',
    homeRecord: { number: 'BJ240018' },
    away: [{ university: 'zielonobrzeg', number: '900118', knows: [], toldByPerson: true }],
  }),
  student({
    id: 'mateja',
    given: 'Mateja',
    family: 'Đurđekić',
    birthDate: '2002-12-01',
    gender: '2',
    citizenship: 'HR',
    home: 'jadrograd',
    esiNumber: '240017',
    note: 'Took courses with titles that break careless software',
    homeRecord: { number: '0240-17-H' },
    away: [{ university: 'solvik', number: 'SV900517' }],
  }),
]

/** One case worker for each university. */
export const staff: readonly TownPerson[] = universities.map(({ id, title }) => ({
  id: `staff-${id}`,
  given: {
    nordfjord: 'Gudveig',
    solvik: 'Hallstein',
    zielonobrzeg: 'Bogumiła',
    jadrograd: 'Vjekoslava',
    bjorklunda: 'Ragnvald',
  }[id],
  family: 'Casework',
  home: id,
  roles: ['staff'],
  note: `Case worker at ${title}`,
  records: [],
}))

/** The address that a university has on file for a person; mail for it ends in the town. */
export const addressAt = (person: TownPerson, university: UniversityId): string =>
  `${person.id}@student.${universityOf(university).domain}`

/** The student numbers that a login knows of somebody; the others they must tell themselves. */
export const numbersKnownToLogins = ({ records }: TownPerson) =>
  records
    .filter(({ toldByPerson }) => toldByPerson !== true)
    .map(({ university, number }) => ({ domain: universityOf(university).domain, number }))

/** The European Student Identifier that the home university issued to a person. */
export function esiOf(person: TownPerson): string | undefined {
  if (person.esiNumber === undefined) return undefined
  return `urn:schac:personalUniqueCode:int:esi:${universityOf(person.home).domain}:${person.esiNumber}`
}
