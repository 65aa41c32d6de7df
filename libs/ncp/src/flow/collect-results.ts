import { setMaxListeners } from 'node:events'
import {
  matchPerson,
  personFactsOfLearner,
  type Enrolment,
  type FoundLink,
  type Identity,
  type ReasonCode,
  type SisConnection,
} from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import { withDistinctAttachments } from './distinct-attachments.js'
import type { Gap, SourceNotice } from './ncp-transfer.js'
import type { AttachmentPlace } from './read-results.js'
import { SourceReading, type CollectOrder, type ReadEnrolment } from './source-reading.js'

/** What the SISs hold on a person, or why there is nothing to choose from. */
export type Collected =
  | {
      readonly elmo: Elmo
      readonly gaps: readonly Gap[]
      readonly notices: readonly SourceNotice[]
      readonly attachments: readonly AttachmentPlace[]
      /** Links that the person was found by. */
      readonly links?: readonly FoundLink[]
    }
  /** Nobody was found, and these sources can be given a second proof. */
  | { readonly ask: readonly string[] }
  | {
      readonly end: ReasonCode
      readonly institutions: readonly string[]
      /** Where nothing could be read, and what happened there. */
      readonly gaps: readonly Gap[]
    }

/** When nobody was found, the reason that helps the person most comes first. */
const endsByWeight: readonly (ReasonCode | 'ask')[] = [
  'ID_AMBIGUOUS',
  'ID_MISMATCH',
  'ask',
  'LOGIN_EXPIRED',
  'SIS_DOWN',
  'INTERNAL',
  'SIS_FORBIDS',
  'ID_INSUFFICIENT',
  'ID_NOT_FOUND',
]

/** What has no weight comes last. */
const weightOf = (end: ReasonCode): number => {
  const place = endsByWeight.indexOf(end)
  return place === -1 ? endsByWeight.length : place
}

/**
 * Asks every source for the person and reads their reports, all at once and within one deadline. A source or an
 * institution that fails or is too slow becomes a gap; only when nothing at all could be read does the transfer end.
 * @throws {EmrexError} STORE_UNAVAILABLE
 */
export async function collectResults(
  identity: Identity,
  sources: readonly SisConnection[],
  order: CollectOrder,
): Promise<Collected> {
  // Every source, and every question that waits for its turn, listens to it: they are many, and end with it.
  setMaxListeners(0, order.deadline)
  const readings = sources
    .filter(({ source }) => source !== undefined)
    .map((source) => new SourceReading(source, order))
  const tell = () => order.progress?.(readings.flatMap((reading) => reading.places()))
  tell()
  const work = Promise.all(readings.map((reading) => reading.run(identity, tell)))
  await Promise.race([work, aborted(order.deadline)])
  // The deadline ends repetitions, too: what a system said before that comes in this very moment, and says more.
  await new Promise((resolve) => setImmediate(resolve))
  for (const reading of readings) reading.giveUp()

  const enrolments = readings.flatMap((reading) => reading.enrolments)
  const gaps = readings.flatMap(({ failure }) => failure ?? [])
  // Whoever could not be read does not name the student either.
  const first = enrolments.find(({ failure }) => failure === undefined) ?? enrolments[0]
  if (first === undefined) {
    const asks = readings.filter(({ end }) => end === 'ask').map(({ id }) => id)
    const ends = readings.flatMap(({ end }) => end ?? [])
    const end = endsByWeight.find((code) => ends.includes(code)) ?? ends[0] ?? 'ID_NOT_FOUND'
    return end === 'ask' ? { ask: asks } : { end, institutions: [], gaps }
  }
  return documentOf(
    first.enrolment,
    enrolments,
    readings.flatMap(({ failure, unsure }) => failure ?? unsure ?? []),
    order,
    readings.flatMap(({ link }) => link ?? []),
  )
}

function documentOf(
  { learner }: Enrolment,
  enrolments: readonly ReadEnrolment[],
  sourceGaps: readonly Gap[],
  order: CollectOrder,
  links: readonly FoundLink[],
): Collected {
  const gaps = [...sourceGaps]
  const kept: ReadEnrolment[] = []
  for (const read of enrolments) {
    const { enrolment, failure } = read
    const institution = enrolment.institution.title
    // Two sources may know two people by one number: their names and birth dates must agree before they share a document.
    if (matchPerson(personFactsOfLearner(learner), personFactsOfLearner(enrolment.learner)).verdict === 'different')
      gaps.push({ institution, code: 'ID_MISMATCH' })
    else if (failure !== undefined) gaps.push(failure)
    else kept.push(read)
  }
  const attachments: AttachmentPlace[] = []
  const taken = new Set<string>()
  const reports = kept.flatMap(({ connection, enrolment, reports }) =>
    reports.flatMap((given) => {
      if ((given.learningOpportunitySpecification ?? []).length === 0) return []
      const { lazyAttachments = [], ...report } = withDistinctAttachments(given, taken)
      for (const attachment of lazyAttachments) attachments.push({ connection, enrolment, attachment })
      return report
    }),
  )
  if (reports.length === 0) {
    const institutions = [...new Set(enrolments.map(({ enrolment }) => enrolment.institution.title))]
    return { end: endWithoutResults(gaps), institutions, gaps }
  }
  return {
    elmo: { generatedDate: order.now.toISOString(), learner, reports },
    gaps,
    notices: kept.flatMap(({ enrolment, notices }) =>
      notices.map((notice) => ({ institution: enrolment.institution.title, ...notice })),
    ),
    attachments,
    ...(links.length === 0 ? {} : { links }),
  }
}

/** "No results" is only true where everything could be read; a record that was left out as another person's is no outage. */
function endWithoutResults(gaps: readonly Gap[]): ReasonCode {
  if (gaps.length === 0) return 'NO_RESULTS'
  const failures = gaps.map(({ code }) => code).filter((code) => code !== 'ID_MISMATCH')
  if (failures.length === 0) return 'ID_MISMATCH'
  return failures.toSorted((one, other) => weightOf(one) - weightOf(other))[0]!
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
