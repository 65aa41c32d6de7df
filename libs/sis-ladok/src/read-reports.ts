import type { Enrolment, Notice, SisContext, SourceReport } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { buildResult, buildUnfinishedCourse, type ResultContext } from './build-result.js'
import { gradingSchemes } from './grading-schemes.js'
import { groupCourses, type CourseOfStudent } from './group-courses.js'
import type { LadokApi } from './ladok-api.js'
import { attestedResults, type Names, type ResultRecord } from './ladok-records.js'
import { withDegrees } from './read-degrees.js'
import { readInstitution } from './read-institution.js'
import { readParticipations, readProgrammes } from './read-studies.js'
import { readCourse, readModules, readReferenceData, type ReferenceData } from './reference-data.js'

/**
 * The report of the university with every attested result of the student, and what had to be left out. No report where there
 * is no result. Drafts are never asked for.
 *
 * @throws {SisError}
 */
export async function* readReports(
  api: LadokApi,
  { person }: Enrolment,
  context: SisContext,
): AsyncGenerator<SourceReport | Notice> {
  const notices: Notice[] = []
  const { issuer } = await readInstitution(api, context)
  const path = `studentresultat/attesterade/student/${encodeURIComponent(person)}`
  const [{ StudentresultatPerKurs }, participations, programmes, reference] = await Promise.all([
    api.ofPerson('resultat', path, attestedResults, context),
    readParticipations(api, person, context, notices),
    api.settings.programmes ? readProgrammes(api, person, context, notices) : new Map<string, Names>(),
    readReferenceData(api, context),
  ])
  const courses = groupCourses(StudentresultatPerKurs, participations)
  const built = await Promise.all(
    courses.map((course) => buildCourse(api, course, reference, programmes, context, notices)),
  )
  const results = api.settings.degrees
    ? await withDegrees(api, person, built.flat(), reference, context, notices)
    : built.flat()
  if (results.length > 0) {
    const gradingScheme = gradingSchemes(results, reference.scales)
    yield {
      issuer,
      learningOpportunitySpecification: results,
      issueDate: api.now().toISOString(),
      ...(gradingScheme.length > 0 ? { gradingScheme } : {}),
    }
  }
  yield* notices
}

/** A course over its modules, or its modules alone where the course cannot stand over them. */
async function buildCourse(
  api: LadokApi,
  { kursUid, course, modules, participation, isRunning }: CourseOfStudent,
  reference: ReferenceData,
  programmes: ReadonlyMap<string, Names>,
  context: SisContext,
  notices: Notice[],
): Promise<LearningOpportunitySpecification[]> {
  const { courseDetails, unfinishedCourses } = api.settings
  const instance = course?.UtbildningsinstansUID ?? participation?.Utbildningsinformation.UtbildningsinstansUID
  const detailsOf = (uid: string | undefined) =>
    courseDetails && uid !== undefined ? readCourse(api, uid, context) : undefined
  const [details, known] = await Promise.all([
    detailsOf(instance),
    modules.some(needsModuleList) && instance !== undefined ? readModules(api, instance, context) : [],
  ])
  const around: ResultContext = { reference, details, participation, programme: programmes.get(kursUid ?? '') }
  const parts = await Promise.all(
    modules.map(async (row) => {
      const module = known.find(({ UtbildningUID }) => UtbildningUID === row.UtbildningUID)
      const own = await detailsOf(row.UtbildningsinstansUID)
      return buildResult(
        { ...row, Omfattningsvarde: row.Omfattningsvarde ?? module?.Omfattning },
        'Module',
        { reference, details: own, module, participation },
        notices,
      )
    }),
  )
  const found = parts.filter((part) => part !== undefined)
  const whole =
    course !== undefined
      ? buildResult(course, 'Course', around, notices)
      : // A course that was given up is not unfinished; what was passed of it stands for itself.
        isRunning && (found.length === 0 || unfinishedCourses === 'in-progress')
        ? buildUnfinishedCourse(around, kursUid)
        : undefined
  if (whole !== undefined) return [found.length > 0 ? { ...whole, parts: found } : whole]
  if (found.length > 0 && unfinishedCourses === 'in-progress') notices.push({ notice: 'parent-missing' })
  return found
}

const needsModuleList = (row: ResultRecord): boolean =>
  Object.keys({ ...row.Benamningar, ...row.Benamning }).length < 2 || row.Omfattningsvarde === undefined
