import {
  deliveryId,
  documentLimits,
  matchPerson,
  personFactsOfIdentity,
  personFactsOfLearner,
  reasonOf,
  reasonOfElmoError,
  type Enrolment,
  type Identity,
  type MatchResult,
  type PersonFacts,
  type ReasonCode,
  type RegistryEntry,
} from '@emrex-gateway/core'
import { receiveElmo, type SignatureEngine, type VerifiedElmo } from '@emrex-gateway/elmo'
import type { CaseReason } from './smp-transfer.js'

export interface AnswerQuestion {
  readonly packed: Uint8Array
  readonly ncp: RegistryEntry
  readonly sha1Until?: string
  readonly engine?: SignatureEngine
  readonly identity: Identity
  readonly owner: Enrolment
  readonly entryId: string
  readonly startedAt: Date
  readonly receivedAt: Date
  readonly clockSkewMinutes: number
}

/** What an answer is worth: a document with its match, or the reason why it is refused. */
export type AnswerJudgement =
  | {
      readonly document: VerifiedElmo
      readonly match: MatchResult
      readonly why: readonly CaseReason[]
      readonly deviations: readonly string[]
      readonly deliveryId: string
    }
  | {
      readonly refused: ReasonCode
      readonly detail: string
      readonly fields?: readonly string[]
      /** What was thrown though nothing should throw: for the log. */
      readonly thrown?: unknown
    }

/** The person at home: the SIS's record, completed by what the login asserted. */
export function homeFacts(identity: Identity, owner: Enrolment): PersonFacts {
  const login = personFactsOfIdentity(identity)
  const record = personFactsOfLearner(owner.learner, owner.institution.country)
  const birthDate = record.birthDate ?? login.birthDate
  return {
    names: [...record.names, ...login.names],
    identifiers: [...record.identifiers, ...login.identifiers],
    ...(birthDate === undefined ? {} : { birthDate }),
  }
}

/** Unpack, verify with the certificates of the NCP that was asked, match the person. Pure: changes nothing. */
export async function judgeAnswer(question: AnswerQuestion): Promise<AnswerJudgement> {
  const { packed, ncp, sha1Until, engine, identity, owner, receivedAt } = question
  try {
    const policy = { certificates: ncp.certificates, at: receivedAt, limits: documentLimits, sha1Until, engine }
    const { outcome, deviations } = await receiveElmo(packed, policy)
    if (!outcome.verified) return { refused: reasonOfElmoError[outcome.code], detail: outcome.code }
    const { document } = outcome
    if (isAboutNobody(document)) return { refused: 'DOC_SCHEMA', detail: 'a document without a learner' }
    if (isEmpty(document)) return { refused: 'NO_RESULTS', detail: 'a document without results and attachments' }
    const match = matchPerson(personFactsOfLearner(document.elmo.learner, ncp.countryCode), homeFacts(identity, owner))
    if (match.verdict === 'different')
      return { refused: 'ID_MISMATCH', detail: 'another person', fields: fieldsOf(match) }
    const why: CaseReason[] = [
      ...(match.verdict === 'doubt' ? (['match-unsure'] as const) : []),
      ...(isFresh(document.elmo.generatedDate, question) ? [] : (['document-not-fresh'] as const)),
    ]
    return { document, match, why, deviations, deliveryId: deliveryId(owner.person, question.entryId, document.xml) }
  } catch (error) {
    const refused = reasonOf(error)
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'thrown'
    return { refused, detail, ...(refused === 'INTERNAL' ? { thrown: error } : {}) }
  }
}

/** Which classes of data spoke against the person: told to them, never the values. */
function fieldsOf(match: MatchResult): string[] {
  const fields = new Set<string>()
  for (const reason of match.reasons) {
    if (reason.endsWith('-different') || reason.endsWith('-contradicts') || reason.endsWith('-near'))
      fields.add(reason.replace(/-(different|contradicts|near)$/, ''))
  }
  return [...fields]
}

/** Read by the table, a learner that is not there has empty names. A comparison with nobody would call it another person. */
function isAboutNobody({ elmo: { learner } }: VerifiedElmo): boolean {
  return learner.givenNames === '' && learner.familyName === '' && (learner.identifier ?? []).length === 0
}

function isEmpty({ elmo }: VerifiedElmo): boolean {
  const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap((report) => report.attachment ?? [])]
  return (
    attachments.length === 0 &&
    elmo.reports.every((report) => (report.learningOpportunitySpecification ?? []).length === 0)
  )
}

/**
 * Made for this transfer: not before it began, not after it arrived. A date without a zone may be off by any zone.
 * Spec: EMREX attack catalogue, replay of an old document.
 */
function isFresh(generatedDate: string, { startedAt, receivedAt, clockSkewMinutes }: AnswerQuestion): boolean {
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(generatedDate)
  const made = Date.parse(hasZone ? generatedDate : `${generatedDate}Z`)
  const slackMs = (clockSkewMinutes + (hasZone ? 0 : 14 * 60)) * 60_000
  return made >= startedAt.getTime() - slackMs && made <= receivedAt.getTime() + slackMs
}
