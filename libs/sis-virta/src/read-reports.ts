import { nestParts, type Enrolment, type Notice, type SisContext, type SourceReport } from '@emrex-gateway/core'
import type { GradingScheme } from '@emrex-gateway/elmo'
import { attribute, children, childText, type AnswerPart } from './answer-parts.js'
import { buildResult } from './build-result.js'
import type { InstitutionBook } from './institution-book.js'
import { parentsOf } from './parents-of.js'
import { searchOf } from './person-key.js'
import type { VirtaClient } from './virta-client.js'

/**
 * The results that the institution of this enrolment gave (`Myontaja`), as one report; then what had to be left out. VIRTA
 * is asked for all institutions: how far its own condition for one (`organisaatio`) reaches is not known, and a result
 * must not fall between two.
 *
 * @throws {SisError}
 */
export async function* readReports(
  virta: VirtaClient,
  book: InstitutionBook,
  enrolment: Enrolment,
  context: SisContext,
  now: () => Date,
): AsyncGenerator<SourceReport | Notice> {
  const answer = await virta.ask('Opintosuoritukset', searchOf(enrolment.person), context)
  const issuer = enrolment.institution.code
  const given = children(answer, 'Opintosuoritus').filter((result) => childText(result, 'Myontaja') === issuer)
  if (given.length === 0) return
  const notices: Notice[] = []
  yield { ...reportOf(given, notices), issuer: book.issuer(issuer), issueDate: now().toISOString() }
  if (!book.isNamed(issuer)) yield { notice: 'institution-unnamed', detail: issuer }
  yield* notices
}

/** `Laji` of what no transcript shows: 3 is not considered, 4 is internal to the institution. */
const isShown = (result: AnswerPart): boolean => !['3', '4'].includes(childText(result, 'Laji') ?? '')

function reportOf(
  given: readonly AnswerPart[],
  notices: Notice[],
): Pick<SourceReport, 'learningOpportunitySpecification' | 'gradingScheme'> {
  // A result without a key is nobody's part; the position stands in.
  const results = given.map((result, index) => ({ result, key: attribute(result, 'avain') ?? `#${index}` }))
  const parents = parentsOf(
    results.map(({ result, key }) => ({
      key,
      code: attribute(result, 'koulutusmoduulitunniste'),
      parts: children(result, 'Sisaltyvyys').flatMap((each) => attribute(each, 'sisaltyvaOpintosuoritusAvain') ?? []),
    })),
    notices,
  )
  const schemes = new Map<string, GradingScheme>()
  const flat = results
    .filter(({ result }) => isShown(result))
    .map(({ result, key }) => {
      const { specification, scheme } = buildResult(result, notices)
      if (scheme !== undefined) schemes.set(scheme.localId, scheme)
      return { key, parent: parents.get(key), specification }
    })
  const hidden = results.filter(({ result }) => !isShown(result)).map(({ key }) => [key, parents.get(key)] as const)
  return {
    learningOpportunitySpecification: nestParts(flat, notices, new Map(hidden)),
    ...(schemes.size > 0 ? { gradingScheme: [...schemes.values()] } : {}),
  }
}
