import { normaliseNationalId, type Enrolment, type SisContext, type Subject } from '@emrex-gateway/core'
import { child, children, childText, type AnswerPart } from './answer-parts.js'
import { buildLearner } from './build-learner.js'
import type { InstitutionBook } from './institution-book.js'
import { isLearnerOid, personKeyOf } from './person-key.js'
import type { VirtaClient, VirtaSearch } from './virta-client.js'

interface Search {
  readonly foundBy: 'nationalId' | 'learnerId'
  readonly value: string
  readonly search: VirtaSearch
}

/**
 * One enrolment for each institution that gave the person a right to study or a result: by the Finnish national number,
 * and where that gives nothing, by the learner OID.
 *
 * @throws {SisError}
 */
export async function findEnrolments(
  virta: VirtaClient,
  book: InstitutionBook,
  learnerIdSchemes: readonly string[],
  subject: Subject,
  context: SisContext,
): Promise<readonly Enrolment[]> {
  for (const search of searches(subject, learnerIdSchemes)) {
    const answer = await virta.ask('OpiskelijanKaikkiTiedot', search.search, context)
    const found = enrolmentsIn(answer, search, book)
    if (found.length > 0) return found
  }
  return []
}

function searches({ claims }: Subject, learnerIdSchemes: readonly string[]): readonly Search[] {
  const byNumber = claims.flatMap((claim): Search[] => {
    if (claim.type !== 'nationalId' || claim.country.toUpperCase() !== 'FI') return []
    const { value, warning } = normaliseNationalId('FI', claim.value)
    return warning === 'form' ? [] : [{ foundBy: 'nationalId', value, search: { henkilotunnus: value } }]
  })
  const byOid = claims.flatMap((claim): Search[] => {
    if (claim.type !== 'learnerId' || !learnerIdSchemes.includes(claim.scheme)) return []
    const value = claim.value.trim()
    return isLearnerOid(value) ? [{ foundBy: 'learnerId', value, search: { kansallinenOppijanumero: value } }] : []
  })
  return [...byNumber, ...byOid]
}

/** Each institution keeps a record of its own (`Opiskelija`) about the person, with names of its own. */
function enrolmentsIn(virta: unknown, { foundBy, value }: Search, book: InstitutionBook): readonly Enrolment[] {
  const byCode = new Map<string, Enrolment>()
  for (const student of children(virta, 'Opiskelija')) {
    const person =
      personKeyOf(childText(student, 'Henkilotunnus'), childText(student, 'KansallinenOppijanumero')) ?? value
    const learner = buildLearner(student)
    for (const code of issuersOf(student))
      if (!byCode.has(code)) byCode.set(code, { person, institution: book.institution(code), learner, foundBy })
  }
  return [...byCode.values()]
}

function issuersOf(student: AnswerPart): readonly string[] {
  const rights = children(child(student, 'Opiskeluoikeudet'), 'Opiskeluoikeus')
  const results = children(child(student, 'Opintosuoritukset'), 'Opintosuoritus')
  return [...rights, ...results].flatMap((each) => childText(each, 'Myontaja') ?? [])
}
