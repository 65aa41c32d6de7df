import { createHash } from 'node:crypto'
import { terms, type Outcome, type Student, type StudyResult, type TermId } from '../../../population/index.js'
import type { LanguagePair, UsosInstallation } from './usos-installations.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }
type ByTerm<Value> = Record<string, Record<string, Value>>

/** All that one installation knows about one student, in its own shapes. */
export interface UsosStudent {
  readonly id: string
  readonly label: string
  readonly user: JsonObject
  readonly programmes: readonly JsonObject[]
  readonly editions: Readonly<Record<string, readonly JsonObject[]>>
  readonly points: ByTerm<string>
  readonly grades: ByTerm<JsonObject>
  readonly examinations: ByTerm<readonly JsonObject[]>
}

/** What everybody may read. */
export interface UsosCatalogue {
  readonly courses: Map<string, JsonObject>
  readonly units: Map<string, JsonObject>
  readonly classTypes: Map<string, JsonObject>
}

export const usosTerms: Readonly<Record<TermId, string>> = { '2023-autumn': '2023Z', '2024-spring': '2023L' }
const termNames: Readonly<Record<TermId, LanguagePair>> = {
  '2023-autumn': { pl: 'Semestr zimowy 2023/24', en: 'Winter semester 2023/24' },
  '2024-spring': { pl: 'Semestr letni 2023/24', en: null },
}

export const termRecords = (): Map<string, JsonObject> =>
  new Map(
    Object.entries(usosTerms).map(([term, id], index) => {
      const { start, end } = terms[term as TermId]
      const { pl, en } = termNames[term as TermId]
      // The term is over with the resits.
      const finish_date = `${end.slice(0, 8)}28`
      return [id, { id, name: { pl, en }, start_date: start, end_date: end, finish_date, order_key: index + 1 }]
    }),
  )

/** A number that stays the same on every run. */
const numberOf = (key: string): string =>
  String(100_000 + (parseInt(createHash('sha1').update(key).digest('hex').slice(0, 8), 16) % 900_000))

/** Id of the course unit that stands for a part of a course. */
export const usosUnitId = (part: StudyResult): string => numberOf(`unit ${part.key}`)

/** Whether USOS can hold such a result: it knows courses by their code, and points in ECTS alone. */
const isHeld = ({ code, unit, recognised, outcome }: StudyResult): boolean =>
  code !== undefined && unit === undefined && recognised !== true && outcome !== 'withdrawn'

/** Writes what the population says about a student as one installation of USOS would, and its courses into the catalogue. */
export function usosStudentOf(
  student: Student,
  results: readonly StudyResult[],
  installation: UsosInstallation,
  catalogue: UsosCatalogue,
  gradedByUnitsAlone: readonly string[],
): UsosStudent {
  const courses = results.flatMap((one) => (one.kind === 'degree' ? (one.parts ?? []) : [one])).filter(isHeld)
  const editions: Record<string, JsonObject[]> = {}
  const points: ByTerm<string> = {}
  const grades: ByTerm<JsonObject> = {}
  const examinations: ByTerm<readonly JsonObject[]> = {}
  for (const course of courses) {
    const code = course.code!
    const term = usosTerms[course.term]
    const inTerm = <Value>(all: ByTerm<Value>) => (all[term] ??= {})
    addToCatalogue(course, installation, catalogue)
    ;(editions[term] ??= []).push({
      course_id: code,
      course_name: nameOf(course),
      term_id: term,
      passing_status: passingStatus(course.outcome),
    })
    if (course.credits !== undefined) inTerm(points)[code] = Number(course.credits).toFixed(2)
    inTerm(grades)[code] = {
      course_grades: isGradedAsWhole(course, gradedByUnitsAlone) ? [sessionsOf(course, installation)] : [],
      course_units_grades: Object.fromEntries(
        (course.parts ?? []).map((part) => [usosUnitId(part), [sessionsOf(part, installation)]]),
      ),
    }
    if (course.distribution !== undefined) inTerm(examinations)[code] = [distributionOf(course, installation)]
  }
  return {
    id: numberOf(student.id),
    label: `${student.given} ${student.family}`.trim(),
    user: userOf(student),
    programmes: programmesOf(student, results),
    editions,
    points,
    grades,
    examinations,
  }
}

const nameOf = ({ title, titleEnglish }: StudyResult): JsonObject => ({ pl: title, en: titleEnglish ?? null })

const isGradedAsWhole = ({ code, outcome, parts }: StudyResult, byUnits: readonly string[]): boolean =>
  !byUnits.includes(code!) && !(outcome === 'in-progress' && parts !== undefined)

const passingStatus = (outcome: Outcome): string =>
  outcome === 'in-progress' ? 'not_yet_passed' : outcome === 'fail' ? 'failed' : 'passed'

/** One protocol: the first try, a second one where there was one, and the sessions that nobody sat. */
function sessionsOf(result: StudyResult, installation: UsosInstallation): JsonObject {
  const { earlier, outcome, date } = result
  const last = gradeOf(result.key, outcome, date, earlier === undefined ? 1 : 2, installation)
  if (earlier === undefined) return { '1': last, '2': null }
  return { '1': gradeOf(result.key, earlier.outcome, earlier.date, 1, installation), '2': last, '3': null }
}

function gradeOf(
  key: string,
  outcome: Outcome,
  date: string,
  session: number,
  { grades, gradeTypes }: UsosInstallation,
): JsonObject | null {
  const [type, symbol] = grades[outcome] ?? []
  if (type === undefined || symbol === undefined) return null
  const { name, passes } = gradeTypes[type]!.values.find((each) => each.symbol === symbol)!
  return {
    value_symbol: symbol,
    passes,
    value_description: { pl: name.pl, en: name.en },
    exam_id: Number(numberOf(`exam ${key}`)),
    exam_session_number: session,
    counts_into_average: type === 'STD' ? 'T' : 'N',
    comment: 'Prof. Ewa Zmyślona: oral examination',
    grade_type_id: type,
    date_modified: `${date} 23:59:59`,
    date_acquisition: `${date} 23:30:00`,
    modification_author: { id: '77', first_name: 'Ewa', last_name: 'Zmyślona' },
  }
}

/** Whole per cent, so that they need not add up to a hundred. */
function distributionOf(course: StudyResult, { grades }: UsosInstallation): JsonObject {
  const counts = Object.entries(course.distribution ?? {})
  const persons = counts.reduce((sum, [, count]) => sum + count, 0)
  return {
    grades_distribution: counts.map(([outcome, count]) => ({
      percentage: Math.round((count / persons) * 100),
      grade_symbol: grades[outcome as Outcome]?.[1] ?? outcome,
    })),
    course_unit: { id: numberOf(`whole ${course.key}`) },
  }
}

function addToCatalogue(course: StudyResult, { languages }: UsosInstallation, catalogue: UsosCatalogue): void {
  const { code, credits, language, html } = course
  catalogue.courses.set(code!, {
    id: code!,
    name: nameOf(course),
    lang_id: language === undefined ? null : (languages[language] ?? language),
    fac_id: '1000',
    ects_credits_simplified: credits === undefined ? null : Number(credits),
    homepage_url: null,
    description: { pl: html ?? '', en: null },
  })
  for (const part of course.parts ?? []) {
    const type = part.title.slice(0, 3).toUpperCase()
    catalogue.classTypes.set(type, { id: type, name: nameOf(part) })
    catalogue.units.set(usosUnitId(part), {
      id: usosUnitId(part),
      course_id: code!,
      term_id: usosTerms[course.term],
      classtype_id: type,
    })
  }
}

function userOf({ id, given, family, birthDate, gender, nationalId, number }: Student): JsonObject {
  const [first = '', ...middle] = given.split(' ')
  return {
    id: numberOf(id),
    first_name: first,
    middle_names: middle.length > 0 ? middle.join(' ') : null,
    last_name: family,
    sex: { '1': 'M', '2': 'F', '9': null }[gender],
    student_status: 2,
    student_number: number,
    // Foreigners have none.
    pesel: nationalId?.country === 'PL' ? nationalId.value : null,
    birth_date: birthDate,
  }
}

/** Everybody who studies is in a programme; a degree is a programme that ended with a diploma. */
function programmesOf(student: Student, results: readonly StudyResult[]): JsonObject[] {
  const degrees = results.filter(({ kind }) => kind === 'degree')
  const ended = degrees.map((degree) => programmeOf(student, degree, 'graduated_diploma'))
  if (ended.length > 0 || results.length === 0) return ended
  return [programmeOf(student, { code: 'DZ-INF', title: 'Informatyka', titleEnglish: 'Computer Science' }, 'active')]
}

function programmeOf(
  { id }: Student,
  { code, title, titleEnglish, level }: Pick<StudyResult, 'code' | 'title' | 'titleEnglish' | 'level'>,
  status: string,
): JsonObject {
  return {
    id: numberOf(`programme ${id} ${code}`),
    programme: {
      id: code!,
      description: { pl: title, en: titleEnglish ?? null },
      level: level === 'master' ? 'second_cycle' : 'first_cycle',
      duration: '3,5 years',
    },
    status,
    admission_date: '2021-10-01',
    is_primary: true,
  }
}
