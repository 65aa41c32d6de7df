import type { UniversityId } from './universities.js'

/** One row of a university's own table of results. */
export interface StudyResult {
  readonly student: string
  readonly university: UniversityId
  readonly kind: 'Degree Programme' | 'Module' | 'Course' | 'Class'
  readonly code?: string
  readonly title: string
  readonly language?: string
  readonly titleEnglish?: string
  /** Decimal as text; absent = unknown. */
  readonly credits?: string
  readonly scale?: string
  readonly grade?: string
  readonly status: 'passed' | 'failed' | 'in-progress' | 'withdrawn'
  readonly date?: string
  readonly semester?: string
  readonly hours?: string
  readonly isced?: string
  readonly eqf?: string
  /** How many of the class got which grade. */
  readonly cohort?: Readonly<Record<string, number>>
  /** Sections of a Diploma Supplement by number. */
  readonly supplement?: Readonly<Record<string, readonly [title: string, content: string]>>
  readonly parts?: readonly StudyResult[]
}

export interface Semester {
  readonly name: string
  readonly start: string
  readonly end: string
}
export const semesters: readonly Semester[] = [
  { name: 'Autumn 2024', start: '2024-08-15', end: '2025-01-31' },
  { name: 'Spring 2025', start: '2025-02-01', end: '2025-07-31' },
]

type Facts = Omit<StudyResult, 'student' | 'university' | 'kind' | 'code' | 'title' | 'status'> &
  Partial<Pick<StudyResult, 'kind' | 'status'>>
type Add = (code: string | undefined, title: string, facts?: Facts) => StudyResult

/** Makes the rows of one student at one university: passed courses of autumn 2024, unless the facts say otherwise. */
function at(
  student: string,
  university: UniversityId,
  list: (add: Add) => readonly StudyResult[],
): readonly StudyResult[] {
  return list((code, title, facts = {}) => ({
    student,
    university,
    kind: 'Course',
    status: 'passed',
    date: '2025-01-20',
    semester: 'Autumn 2024',
    title,
    ...(code === undefined ? {} : { code }),
    ...facts,
  }))
}

/** Titles that break software which takes a title for anything but text. */
export const strangeTitles = [
  "=cmd|' /C calc'!A0",
  `Robert'); DROP TABLE study_result;-- "quoted"`,
  'Right \u202Eot tfel\u202C and עברית',
  'Ancient letters 𐍈𐌰 and 😀',
  '<script>alert(1)</script> &amp; <b>bold</b>',
]

const polish = (titleEnglish: string, grade: string, credits: string, more: Facts = {}): Facts => ({
  language: 'pl',
  titleEnglish,
  scale: '2-5',
  grade,
  credits,
  ...more,
})
const swedish = (titleEnglish: string, grade: string, credits: string | undefined, more: Facts = {}): Facts => ({
  language: 'sv',
  titleEnglish,
  scale: 'U-VG',
  grade,
  ...(credits === undefined ? {} : { credits }),
  ...more,
})
const norwegian = (titleEnglish: string, grade: string, credits: string, more: Facts = {}): Facts => ({
  language: 'nb',
  titleEnglish,
  scale: 'A-F',
  grade,
  credits,
  ...more,
})
const croatian = (titleEnglish: string, grade: string, credits: string, more: Facts = {}): Facts => ({
  language: 'hr',
  titleEnglish,
  scale: '1-5',
  grade,
  credits,
  ...more,
})

export const studyResults: readonly StudyResult[] = [
  at('ingrid', 'zielonobrzeg', (add) => [
    add(
      'S1Inf1>ALG',
      'Algorytmy i struktury danych',
      polish('Algorithms and Data Structures', '4.5', '6', { isced: '0613', hours: '60' }),
    ),
    add(
      'S1Inf1>BAZ',
      'Bazy danych',
      polish('Databases', '5.0', '5', { isced: '0612', cohort: { '5.0': 7, '4.0': 21, '3.0': 9, '2.0': 3 } }),
    ),
    add(
      'PL-101',
      'Język polski dla cudzoziemców',
      polish('Polish for Foreigners', '4.0', '4', { semester: 'Spring 2025', date: '2025-06-18' }),
    ),
  ]),
  at('oskar', 'jadrograd', (add) => [
    add('SIG-01', 'Sigurnost u laboratoriju', croatian('Laboratory Safety', '5', '0')),
    add('BIO-210', 'Biologija mora', croatian('Marine Biology', '4', '6')),
  ]),
  at('marija', 'bjorklunda', (add) => [
    add('5BI001', 'Gästföreläsningar i botanik', swedish('Guest Lectures in Botany', 'G', undefined)),
    add('5BI010', 'Växtfysiologi', swedish('Plant Physiology', 'VG', '15')),
  ]),
  at('stanislaw', 'bjorklunda', (add) => [
    add('5HI020', 'Nordisk historia', swedish('Nordic History', 'VG', '7.5')),
    add('5HI021', 'Skrivarverkstad', swedish('Writing Workshop', 'G', '1.5', { scale: 'U-G' })),
  ]),
  at('elin', 'zielonobrzeg', (add) => [
    add(undefined, 'Praktyka zawodowa', polish('Work Placement', '5.0', '5')),
    add('S1Eko1>MIK', 'Mikroekonomia', polish('Microeconomics', '3.5', '6')),
  ]),
  at('freja', 'zielonobrzeg', (add) => [
    add('S1Eko1>STA', 'Statystyka opisowa', polish('Descriptive Statistics', '4.0', '4')),
    add('S1Eko1>HIS', 'Historia gospodarcza', polish('Economic History', '4.5', '3')),
  ]),
  at('torstein', 'bjorklunda', (add) => [
    add(
      '5FY030',
      'Experimentell fysik',
      swedish('Experimental Physics', 'VG', '15', {
        parts: at('torstein', 'bjorklunda', (part) => [
          part('0001', 'Skriftlig tentamen', {
            kind: 'Class',
            language: 'sv',
            titleEnglish: 'Written Examination',
            scale: 'U-VG',
            grade: 'VG',
          }),
          part('0002', 'Laborationer', {
            kind: 'Class',
            language: 'sv',
            titleEnglish: 'Laboratory Work',
            scale: 'U-G',
            grade: 'G',
          }),
        ]),
      }),
    ),
    add('5FY031', 'Optik', swedish('Optics', 'G', '7.5')),
  ]),
  at('agnieszka', 'solvik', (add) => [
    add('SPL100-1', 'Sykepleiens grunnlag', norwegian('Foundations of Nursing', 'B', '10')),
    add('ANA110-1', 'Anatomi', norwegian('Anatomy', 'F', '10', { status: 'failed' })),
    add('FAR120-1', 'Farmakologi', {
      language: 'nb',
      titleEnglish: 'Pharmacology',
      credits: '5',
      status: 'in-progress',
      semester: 'Spring 2025',
    }),
    add('ETI130-1', 'Etikk', norwegian('Ethics', 'C', '5', { status: 'withdrawn' })),
  ]),
  at('dominik', 'zielonobrzeg', (add) => [
    add('S1-EKO', 'Ekonomia, studia pierwszego stopnia', {
      kind: 'Degree Programme',
      language: 'pl',
      titleEnglish: 'Economics, First Cycle',
      eqf: '6',
      date: '2020-06-30',
      parts: at('dominik', 'zielonobrzeg', (part) => [
        part('S1Eko1>MAK', 'Makroekonomia', polish('Macroeconomics', '4.0', '6', { date: '2019-01-25' })),
        part('S1Eko3>LIC', 'Praca licencjacka', polish("Bachelor's Thesis", '5.0', '10', { date: '2020-06-20' })),
      ]),
    }),
    add('S2-STA', 'Statystyka, studia drugiego stopnia', {
      kind: 'Degree Programme',
      language: 'pl',
      titleEnglish: 'Statistics, Second Cycle',
      eqf: '7',
      date: '2022-07-04',
      parts: at('dominik', 'zielonobrzeg', (part) => [
        part('S2Sta2>MAG', 'Praca magisterska', polish("Master's Thesis", '4.5', '20', { date: '2022-06-28' })),
      ]),
      supplement: {
        '0': ['Introduction', 'This supplement describes an invented degree of an invented university.'],
        '2': ['Information identifying the qualification', ''],
        '2.1': ['Name of qualification', 'Magister (statistics)'],
        '2.2': ['Main field of study', 'Statistics'],
        '3': ['Information on the level and duration', ''],
        '3.1': ['Level of qualification', 'Second cycle, EQF level 7'],
        '8': ['Information on the higher education system', 'There is none in the town.'],
      },
    }),
  ]),
  at('lukasz', 'jadrograd', (add) => [
    add('ARH-330', 'Povijest arhitekture', croatian('History of Architecture', '5', '4')),
    add('ARH-331', 'Kamen i more', croatian('Stone and Sea', '4', '5')),
  ]),
  at('katarina', 'bjorklunda', (add) => [
    add('5SP040', 'Svenska för nybörjare', swedish('Swedish for Beginners', 'VG', '7.5')),
  ]),
  at('kristin', 'nordfjord', (add) => [add('GEO201-1', 'Bregeologi', norwegian('Glacial Geology', 'A', '10'))]),
  at('kristina', 'nordfjord', (add) => [add('GEO202-1', 'Fjordgeologi', norwegian('Fjord Geology', 'B', '10'))]),
  at('sigrid', 'jadrograd', (add) => [add('GLA-100', 'Klapsko pjevanje', croatian('Klapa Singing', '5', '3'))]),
  at('piotr', 'nordfjord', (add) => [
    add('MAT111-1', 'Kalkulus', norwegian('Calculus', 'C', '10')),
    add('HMS0507', 'Helse, miljø og sikkerhet', norwegian('Health and Safety', 'Bestått', '0', { scale: 'bestått' })),
  ]),
  at('piotr', 'solvik', (add) => [
    add(
      'MUS140-1',
      'Hardingfele',
      norwegian('Hardanger Fiddle', 'A', '7.5', { semester: 'Spring 2025', date: '2025-06-10' }),
    ),
  ]),
  at('mateja', 'solvik', (add) =>
    strangeTitles.map((title, index) => add(`ODD${index}`, title, { credits: '1', language: 'en' })),
  ),
].flat()

/** A transcript that a university issued, as a PDF of at least this many bytes. */
export interface IssuedTranscript {
  readonly student: string
  readonly university: UniversityId
  readonly minBytes: number
}
export const issuedTranscripts: readonly IssuedTranscript[] = [
  { student: 'ingrid', university: 'zielonobrzeg', minBytes: 0 },
  { student: 'sigrid', university: 'jadrograd', minBytes: 2 * 1024 * 1024 },
]
