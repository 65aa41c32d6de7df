import { SisError, type Notice, type SisContext } from '@emrex-gateway/core'
import type { Credential } from '../oauth/sign-request.js'
import {
  classTypesAnswer,
  courseAnswer,
  editionsAnswer,
  examinationsAnswer,
  gradesAnswer,
  gradeTypeAnswer,
  pointsAnswer,
  programmesAnswer,
  termAnswer,
  unitAnswer,
  userAnswer,
  type CourseGrades,
  type Examination,
  type Texts,
  type UsosCourse,
  type UsosEdition,
  type UsosGradeType,
  type UsosProgramme,
  type UsosTerm,
  type UsosUser,
} from './answers.js'
import { askFields } from './ask-fields.js'
import { readRecords, unlessRefused } from './read-records.js'
import type { UsosApi } from './usos-api.js'

type ByTerm<Value> = Readonly<Record<string, Readonly<Record<string, Value>>>>

/** All that USOS says about the studies of one student, as it says it. */
export interface StudyRecord {
  readonly programmes: readonly UsosProgramme[]
  readonly points: ByTerm<string | number | null>
  readonly editions: Readonly<Record<string, readonly UsosEdition[]>>
  readonly grades: ByTerm<CourseGrades>
  readonly examinations: ByTerm<readonly Examination[]>
  readonly terms: ReadonlyMap<string, UsosTerm>
  readonly courses: ReadonlyMap<string, UsosCourse>
  readonly gradeTypes: ReadonlyMap<string, UsosGradeType>
  /** The kind of class of each course unit that has a grade. */
  readonly unitNames: ReadonlyMap<string, Texts>
  /** What could not be read although USOS has it. */
  readonly losses: readonly Notice[]
}

/** Never asked for: who wrote a grade, and what they remarked. */
const gradeFields = 'value_symbol|passes|exam_session_number|grade_type_id|date_acquisition'

/** Who the student is, by their own leave. @throws {SisError} */
export const readUser = (api: UsosApi, token: Credential, context: Pick<SisContext, 'signal'>): Promise<UsosUser> => {
  const fields = 'id|first_name|middle_names|last_name|sex|student_number|pesel|birth_date'
  return api.call('services/users/user', { fields }, token, userAnswer, context)
}

/**
 * Reads everything in six to eleven requests, whatever the number of courses below `batchSize`.
 * @throws {SisError}
 */
export async function readStudyRecord(api: UsosApi, token: Credential, context: SisContext): Promise<StudyRecord> {
  const [points, { course_editions: editions }, programmes] = await Promise.all([
    api.call('services/courses/user_ects_points', {}, token, pointsAnswer, context),
    readEditions(api, token, context),
    askFields(
      api,
      {
        method: 'services/progs/student',
        parameters: { active_only: 'false' },
        caller: token,
        fields: 'id|status|programme[id|description|level]',
        shape: programmesAnswer,
      },
      context,
    ),
  ])
  const losses: Notice[] = []
  const termIds = [...new Set([...Object.keys(points), ...Object.keys(editions)])]
  const inTerms = { term_ids: termIds.join('|') }
  const [grades, examinations] =
    termIds.length === 0
      ? [{}, {}]
      : await Promise.all([
          api.call('services/grades/terms2', { ...inTerms, fields: gradeFields }, token, gradesAnswer, context),
          readExaminations(api, token, inTerms, losses, context),
        ])
  const courseIds = [
    ...[...Object.values<object>(points), ...Object.values<object>(grades)].flatMap((courses) => Object.keys(courses)),
    ...Object.values(editions).flatMap((list) => list.map(({ course_id }) => course_id)),
  ]
  const [terms, courses, gradeTypes, unitNames] = await Promise.all([
    readRecords(
      api,
      {
        method: 'services/terms/terms',
        by: 'term_ids',
        fields: 'id|name|start_date|end_date|order_key',
        shape: termAnswer,
      },
      termIds,
      context,
    ),
    readRecords(
      api,
      {
        method: 'services/courses/courses',
        by: 'course_ids',
        fields: 'id|name|lang_id|description',
        sure: 'id|name|lang_id',
        shape: courseAnswer,
      },
      courseIds,
      context,
    ),
    readRecords(
      api,
      {
        method: 'services/grades/grade_types',
        by: 'ids',
        fields: 'id|name|values[symbol|passes|name|order_key]',
        shape: gradeTypeAnswer,
      },
      gradeTypeIdsOf(grades),
      context,
    ),
    readUnitNames(api, gradedUnitsOf(grades), context),
  ])
  return { programmes, points, editions, grades, examinations, terms, courses, gradeTypes, unitNames, losses }
}

const readEditions = (api: UsosApi, token: Credential, context: SisContext) =>
  askFields(
    api,
    {
      method: 'services/courses/user',
      parameters: { active_terms_only: 'false' },
      caller: token,
      fields: 'course_editions[course_id|course_name|term_id|passing_status]',
      sure: 'course_editions[course_id|course_name|term_id]',
      shape: editionsAnswer,
    },
    context,
  )

/** How the grades of all were spread, where the installation tells it and the student's leave reaches so far. */
async function readExaminations(
  api: UsosApi,
  token: Credential,
  inTerms: Readonly<Record<string, string>>,
  losses: Notice[],
  context: SisContext,
): Promise<ByTerm<readonly Examination[]>> {
  const method = 'services/examrep/user2'
  if (!api.settings.distributions || api.knows(method)) return {}
  try {
    const fields = 'grades_distribution[percentage|grade_symbol]|course_unit[id]'
    return await api.call(method, { ...inTerms, fields }, token, examinationsAnswer, context)
  } catch (error) {
    // A garnish, and the results are worth more than it. A scope that is missing may look like a leave that ran out; if it
    // really did, the other questions say so.
    if (!(error instanceof SisError) || !['bad-data', 'forbidden', 'expired'].includes(error.kind)) throw error
    // What an installation does not have, it will not have soon.
    const { status = 0 } = error.info
    if ([400, 404].includes(status)) api.note(method, api.settings.referenceHours * 3600)
    else losses.push({ notice: 'distribution-left-out' })
    return {}
  }
}

async function readUnitNames(
  api: UsosApi,
  unitIds: readonly string[],
  context: SisContext,
): Promise<ReadonlyMap<string, Texts>> {
  if (unitIds.length === 0) return new Map()
  const seconds = api.settings.referenceHours * 3600
  const [units, types] = await Promise.all([
    readRecords(
      api,
      { method: 'services/courses/units', by: 'unit_ids', fields: 'id|classtype_id', shape: unitAnswer },
      unitIds,
      context,
    ),
    unlessRefused(
      api.remembered.through('class types', seconds, () =>
        api.call('services/courses/classtypes_index', {}, 'anonymous', classTypesAnswer, context),
      ),
      {},
    ),
  ])
  return new Map([...units].map(([unit, { classtype_id }]) => [unit, types[classtype_id ?? '']?.name]))
}

const gradesOf = (grades: ByTerm<CourseGrades>): readonly CourseGrades[] =>
  Object.values(grades).flatMap((courses) => Object.values(courses))

const gradedUnitsOf = (grades: ByTerm<CourseGrades>): string[] =>
  gradesOf(grades).flatMap(({ course_units_grades }) => Object.keys(course_units_grades ?? {}))

const gradeTypeIdsOf = (grades: ByTerm<CourseGrades>): string[] => [
  ...new Set(
    gradesOf(grades)
      .flatMap(({ course_grades, course_units_grades }) => [
        ...(course_grades ?? []),
        ...Object.values(course_units_grades ?? {}).flatMap((list) => list ?? []),
      ])
      .flatMap((protocol) => Object.values(protocol))
      .flatMap((grade) => grade?.grade_type_id ?? []),
  ),
]
