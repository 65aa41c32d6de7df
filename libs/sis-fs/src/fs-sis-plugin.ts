import {
  caseTarget,
  type Enrolment,
  type ImportTarget,
  type Notice,
  type ResultSource,
  type SisConnection,
  type SisContext,
  type SisPlugin,
  type Subject,
} from '@emrex-gateway/core'
import { buildReports } from './build-reports.js'
import { checkFs } from './check-fs.js'
import { filesOf } from './eksternstudium.js'
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
    const can = { findBy, nationalIdsOf: ['NO'] }
    const institutions = async () => [institutionOf(settings)]
    const find = (subject: Subject, context: SisContext) => findStudents(client, subject, context)
    const contact = (enrolment: Enrolment, context: SisContext) => readContact(client, enrolment, context)
    const hasContacts = settings.contactBy !== 'none'
    const source: ResultSource = {
      can: { ...can, failed: true, inProgress: false },
      institutions,
      find,
      async *reports(enrolment, _want, context) {
        const notices: Notice[] = []
        const proofs = await reader.read(enrolment.person, context, notices)
        yield* buildReports(proofs, settings, host.now().toISOString(), notices)
        yield* notices
      },
      ...(hasContacts ? { contact } : {}),
    }
    // Nobody can write results from elsewhere into FS: its staff do, who find such results by this remark.
    const target: ImportTarget = caseTarget({
      ...{ connection: id, host, can, remark: 'EMREX', match: find, files: filesOf },
      ...(hasContacts ? { institutions, contact } : {}),
    })
    return {
      id,
      source,
      target,
      check: (context) => checkFs(client, reader, context),
      // Nothing is kept open: connections belong to the host.
      close: async () => undefined,
    }
  },
}
