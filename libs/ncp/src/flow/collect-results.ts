import {
  claimsOf,
  decideLookup,
  matchPerson,
  personFactsOfLearner,
  reasonOf,
  type Enrolment,
  type FoundLink,
  type Identity,
  type ReasonCode,
  type SisConnection,
  type SisContext,
  type Want,
} from '@emrex-gateway/core'
import type { Elmo, Report } from '@emrex-gateway/elmo'
import type { Gap } from './ncp-transfer.js'

/** What the SISs hold on a person, or why there is nothing to choose from. */
export type Collected =
  | {
      readonly elmo: Elmo
      readonly gaps: readonly Gap[]
      /** Links that the person was found by. */
      readonly links?: readonly FoundLink[]
    }
  /** Nobody was found, and these sources can be given a second proof. */
  | { readonly ask: readonly string[] }
  | { readonly end: ReasonCode; readonly institutions: readonly string[] }

/** When nobody was found, the reason that helps the person most comes first. */
const endsByWeight: readonly (ReasonCode | 'ask')[] = [
  'ID_AMBIGUOUS',
  'ID_MISMATCH',
  'ask',
  'SIS_DOWN',
  'ID_INSUFFICIENT',
  'ID_NOT_FOUND',
]

/**
 * Asks every source for the person and reads their reports. A source that fails becomes a gap; only when nothing at all
 * could be read does the transfer end.
 */
export async function collectResults(
  identity: Identity,
  sources: readonly SisConnection[],
  order: {
    readonly want: Want
    readonly context: () => SisContext
    readonly now: Date
    /** How people know a source that could not be asked; without it, its id. */
    readonly titleOf?: (connection: string) => string | undefined
    /** The link of this login at a source. */
    readonly link?: (connection: string) => Promise<FoundLink | undefined>
    readonly canAsk?: (connection: string) => Promise<boolean>
    /** Told about each source that could not be asked or read. */
    readonly failed?: (connection: string, code: ReasonCode) => void
  },
): Promise<Collected> {
  const enrolments: { source: SisConnection; enrolment: Enrolment }[] = []
  const gaps: Gap[] = []
  const ends: (ReasonCode | 'ask')[] = []
  const asks: string[] = []
  const links: FoundLink[] = []
  for (const source of sources) {
    if (source.source === undefined) continue
    try {
      const found = await source.source.find(claimsOf(identity), order.context())
      const link = await order.link?.(source.id)
      const evidence = { linked: link?.enrolments ?? [] }
      let decided = decideLookup(identity, found, evidence)
      if ('end' in decided && decided.end === 'ID_INSUFFICIENT' && (await order.canAsk?.(source.id)))
        decided = decideLookup(identity, found, { ...evidence, canAsk: true })
      if ('end' in decided) ends.push(decided.end)
      else if ('ask' in decided) asks.push(source.id)
      else {
        enrolments.push(...decided.found.map((enrolment) => ({ source, enrolment })))
        if (decided.linked && link !== undefined) links.push(link)
      }
    } catch (error) {
      const code = reasonOf(error)
      order.failed?.(source.id, code)
      ends.push(code)
      gaps.push({ institution: order.titleOf?.(source.id) ?? source.id, code })
    }
  }
  const first = enrolments[0]
  if (first === undefined) {
    if (asks.length > 0) ends.push('ask')
    const end = endsByWeight.find((code) => ends.includes(code)) ?? ends[0] ?? 'ID_NOT_FOUND'
    return end === 'ask' ? { ask: asks } : { end, institutions: [] }
  }
  const learner = first.enrolment.learner
  const reports: Report[] = []
  for (const { source, enrolment } of enrolments) {
    const institution = enrolment.institution.title
    // Two sources may know two people by one number: their names and birth dates must agree before they share a document.
    if (matchPerson(personFactsOfLearner(learner), personFactsOfLearner(enrolment.learner)).verdict === 'different') {
      gaps.push({ institution, code: 'ID_MISMATCH' })
      continue
    }
    try {
      for await (const item of source.source!.reports(enrolment, order.want, order.context(), claimsOf(identity)))
        if ('issuer' in item) reports.push(item)
    } catch (error) {
      const code = reasonOf(error)
      order.failed?.(source.id, code)
      gaps.push({ institution, code })
    }
  }
  const withResults = reports.filter((report) => (report.learningOpportunitySpecification ?? []).length > 0)
  const institutions = [...new Set(enrolments.map(({ enrolment }) => enrolment.institution.title))]
  if (withResults.length === 0) return { end: endWithoutResults(gaps), institutions }
  const elmo = { generatedDate: order.now.toISOString(), learner, reports: withResults }
  return { elmo, gaps, ...(links.length === 0 ? {} : { links }) }
}

/** "No results" is only true where everything could be read; a record that was left out as another person's is no outage. */
function endWithoutResults(gaps: readonly Gap[]): ReasonCode {
  if (gaps.length === 0) return 'NO_RESULTS'
  return gaps.every(({ code }) => code === 'ID_MISMATCH') ? 'ID_MISMATCH' : 'SIS_DOWN'
}
