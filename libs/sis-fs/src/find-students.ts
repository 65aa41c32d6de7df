import {
  normaliseNationalId,
  type Claim,
  type Enrolment,
  type Institution,
  type SisContext,
  type Subject,
} from '@emrex-gateway/core'
import { buildLearner, isNationalNumber } from './build-learner.js'
import { studentsAnswer } from './fs-answers.js'
import type { FsClient } from './fs-client.js'
import { studentsQuery } from './fs-queries.js'
import type { FsSettings } from './fs-settings.js'

/** By what FS can look somebody up. There is no query by ESI. */
export const findBy: readonly Claim['type'][] = ['nationalId', 'learnerId']

/** The institution of this connection; FS is not asked for it. */
export const institutionOf = ({ organisasjonskode, institution, contactBy }: FsSettings): Institution => ({
  code: organisasjonskode,
  title: institution.title,
  country: 'NO',
  ...(institution.schac === undefined ? {} : { schac: institution.schac }),
  ...(contactBy === 'none' ? {} : { hasContacts: true }),
})

/**
 * The students that fit the strongest kind of number that fits anybody: national number, student number, Feide name.
 * Numbers travel in the body of a request alone.
 *
 * @throws {SisError} forbidden for somebody whom FS gives nothing out about.
 */
export async function findStudents(client: FsClient, subject: Subject, context: SisContext): Promise<Enrolment[]> {
  const { organisasjonskode, institutionArgument } = client.settings
  for (const { field, by, numbers } of searches(subject, client.settings)) {
    if (numbers.length === 0) continue
    const query = studentsQuery(field, institutionArgument)
    const { students } = await client.ask(query, { institution: organisasjonskode, numbers }, studentsAnswer, context)
    if (students.length > 0)
      return students.map((student) => ({
        person: student.personProfil.personlopenummer,
        institution: institutionOf(client.settings),
        learner: buildLearner(student),
        foundBy: by,
      }))
  }
  return []
}

function searches({ claims }: Subject, { institution, learnerIdSchemes, feideSchemes }: FsSettings) {
  const nationalNumbers = claims.flatMap((claim) =>
    claim.type === 'nationalId' && claim.country === 'NO' && isNationalNumber(claim.value)
      ? normaliseNationalId('NO', claim.value).value
      : [],
  )
  const numbersOf = (schemes: readonly (string | undefined)[]) =>
    claims.flatMap((claim) => (claim.type === 'learnerId' && schemes.includes(claim.scheme) ? claim.value : []))
  return [
    { field: 'studenterGittFodselsnumre', by: 'nationalId', numbers: nationalNumbers },
    // A student number means somebody only at the university that gave it.
    {
      field: 'studenterGittStudentnumre',
      by: 'learnerId',
      numbers: numbersOf([institution.schac, ...learnerIdSchemes]),
    },
    { field: 'studenterGittFeideBrukere', by: 'learnerId', numbers: numbersOf(feideSchemes) },
  ] as const
}
