import { SisError, type Enrolment, type Institution, type SisContext, type Subject } from '@emrex-gateway/core'
import { fromJson, type Learner } from '@emrex-gateway/elmo'
import { z } from 'zod'
import { askFor } from './ask-call.js'
import type { RestClient } from './open-client.js'
import type { RestSettings } from './rest-settings.js'

/** Opaque; stands in a path, so it can be no step of one. */
export const opaqueId = z.string().regex(/^(?!\.{1,2}$)[^\p{Cc}]{1,500}$/u)

const institution = z.object({
  code: z.string().min(1),
  title: z.string().min(1),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  schac: z.string().min(1).optional(),
})
const institutions = z.object({ institutions: z.array(institution) })
const people = z.object({
  enrolments: z.array(
    z.object({
      id: opaqueId,
      institution,
      learner: z.unknown(),
      foundBy: z.enum(['nationalId', 'esi', 'learnerId', 'birthDate']),
    }),
  ),
})

export async function listInstitutions(client: RestClient, context: SisContext): Promise<readonly Institution[]> {
  const { institutions: list } = await askFor(client, { path: 'institutions' }, institutions, context)
  return list.map(institutionOf)
}

/**
 * Enrolments by the claims that the settings allow, sent in the body. Nothing is asked where none is left.
 * @throws {SisError}
 */
export async function findPeople(
  client: RestClient,
  { findBy }: Pick<RestSettings, 'findBy'>,
  { claims }: Subject,
  context: SisContext,
): Promise<Enrolment[]> {
  const allowed = claims.filter(({ type }) =>
    type === 'name' ? findBy.includes('birthDate') : (findBy as readonly string[]).includes(type),
  )
  if (allowed.every(({ type }) => type === 'name')) return []
  const { enrolments } = await askFor(
    client,
    {
      path: 'persons/search',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ claims: allowed }),
    },
    people,
    context,
  )
  return enrolments.map(({ id, institution: where, learner, foundBy }) => ({
    person: id,
    institution: institutionOf(where),
    learner: learnerOf(learner, client.connection),
    foundBy,
  }))
}

const institutionOf = ({ code, title, country, schac }: z.output<typeof institution>): Institution => ({
  code,
  title,
  ...(country === undefined ? {} : { country }),
  ...(schac === undefined ? {} : { schac }),
})

/** The learner in the JSON form of ELMO. */
function learnerOf(learner: unknown, connection: string): Learner {
  try {
    return fromJson({ elmo: null, namespace: '', generatedDate: '', learner, reports: [] }).learner
  } catch {
    throw new SisError('bad-data', 'the answer of the system has another form (learner)', { connection })
  }
}
