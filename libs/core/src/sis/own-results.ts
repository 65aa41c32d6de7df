import type { Learner } from '@emrex-gateway/elmo'
import { dayMustBeText, isNoText } from '../day-must-be-text.js'
import type { Institution, SisConnection, SisContext, SourceReport } from '../ports/sis-plugin.js'
import { SisError } from '../sis-error.js'
import { reportOfCourses, type PlainCourse } from './plain-course.js'

/** What an application holds on one student, each result with its true status: what is not asked for is left out later. */
export type StudentResults = { readonly learner: Learner } & (
  | { readonly courses: readonly PlainCourse[] }
  /** One report per issuer. */
  | { readonly reports: readonly SourceReport[] }
)

export interface OwnResultsOptions {
  /** That of the `sessionLogin` which knows the students by the same ids. */
  readonly id: string
  readonly institution: Institution
  /** Of the institution. Default: `https://SCHAC/`. */
  readonly url?: string
  /** By the id that the login gave; undefined: no student of ours. Asked once for the person and once for the results. */
  read(student: string, context: SisContext): Promise<StudentResults | undefined>
}

/**
 * A source of results for an application that embeds an NCP: one function that reads its own database.
 *
 * Guaranteed: it is asked for nobody but the person whose login has the same id.
 *
 * @throws {Error} when the institution has neither `url` nor `schac`.
 */
export function ownResults(options: OwnResultsOptions): SisConnection {
  const { id, institution } = options
  const url = options.url ?? (institution.schac && `https://${institution.schac}/`)
  if (url === undefined) throw new Error(`results "${id}": the institution needs its schac, or say its url`)
  const read = async (student: string, context: SisContext) => {
    const results = await options.read(student, context)
    if (results !== undefined && daysOf(results).some(isNoText))
      throw new SisError('bad-data', dayMustBeText, { connection: id })
    return results
  }
  return {
    id,
    source: {
      can: { findBy: ['learnerId'], failed: true, inProgress: true },
      institutions: async () => [institution],
      async find({ claims }, context) {
        const claim = claims.find((one) => one.type === 'learnerId' && one.scheme === id)
        if (claim?.type !== 'learnerId') return []
        const results = await read(claim.value, context)
        if (results === undefined) return []
        return [{ person: claim.value, institution, learner: results.learner, foundBy: 'learnerId' }]
      },
      async *reports({ person }, _want, context) {
        const results = await read(person, context)
        if (results === undefined) return
        const now = new Date().toISOString()
        yield* 'reports' in results ? results.reports : [reportOfCourses(institution, url, results.courses, now)]
      },
    },
    check: async () => ({ ok: true, findings: [] }),
    close: async () => {},
  }
}

const daysOf = (results: StudentResults): unknown[] => [
  results.learner.bday,
  ...('courses' in results ? results.courses.map(({ date }) => date) : []),
]
