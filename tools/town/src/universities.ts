export type UniversityId = 'nordfjord' | 'solvik' | 'zielonobrzeg' | 'jadrograd' | 'bjorklunda'
/** The NCP of a country; Norway's serves two universities. */
export type NcpId = 'norway' | 'poland' | 'croatia' | 'sweden'

export interface GradeLabel {
  readonly scale: string
  readonly label: string
  readonly passes: boolean
}

/** An invented university with a student information system of its own. */
export interface University {
  readonly id: UniversityId
  readonly ncp: NcpId
  readonly code: string
  readonly title: string
  readonly titleLanguage: string
  readonly titleEnglish: string
  readonly domain: string
  readonly country: string
  /** Best grade first within a scale. */
  readonly grades: readonly GradeLabel[]
}

const scale = (name: string, passing: readonly string[], failing: readonly string[]): GradeLabel[] => [
  ...passing.map((label) => ({ scale: name, label, passes: true })),
  ...failing.map((label) => ({ scale: name, label, passes: false })),
]
const norwegianGrades = [
  ...scale('A-F', ['A', 'B', 'C', 'D', 'E'], ['F']),
  ...scale('bestått', ['Bestått'], ['Ikke bestått']),
]

/** Every university of the town. Nobody should find one of them on a map. */
export const universities: readonly University[] = [
  {
    id: 'nordfjord',
    ncp: 'norway',
    code: 'NFU',
    title: 'Universitetet i Nordfjordvik',
    titleLanguage: 'nb',
    titleEnglish: 'University of Nordfjordvik',
    domain: 'nordfjordvik.example',
    country: 'NO',
    grades: norwegianGrades,
  },
  {
    id: 'solvik',
    ncp: 'norway',
    code: 'HSV',
    title: 'Høgskolen i Solvikøya',
    titleLanguage: 'nb',
    titleEnglish: 'Solvikøya University College',
    domain: 'solvikoya.example',
    country: 'NO',
    grades: norwegianGrades,
  },
  {
    id: 'zielonobrzeg',
    ncp: 'poland',
    code: 'UZB',
    title: 'Uniwersytet Zielonobrzeski',
    titleLanguage: 'pl',
    titleEnglish: 'University of Zielony Brzeg',
    domain: 'zielonobrzeg.example',
    country: 'PL',
    grades: [...scale('2-5', ['5.0', '4.5', '4.0', '3.5', '3.0'], ['2.0']), ...scale('ZAL', ['ZAL'], ['NZAL'])],
  },
  {
    id: 'jadrograd',
    ncp: 'croatia',
    code: 'SJG',
    title: 'Sveučilište u Jadrogradu',
    titleLanguage: 'hr',
    titleEnglish: 'University of Jadrograd',
    domain: 'jadrograd.example',
    country: 'HR',
    grades: scale('1-5', ['5', '4', '3', '2'], ['1']),
  },
  {
    id: 'bjorklunda',
    ncp: 'sweden',
    code: 'BJU',
    title: 'Björklunda universitet',
    titleLanguage: 'sv',
    titleEnglish: 'Björklunda University',
    domain: 'bjorklunda.example',
    country: 'SE',
    grades: [...scale('U-VG', ['VG', 'G'], ['U']), ...scale('U-G', ['G'], ['U'])],
  },
]

export function universityOf(id: UniversityId): University {
  return universities.find((university) => university.id === id)!
}
