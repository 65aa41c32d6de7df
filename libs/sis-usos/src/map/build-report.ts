import type { Notice, SourceReport } from '@emrex-gateway/core'
import type { Issuer } from '@emrex-gateway/elmo'
import type { StudyRecord } from '../api/read-record.js'
import { buildCourse } from './build-course.js'
import { buildGradingSchemes } from './build-grading-schemes.js'
import { buildProgramme } from './build-programme.js'
import { courseAttempts } from './course-attempts.js'

/** The studies of one student at one university; undefined where there are none. */
export function buildReport(
  record: StudyRecord,
  issuer: Issuer,
  issueDate: string,
  notices: Notice[],
): SourceReport | undefined {
  notices.push(...record.losses)
  const results = [
    ...record.programmes.flatMap((programme) => buildProgramme(programme, notices) ?? []),
    ...courseAttempts(record).map((attempt) => buildCourse(attempt, record, notices)),
  ]
  if (results.length === 0) return undefined
  const gradingScheme = buildGradingSchemes(results, record.gradeTypes, notices)
  return {
    issuer,
    learningOpportunitySpecification: results,
    issueDate,
    ...(gradingScheme.length > 0 ? { gradingScheme } : {}),
  }
}
