import type { Contact, Enrolment, SisContext } from '@emrex-gateway/core'
import type { SqlViews } from './sql-views.js'

/** The address on file of a person; none where the view has no such column, or the person is gone. @throws {SisError} */
export async function readContact(
  views: SqlViews,
  { person, institution }: Enrolment,
  context: SisContext,
): Promise<Contact> {
  if (!(await views.columns('person', context)).has('email')) return {}
  const rows = await views.rows('person', context, (query) =>
    query
      .select(['person_key', 'institution_code', 'email'])
      .where({ person_key: person, institution_code: institution.code }),
  )
  // A database may compare keys more loosely than they are meant.
  const row = rows.find((one) => one.text('person_key') === person && one.text('institution_code') === institution.code)
  const email = row?.text('email')
  return email === undefined ? {} : { email }
}
