import {
  largeAttachment,
  students as population,
  terms,
  type Outcome,
  type Student,
  type StudyResult,
} from '../../../population/index.js'
import { sqlWords } from './sql-words.js'

export type SqlCell = string | number | Uint8Array | null
export type SqlRow = Readonly<Record<string, SqlCell>>

/** Rows per view of the SQL plugin, by the name of the view without its prefix. Each row of a view has the same columns. */
export interface SqlRows {
  readonly institution: readonly SqlRow[]
  readonly person: readonly SqlRow[]
  readonly result: readonly SqlRow[]
  readonly grading_scheme: readonly SqlRow[]
  readonly distribution: readonly SqlRow[]
  readonly attachment: readonly SqlRow[]
  readonly ds_section: readonly SqlRow[]
}

/** The two universities of the rows, by the seat that they have in the population. */
export const sqlInstitutions = {
  first: { code: 'FIRST', domain: 'first.example' },
  second: { code: 'SECOND', domain: 'second.example' },
} as const

/** A European Student Identifier as the first university would have issued it. */
export const esiOfStudent = ({ number }: Student): string =>
  `urn:schac:personalUniqueCode:int:esi:${sqlInstitutions.first.domain}:${number}`

/** The population (or other students, such as one with a `largeRecord`) as rows of the views that the SQL plugin reads. */
export function rowsOfPopulation(students: readonly Student[] = population): SqlRows {
  const results = students.flatMap((student) =>
    (['first', 'second'] as const).flatMap((seat) =>
      (student.results[seat] ?? []).flatMap((result) => resultRows(student, seat, result)),
    ),
  )
  const degrees = results.filter(({ los_type }) => los_type === 'Degree Programme')
  return {
    institution: [
      institution('first', 'Universitetet i Første', 'University of First'),
      institution('second', 'Høgskolen i Andre', 'Second University College'),
    ],
    person: students.flatMap((student) => [
      person(student, 'first'),
      ...(student.results.second === undefined ? [] : [person(student, 'second')]),
    ]),
    result: results,
    grading_scheme: [...gradingScheme('A-F', ['A', 'B', 'C', 'D', 'E', 'F']), ...gradingScheme('pass', ['Bestått'])],
    distribution: students.flatMap(({ results: { first, second = [] } }) =>
      [...first, ...second].flatMap(distributionRows),
    ),
    attachment: students.filter(({ id }) => id === 'lova').map(attachment),
    ds_section: degrees.flatMap(({ result_key }) => [
      {
        result_key: result_key!,
        number: '0',
        title: 'Introduction',
        content: 'Invented & written for tests.',
        lang: 'en',
      },
      { result_key: result_key!, number: '2', title: 'Information about the qualification', content: null, lang: 'en' },
      { result_key: result_key!, number: '2.1', title: 'Name', content: 'Bachelor of History', lang: 'en' },
    ]),
  }
}

type Seat = keyof typeof sqlInstitutions

function institution(seat: Seat, title: string, english: string): SqlRow {
  const { code, domain } = sqlInstitutions[seat]
  return {
    institution_code: code,
    title,
    title_lang: sqlWords.language,
    title_en: english,
    schac: domain,
    erasmus: seat === 'first' ? 'N FIRST01' : null,
    country: 'NO',
    url: `https://${domain}/`,
  }
}

function person(student: Student, seat: Seat): SqlRow {
  return {
    person_key: student.key,
    institution_code: sqlInstitutions[seat].code,
    given_names: student.given,
    family_name: student.family,
    birth_date: student.birthDate,
    birth_name: student.formerFamily === undefined ? null : `${student.given} ${student.formerFamily}`,
    gender: student.gender,
    national_id: student.nationalId?.value ?? null,
    national_id_country: student.nationalId?.country ?? null,
    esi: esiOfStudent(student),
    learner_id: student.number,
    email: student.email ?? null,
    protected: student.protected === true ? '1' : '0',
  }
}

const statuses: Readonly<Partial<Record<Outcome, string>>> = {
  fail: 'failed',
  'in-progress': 'in-progress',
  withdrawn: 'withdrawn',
}
const losTypes = { course: 'Course', module: 'Module', degree: 'Degree Programme' } as const

/** Of several tries the view shows the one that counts. A part follows its whole. */
function resultRows(student: Student, seat: Seat, result: StudyResult, whole: string | null = null): SqlRow[] {
  const { outcome, kind, recognised = false } = result
  const grade = recognised ? undefined : sqlWords.grades[outcome]
  const term = kind === 'degree' ? undefined : terms[result.term]
  const row: SqlRow = {
    person_key: student.key,
    institution_code: sqlInstitutions[seat].code,
    result_key: result.key,
    parent_key: whole,
    los_type: losTypes[kind],
    code: result.code ?? null,
    title: result.title,
    title_lang: sqlWords.language,
    title_en: result.titleEnglish ?? null,
    status: statuses[outcome] ?? 'passed',
    date: result.date,
    credits: outcome === 'in-progress' ? null : (result.credits ?? null),
    credit_scheme: result.unit === 'hours' ? sqlWords.hours! : 'ects',
    eqf_level: result.level === undefined ? null : { bachelor: '6', master: '7' }[result.level],
    grade: grade ?? null,
    grading_scheme: grade === undefined ? null : outcome === 'pass' ? 'pass' : 'A-F',
    recognised: recognised ? '1' : '0',
    term: term === undefined ? null : result.term,
    term_start: term?.start ?? null,
    term_end: term?.end ?? null,
    language: result.language ?? null,
    description_html: result.html ?? null,
  }
  return [row, ...(result.parts ?? []).flatMap((part) => resultRows(student, seat, part, result.key))]
}

const gradingScheme = (scheme: string, labels: readonly string[]): SqlRow[] =>
  Object.values(sqlInstitutions).flatMap(({ code }) =>
    labels.map((label, index) => ({
      institution_code: code,
      scheme,
      label,
      ordinal: index + 1,
      passes: label === 'F' ? '0' : '1',
    })),
  )

const distributionRows = ({ key, distribution = {}, parts = [] }: StudyResult): SqlRow[] => [
  ...Object.entries(distribution).map(([outcome, count]) => ({
    result_key: key,
    label: sqlWords.grades[outcome as Outcome] ?? outcome,
    count,
  })),
  ...parts.flatMap(distributionRows),
]

const attachment = ({ key, number }: Student): SqlRow => ({
  person_key: key,
  attachment_key: `document-of-${number}`,
  institution_code: null,
  result_key: null,
  type: 'Transcript of Records',
  title: 'Transcript of Records',
  title_lang: 'en',
  mime: 'application/pdf',
  content: largeAttachment(),
})
