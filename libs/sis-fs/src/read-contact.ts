import type { Contact, Enrolment, SisContext } from '@emrex-gateway/core'
import { addressesAnswer } from './fs-answers.js'
import type { FsClient } from './fs-client.js'
import { addressesQuery } from './fs-queries.js'

/** The address on file that the settings name; none where FS has none, or more than one plain address. @throws {SisError} */
export async function readContact(client: FsClient, enrolment: Enrolment, context: SisContext): Promise<Contact> {
  const { organisasjonskode, institutionArgument, contactBy } = client.settings
  const variables = { institution: organisasjonskode, numbers: [enrolment.person] }
  const { students } = await client.ask(addressesQuery(institutionArgument), variables, addressesAnswer, context)
  const { institusjonsEpost, privatEpost } = students[0]?.personProfil ?? {}
  const email = (contactBy === 'private' ? privatEpost : institusjonsEpost)?.trim()
  return email !== undefined && /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(email) ? { email } : {}
}
