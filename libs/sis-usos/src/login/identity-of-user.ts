import type { Identity, Loa, PersonIdentifier } from '@emrex-gateway/core'
import { birthDateOf, familyNameOf, givenNamesOf, peselOf } from '../map/build-learner.js'
import type { UsosUser } from '../api/answers.js'

/** Who vouches for it, and how strongly. */
export interface LoginFacts {
  readonly provider: string
  readonly issuer: string
  readonly schac: string
  readonly loa: Loa | 'none'
  readonly at: Date
}

/** The student as the university knows them; undefined where USOS gave no name. */
export function identityOfUser(user: UsosUser, { provider, issuer, schac, loa, at }: LoginFacts): Identity | undefined {
  const [given, family] = [givenNamesOf(user), familyNameOf(user)]
  if (family === '' && given === '') return undefined
  const birthDate = birthDateOf(user)
  const number = peselOf(user)
  const identifiers: PersonIdentifier[] = []
  if ((user.student_number ?? '') !== '')
    identifiers.push({
      scheme: `student:${schac}`,
      value: user.student_number!,
      persistence: 'lifelong',
      source: 'institution',
    })
  if (number !== undefined)
    identifiers.push({ scheme: 'national:PL', value: number, persistence: 'lifelong', source: 'institution' })
  return {
    provider,
    issuer,
    subject: user.id,
    country: 'PL',
    homeOrganisation: schac,
    loa,
    authenticatedAt: at.toISOString(),
    names: [{ given, family, kind: 'current' }],
    ...(birthDate === undefined ? {} : { birthDate: { value: birthDate, precision: 'day' } as const }),
    identifiers,
    roles: [],
  }
}
