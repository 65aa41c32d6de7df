/**
 * One invented population for every student information system: the same students everywhere, each at one or two
 * universities, each there to show something. A stand-in serves them in the words of its own system (`Dialect`).
 */
export interface Student {
  readonly id: StudentId
  readonly given: string
  readonly family: string
  readonly formerFamily?: string
  readonly birthDate: string
  /** ISO/IEC 5218. */
  readonly gender: '1' | '2' | '9'
  /** Published test numbers: nobody has them. */
  readonly nationalId?: { readonly country: 'NO' | 'SE' | 'PL' | 'FI'; readonly value: string }
  /** Student number, the same at every university of the population. */
  readonly number: string
  /** UUID: Ladok's `ExterntUID`, and the stem of other systems' own keys. */
  readonly key: string
  readonly email?: string
  /** The register says that nothing about them may be given out. */
  readonly protected?: true
  /** Results at the first university of a system, and at the second where a system holds several. */
  readonly results: { readonly first: readonly StudyResult[]; readonly second?: readonly StudyResult[] }
}

export type StudentId =
  | 'ada' // credits of every kind, both languages, strange codes
  | 'bo' // no results
  | 'cyra' // two universities
  | 'dilan' // parts
  | 'eskil' // failed, unfinished, withdrawn, repeated
  | 'fia' // a degree with its courses
  | 'gus' // without codes, another unit, recognised from elsewhere
  | 'hanna' // texts that break careless software
  | 'isak' // protected
  | 'jonna' // a single name, no national number
  | 'kim' // shares name and birth date with kaj
  | 'kaj'
  | 'lova' // attachments

/** How a result ended. Each system has its own words for it. */
export type Outcome =
  | 'excellent'
  | 'good'
  | 'sufficient'
  /** Passed where no grades are given. */
  | 'pass'
  | 'fail'
  | 'in-progress'
  | 'withdrawn'

export interface StudyResult {
  /** Unique in the population. */
  readonly key: string
  /** The course code; absent: the system has none. */
  readonly code?: string
  readonly kind: 'course' | 'module' | 'degree'
  /** In the language of the university. */
  readonly title: string
  readonly titleEnglish?: string
  /** Decimal as text; absent: the system says nothing about credits. */
  readonly credits?: string
  /** Absent: a unit that is ECTS one to one. */
  readonly unit?: 'hours'
  readonly outcome: Outcome
  /** Calendar day of the examination or the degree. */
  readonly date: string
  readonly term: TermId
  /** ISO 639-1. */
  readonly language?: string
  readonly level?: 'bachelor' | 'master'
  /** An earlier try of the same course, which nobody wants to see. */
  readonly earlier?: { readonly outcome: Outcome; readonly date: string }
  /** Studied elsewhere and recognised. */
  readonly recognised?: true
  readonly html?: string
  readonly parts?: readonly StudyResult[]
  /** How many students had which outcome; under five people nothing may be shown. */
  readonly distribution?: Readonly<Partial<Record<Outcome, number>>>
}

export type TermId = '2023-autumn' | '2024-spring'
export const terms: Readonly<Record<TermId, { readonly start: string; readonly end: string }>> = {
  '2023-autumn': { start: '2023-08-28', end: '2024-01-14' },
  '2024-spring': { start: '2024-01-15', end: '2024-06-02' },
}

const course = (
  key: string,
  code: string | undefined,
  title: string,
  more: Partial<StudyResult> = {},
): StudyResult => ({
  key,
  ...(code === undefined ? {} : { code }),
  kind: 'course',
  title,
  titleEnglish: `${title} in English`,
  credits: '5',
  outcome: 'good',
  date: '2024-01-10',
  term: '2023-autumn',
  ...more,
})
const withoutEnglish: Partial<StudyResult> = { titleEnglish: undefined }
const withoutCredits: Partial<StudyResult> = { credits: undefined }

export const students: readonly Student[] = [
  {
    id: 'ada',
    given: 'Ada Marie',
    family: 'Provnåsen-Żółw',
    formerFamily: 'Tidligerud',
    birthDate: '1989-06-05',
    gender: '2',
    nationalId: { country: 'NO', value: '05068907693' },
    number: '500101',
    key: '1d0a6b1e-0000-4000-8000-000000000101',
    email: 'ada@student.first.example',
    results: {
      first: [
        course('ada-half', 'HALF-75', 'Algebra', { credits: '7.5', outcome: 'excellent', language: 'en' }),
        course('ada-quarter', 'QUARTER', 'Logik', { credits: '2.25', outcome: 'sufficient' }),
        course('ada-zero', 'ZERO-0', 'Safety', { credits: '0', outcome: 'pass', date: '2023-12-31' }),
        course('ada-none', 'NOCRED', 'Seminar', { ...withoutCredits, outcome: 'pass' }),
        course('ada-strange', 'S1Inf1>ASK & Ø/ü', 'Databases', {
          level: 'master',
          date: '2024-06-02',
          term: '2024-spring',
        }),
        course('ada-own', 'OWN-1', 'Żródło åäö', { ...withoutEnglish }),
        course('ada-same', 'SAME-1', 'Chess', { titleEnglish: 'Chess' }),
        course('ada-many', 'MANY-1', 'Physics', {
          distribution: { excellent: 12, good: 20, sufficient: 8, fail: 5 },
        }),
        course('ada-few', 'FEW-1', 'Poetry', { distribution: { excellent: 1, good: 1, fail: 1 } }),
      ],
    },
  },
  {
    id: 'bo',
    given: 'Bo',
    family: 'Tomsson',
    birthDate: '2002-02-02',
    gender: '1',
    number: '500102',
    key: '1d0a6b1e-0000-4000-8000-000000000102',
    results: { first: [] },
  },
  {
    id: 'cyra',
    given: 'Cyra',
    family: 'Tvåhus',
    birthDate: '1952-10-13',
    gender: '2',
    nationalId: { country: 'FI', value: '131052-308T' },
    number: '500103',
    key: '1d0a6b1e-0000-4000-8000-000000000103',
    results: {
      first: [course('cyra-1', 'CY-1', 'Botany')],
      second: [course('cyra-2', 'CY-2', 'Zoology', { credits: '10' })],
    },
  },
  {
    id: 'dilan',
    given: 'Dilan',
    family: 'Delsson',
    birthDate: '2000-05-17',
    gender: '9',
    number: '500104',
    key: '1d0a6b1e-0000-4000-8000-000000000104',
    results: {
      first: [
        course('dilan-whole', 'WHOLE', 'Programming', {
          credits: '15',
          outcome: 'good',
          parts: [
            course('dilan-p1', 'PART-1', 'Written exam', { kind: 'module', credits: '9', outcome: 'good' }),
            course('dilan-p2', 'PART-2', 'Laboratory', { kind: 'module', credits: '6', outcome: 'pass' }),
          ],
        }),
        course('dilan-open', 'OPEN', 'Chemistry', {
          credits: '10',
          outcome: 'in-progress',
          parts: [course('dilan-done', 'DONE-1', 'Safety test', { kind: 'module', credits: '1.5', outcome: 'pass' })],
        }),
      ],
    },
  },
  {
    id: 'eskil',
    given: 'Eskil',
    family: 'Omtagen',
    birthDate: '1999-12-31',
    gender: '1',
    number: '500105',
    key: '1d0a6b1e-0000-4000-8000-000000000105',
    results: {
      first: [
        course('eskil-failed', 'FAILED', 'Statistics', { outcome: 'fail' }),
        course('eskil-running', 'RUNNING', 'Drawing', { outcome: 'in-progress' }),
        course('eskil-withdrawn', 'ANNULLED', 'Dance', { outcome: 'withdrawn' }),
        course('eskil-again', 'AGAIN', 'Mechanics', {
          outcome: 'sufficient',
          date: '2024-02-20',
          earlier: { outcome: 'fail', date: '2024-01-09' },
        }),
      ],
    },
  },
  {
    id: 'fia',
    given: 'Fia',
    family: 'Examensdotter',
    birthDate: '1996-08-01',
    gender: '2',
    number: '500106',
    key: '1d0a6b1e-0000-4000-8000-000000000106',
    results: {
      first: [
        {
          key: 'fia-degree',
          code: 'BACH',
          kind: 'degree',
          title: 'Bachelor of History',
          titleEnglish: 'Bachelor of History in English',
          credits: '180',
          outcome: 'pass',
          date: '2024-06-14',
          term: '2024-spring',
          level: 'bachelor',
          parts: [
            course('fia-1', 'HIST-1', 'Antiquity', { credits: '90' }),
            course('fia-2', 'HIST-2', 'Modernity', { credits: '90' }),
          ],
        },
        course('fia-extra', 'EXTRA', 'Fencing', { credits: '3' }),
      ],
    },
  },
  {
    id: 'gus',
    given: 'Gus',
    family: 'Utankod',
    birthDate: '1998-03-30',
    gender: '1',
    number: '500107',
    key: '1d0a6b1e-0000-4000-8000-000000000107',
    results: {
      first: [
        course('gus-nocode', undefined, 'Course without a code'),
        course('gus-hours', 'HOURS', 'Choir', { credits: '40', unit: 'hours', outcome: 'pass' }),
        course('gus-elsewhere', 'ELSE', 'French', { recognised: true, outcome: 'pass' }),
      ],
    },
  },
  {
    id: 'hanna',
    given: 'Hanna',
    family: "O'Citat <b>",
    birthDate: '2001-01-01',
    gender: '2',
    number: '500108',
    key: '1d0a6b1e-0000-4000-8000-000000000108',
    results: {
      first: [
        course('hanna-1', 'STRANGE-1', '<script>alert(1)</script> & "quoted"'),
        course('hanna-2', 'STRANGE-2', '日本語 العربية 🎓'),
        course('hanna-3', 'STRANGE-3', '=HYPERLINK("x")'),
        course('hanna-html', 'HTML-1', 'Weaving', {
          html: '<p>Looms &amp; <b>yarn</b></p><script>bad()</script><ul><li>One</li></ul>',
        }),
      ],
    },
  },
  {
    id: 'isak',
    given: 'Isak',
    family: 'Skyddqvist',
    birthDate: '1970-10-13',
    gender: '1',
    number: '500109',
    key: '1d0a6b1e-0000-4000-8000-000000000109',
    protected: true,
    results: { first: [course('isak-1', 'SECRET', 'Geology')] },
  },
  {
    id: 'jonna',
    given: '',
    family: 'Jonna',
    birthDate: '2003-07-07',
    gender: '2',
    number: '500110',
    key: '1d0a6b1e-0000-4000-8000-000000000110',
    results: { first: [course('jonna-1', 'SINGLE', 'Pottery')] },
  },
  {
    id: 'kim',
    given: 'Kim',
    family: 'Tvilling',
    birthDate: '2002-05-05',
    gender: '9',
    number: '500111',
    key: '1d0a6b1e-0000-4000-8000-000000000111',
    results: { first: [course('kim-1', 'KIM-1', 'Rowing')] },
  },
  {
    id: 'kaj',
    given: 'Kim',
    family: 'Tvilling',
    birthDate: '2002-05-05',
    gender: '9',
    number: '500112',
    key: '1d0a6b1e-0000-4000-8000-000000000112',
    results: { first: [course('kaj-1', 'KAJ-1', 'Sailing')] },
  },
  {
    id: 'lova',
    given: 'Lova',
    family: 'Bilagström',
    birthDate: '2000-11-11',
    gender: '2',
    number: '500113',
    key: '1d0a6b1e-0000-4000-8000-000000000113',
    results: { first: [course('lova-1', 'PAPER', 'Paper making')] },
  },
]

export function studentOf(id: StudentId): Student {
  return students.find((student) => student.id === id)!
}
