import { setMaxListeners } from 'node:events'
import {
  claimsOf,
  decideLookup,
  matchPerson,
  personFactsOfLearner,
  reasonOf,
  SisError,
  wantedReport,
  type Enrolment,
  type FoundLink,
  type Grant,
  type Identity,
  type Notice,
  type ReasonCode,
  type SisConnection,
  type SisContext,
  type SisErrorKind,
  type SourceReport,
  type Subject,
  type Want,
} from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import type { AttachmentPlace } from './read-results.js'
import type { Gap, SourceNotice } from './ncp-transfer.js'

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

export interface CollectOrder {
  readonly want: Want
  /** When it is aborted, what is there is taken, and the rest becomes gaps. */
  readonly deadline: AbortSignal
  readonly reference: string
  readonly now: Date
  /** The leave of the student, for the connection that gave it. */
  readonly grant?: Grant | undefined
  /** How people know a source that could not be asked; without it, its id. */
  readonly titleOf?: (connection: string) => string | undefined
  /** The link of this login at a source. */
  readonly link?: (connection: string) => Promise<FoundLink | undefined>
  readonly canAsk?: (connection: string) => Promise<boolean>
  /** Told about each source that could not be asked or read. */
  readonly failed?: (connection: string, error: unknown) => void
  /** Told whenever a source or one of its institutions was read or given up. */
  readonly progress?: (places: readonly CollectedPlace[]) => void
}

/** How far the reading is at one place. */
export interface CollectedPlace {
  readonly place: string
  readonly state: 'asked' | 'read' | 'failed'
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
 */
export async function collectResults(
  identity: Identity,
  sources: readonly SisConnection[],
  order: CollectOrder,
): Promise<Collected> {
  // Every source, and every question that waits for its turn, listens to it: they are many, and end with it.
  setMaxListeners(0, order.deadline)
  const readings = sources.filter(({ source }) => source !== undefined).map((source) => new Reading(source, order))
  const tell = () => order.progress?.(readings.flatMap((reading) => reading.places()))
  tell()
  const work = Promise.all(readings.map((reading) => reading.run(identity, tell)))
  await Promise.race([work, aborted(order.deadline)])
  // The deadline ends repetitions, too: what a system said before that comes in this very moment, and says more.
  await new Promise((resolve) => setImmediate(resolve))
  for (const reading of readings) reading.giveUp()

  const enrolments = readings.flatMap((reading) => reading.enrolments)
  const gaps = readings.flatMap(({ failure }) => failure ?? [])
  const [first] = enrolments
  if (first === undefined) {
    const asks = readings.filter(({ end }) => end === 'ask').map(({ id }) => id)
    const ends = readings.flatMap(({ end }) => end ?? [])
    const end = endsByWeight.find((code) => ends.includes(code)) ?? ends[0] ?? 'ID_NOT_FOUND'
    return end === 'ask' ? { ask: asks } : { end, institutions: [], gaps }
  }
  return documentOf(
    first.enrolment,
    enrolments,
    gaps,
    order,
    readings.flatMap(({ link }) => link ?? []),
  )
}

interface ReadEnrolment {
  readonly connection: string
  readonly enrolment: Enrolment
  readonly reports: SourceReport[]
  readonly notices: Notice[]
  state: 'asked' | 'read'
  failure?: Gap
}

/** One source on its way. What it has read stays, when the deadline ends it. */
class Reading {
  readonly enrolments: ReadEnrolment[] = []
  /** Why it gives nobody. */
  end?: ReasonCode | 'ask'
  /** Why it could not be asked. */
  failure?: Gap
  /** The link that the person was found by. */
  link?: FoundLink
  #isAsked = false
  #isOver = false

  constructor(
    private readonly connection: SisConnection,
    private readonly order: CollectOrder,
  ) {}

  get id(): string {
    return this.connection.id
  }

  async run(identity: Identity, tell: () => void): Promise<void> {
    const subject = this.#subject(identity)
    try {
      await this.#find(identity, subject)
    } catch (error) {
      if (!this.#isOver) this.#fail(error)
    }
    this.#isAsked = true
    tell()
    await Promise.all(this.enrolments.map((read) => this.#read(read, subject).then(tell)))
  }

  /** The deadline: who has not answered by now did not answer. */
  giveUp(): void {
    this.#isOver = true
    const late = new SisError('timeout', 'the system took too long', { connection: this.id })
    if (!this.#isAsked && this.enrolments.length === 0) this.#fail(late)
    for (const read of this.enrolments)
      if (read.state === 'asked' && read.failure === undefined) this.#failReading(read, late)
  }

  places(): CollectedPlace[] {
    if (this.enrolments.length > 0)
      return this.enrolments.map(({ enrolment, state, failure }) => ({
        place: enrolment.institution.title,
        state: failure === undefined ? state : 'failed',
      }))
    const state = this.failure !== undefined ? 'failed' : this.#isAsked ? 'read' : 'asked'
    return [{ place: this.#title, state }]
  }

  async #find(identity: Identity, subject: Subject): Promise<void> {
    const source = this.connection.source!
    const found = await source.find(subject, this.#context())
    const link = await this.order.link?.(this.id)
    const evidence = { linked: link?.enrolments ?? [], granted: subject.grant !== undefined }
    let decided = decideLookup(identity, found, evidence)
    if ('end' in decided && decided.end === 'ID_INSUFFICIENT' && (await this.order.canAsk?.(this.id)))
      decided = decideLookup(identity, found, { ...evidence, canAsk: true })
    if (this.#isOver) return
    if ('end' in decided) this.end = source.can.delegated && !subject.grant ? 'ID_INSUFFICIENT' : decided.end
    else if ('ask' in decided) this.end = 'ask'
    else {
      for (const enrolment of decided.found)
        this.enrolments.push({ connection: this.id, enrolment, reports: [], notices: [], state: 'asked' })
      if (decided.linked && link !== undefined) this.link = link
    }
  }

  async #read(read: ReadEnrolment, subject: Subject): Promise<void> {
    const reports: SourceReport[] = []
    const notices: Notice[] = []
    try {
      const items = this.connection.source!.reports(read.enrolment, this.order.want, this.#context(), subject)
      for await (const item of items)
        if ('issuer' in item) reports.push(wantedReport(item, this.order.want, notices))
        else notices.push(item)
    } catch (error) {
      if (!this.#isOver) this.#failReading(read, error)
      return
    }
    if (this.#isOver) return
    read.reports.push(...reports)
    read.notices.push(...notices)
    read.state = 'read'
  }

  #fail(error: unknown): void {
    this.order.failed?.(this.id, error)
    this.end = reasonOf(error)
    this.failure = gapOf(this.#title, error)
  }

  #failReading(read: ReadEnrolment, error: unknown): void {
    this.order.failed?.(this.id, error)
    read.failure = gapOf(read.enrolment.institution.title, error)
  }

  #subject(identity: Identity): Subject {
    const { grant } = this.order
    return { ...claimsOf(identity), ...(grant?.connection === this.id ? { grant } : {}) }
  }

  #context(): SisContext {
    return { signal: this.order.deadline, languages: ['en'], reference: this.order.reference }
  }

  get #title(): string {
    return this.order.titleOf?.(this.id) ?? this.id
  }
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
  const reports = kept.flatMap(({ connection, enrolment, reports }) =>
    reports.flatMap(({ lazyAttachments = [], ...report }) => {
      if ((report.learningOpportunitySpecification ?? []).length === 0) return []
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

function gapOf(institution: string, error: unknown): Gap {
  const kind: SisErrorKind | undefined = error instanceof SisError ? error.kind : undefined
  return { institution, code: reasonOf(error), ...(kind === undefined ? {} : { kind }) }
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
