import type { Learner } from '@emrex-gateway/elmo'
import type { Institution, SisConnection, SisContext, SourceReport } from '../ports/sis-plugin.js'

/** What an application holds on one student. */
export interface StudentResults {
  readonly learner: Learner
  /** One report per issuer, each result with its true `status`: the core leaves out what is not asked for. */
  readonly reports: readonly SourceReport[]
}

export interface OwnResultsOptions {
  /** That of the `sessionLogin` which knows the students by the same ids. */
  readonly id: string
  readonly institution: Institution
  /** By the id that the login gave; undefined: no student of ours. Asked once for the person and once for the results. */
  read(student: string, context: SisContext): Promise<StudentResults | undefined>
}

/**
 * A source of results for an application that embeds an NCP: one function that reads its own database.
 *
 * Guaranteed: it is asked for nobody but the person whose login has the same id.
 */
export function ownResults(options: OwnResultsOptions): SisConnection {
  const { id, institution } = options
  const read: OwnResultsOptions['read'] = (student, context) => options.read(student, context)
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
        yield* (await read(person, context))?.reports ?? []
      },
    },
    check: async () => ({ ok: true, findings: [] }),
    close: async () => {},
  }
}
