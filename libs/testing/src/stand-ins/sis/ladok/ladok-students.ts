import { students, type Student } from '../../../population/index.js'

/** A student as this stand-in needs them. */
export type LadokStudent = Omit<Student, 'id'> & {
  /** Titles of theses, by the key of the result. */
  readonly projects?: Readonly<Record<string, { readonly title: string; readonly other?: string }>>
  /** Courses that were credited in part, by the key of the result: how much. */
  readonly partlyCredited?: Readonly<Record<string, string>>
}

/** The European Student Identifier that Ladok makes of its own key. */
export const ladokEsiOf = ({ key }: Pick<Student, 'key'>): string =>
  `urn:schac:personalUniqueCode:int:esi:ladok.se:externtstudentuid-${key}`

export const ladokStudents: readonly LadokStudent[] = students

/** Somebody with a Swedish number, a published test number, for what the population does not show. */
export const ladokOwnStudent: LadokStudent = {
  given: 'Tolva Prov',
  family: 'Testnummersdotter',
  birthDate: '1912-12-12',
  gender: '2',
  nationalId: { country: 'SE', value: '191212121212' },
  number: '500112',
  key: '1d0a6b1e-0000-4000-8000-000000001212',
  projects: { 'tolva-thesis': { title: 'Om prov', other: 'On tests' } },
  partlyCredited: { 'tolva-partly': '2.5' },
  results: {
    first: [
      {
        key: 'tolva-thesis',
        code: 'THESIS',
        kind: 'course',
        title: 'Examensarbete',
        titleEnglish: 'Thesis',
        credits: '30',
        outcome: 'excellent',
        date: '2024-06-01',
        term: '2024-spring',
      },
      {
        key: 'tolva-partly',
        code: 'PARTLY',
        kind: 'course',
        title: 'Franska',
        credits: '7.5',
        outcome: 'good',
        date: '2024-01-10',
        term: '2023-autumn',
      },
    ],
  },
}

/**
 * The number as Ladok keeps it. Who has no Swedish number has an interim one: birth date, a letter at the ninth place, and
 * three digits.
 */
export const personnummerOf = ({ nationalId, birthDate, number }: LadokStudent): string =>
  nationalId?.country === 'SE' ? nationalId.value : `${birthDate.replaceAll('-', '')}T${number.slice(-3)}`
