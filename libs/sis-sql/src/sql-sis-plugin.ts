import type {
  Enrolment,
  ImportTarget,
  Institution,
  ResultSource,
  SisConnection,
  SisContext,
  SisPlugin,
} from '@emrex-gateway/core'
import { checkViews } from './check-views.js'
import { findPeople } from './find-people.js'
import { openAttachment } from './open-attachment.js'
import { lazyDatabase } from './open-database.js'
import { readContact } from './read-contact.js'
import { readInstitutions } from './read-institutions.js'
import { readReports } from './read-reports.js'
import { sqlSettings, type SqlSettings } from './sql-settings.js'
import { SqlViews } from './sql-views.js'
import { deliveryStatus, submitDelivery } from './submit-delivery.js'

/**
 * Any database by view contract: the owner makes read-only views with agreed columns, and two tables for imports.
 *
 * Guaranteed: values reach the database by binding alone; errors and log lines carry no value of a row or a claim; a
 * database that is down is an error of the call, never of the start.
 *
 * Spec: README.md of this package, "The views".
 */
export const sqlSisPlugin: SisPlugin<SqlSettings> = {
  apiVersion: 1,
  name: 'sis-sql',
  config: sqlSettings,
  async create(settings, host, id): Promise<SisConnection> {
    const database = lazyDatabase(settings, id, (path) => host.resolvePath(path))
    const views = new SqlViews(id, settings, database)
    return {
      id,
      ...(settings.source ? { source: resultSource(views, () => host.now()) } : {}),
      ...(settings.target ? { target: importTarget(views) } : {}),
      check: (context) => checkViews(views, context),
      close: () => database.close(),
    }
  },
}

function findByOf({ settings }: SqlViews): ResultSource['can']['findBy'] {
  const { by } = settings.find
  return by.includes('birthDate') ? [...by, 'name'] : by
}

function resultSource(views: SqlViews, now: () => Date): ResultSource {
  return {
    can: { findBy: findByOf(views), failed: true, inProgress: true },
    institutions: (context) => institutionsOf(views, context),
    find: (subject, context) => findPeople(views, subject, context),
    reports: (enrolment, want, context) => readReports(views, enrolment, want, context, now),
    openAttachment: (enrolment, attachment, context) => openAttachment(views, enrolment, attachment, context),
    contact: (enrolment, context) => readContact(views, enrolment, context),
  }
}

function importTarget(views: SqlViews): ImportTarget {
  return {
    can: { findBy: findByOf(views), mode: 'structured' },
    match: (subject, context) => findPeople(views, subject, context),
    submit: (delivery, context) => submitDelivery(views, delivery, context),
    status: (id, context) => deliveryStatus(views, id, context),
    ...(views.settings.find.by.includes('learnerId')
      ? {
          institutions: (context: SisContext) => institutionsOf(views, context),
          contact: (enrolment: Enrolment, context: SisContext) => readContact(views, enrolment, context),
        }
      : {}),
  }
}

/** The institutions; with addresses where the view of persons has the columns for student numbers and addresses. */
async function institutionsOf(views: SqlViews, context: SisContext): Promise<readonly Institution[]> {
  const columns = await views.columns('person', context)
  const hasContacts = columns.has('email') && columns.has('learner_id') && views.settings.find.by.includes('learnerId')
  const institutions = [...(await readInstitutions(views, context)).values()].map(({ institution }) => institution)
  return institutions.map((institution) => ({ ...institution, ...(hasContacts ? { hasContacts } : {}) }))
}
