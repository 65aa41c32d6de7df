import type { Enrolment, Notice, ResultSource, SisConnection, SisContext, SisPlugin } from '@emrex-gateway/core'
import { buildReports } from './build-reports.js'
import { checkFs } from './check-fs.js'
import { findBy, findStudents, institutionOf } from './find-students.js'
import { createFsClient } from './fs-client.js'
import { readContact } from './read-contact.js'
import { fsSettings, type FsSettings } from './fs-settings.js'
import { createProofReader } from './read-proofs.js'

/**
 * Felles studentsystem, Norway, over its GraphQL interface: one user of the interface, one institution, one connection.
 *
 * Guaranteed: numbers of people travel in bodies of requests alone; an answer with errors is never taken for a whole one; a
 * system that is down does not keep the gateway from starting.
 *
 * Spec: README.md of this package, "From FS to ELMO". Not tried against the live system.
 */
export const fsSisPlugin: SisPlugin<FsSettings> = {
  apiVersion: 1,
  name: 'sis-fs',
  config: fsSettings,
  async create(settings, host, id): Promise<SisConnection> {
    const client = createFsClient(settings, host, id)
    const reader = createProofReader(client)
    const source: ResultSource = {
      can: { findBy, nationalIdsOf: ['NO'], failed: true, inProgress: false },
      institutions: async () => [institutionOf(settings)],
      find: (subject, context) => findStudents(client, subject, context),
      async *reports(enrolment, _want, context) {
        const notices: Notice[] = []
        const proofs = await reader.read(enrolment.person, context, notices)
        yield* buildReports(proofs, settings, host.now().toISOString(), notices)
        yield* notices
      },
      ...(settings.contactBy === 'none'
        ? {}
        : { contact: (enrolment: Enrolment, context: SisContext) => readContact(client, enrolment, context) }),
    }
    return {
      id,
      source,
      check: (context) => checkFs(client, reader, context),
      // Nothing is kept open: connections belong to the host.
      close: async () => undefined,
    }
  },
}
