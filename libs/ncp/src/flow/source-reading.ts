import {
  claimsOf,
  decideLookup,
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
import { checkReports } from './check-reports.js'
import type { Gap } from './ncp-transfer.js'

/** What is collected, for whom it is told, and until when. */
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

/** One enrolment, and what was read for it so far. */
export interface ReadEnrolment {
  readonly connection: string
  readonly enrolment: Enrolment
  readonly reports: SourceReport[]
  readonly notices: Notice[]
  state: 'asked' | 'read'
  failure?: Gap
}

/** One source on its way. What it has read stays, when the deadline ends it. */
export class SourceReading {
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

  /** @throws {EmrexError} STORE_UNAVAILABLE */
  async run(identity: Identity, tell: () => void): Promise<void> {
    const subject = this.#subject(identity)
    try {
      await this.#find(identity, subject)
    } catch (error) {
      // Our own database was away: that is no failure of the system, and ends nothing.
      if (reasonOf(error) === 'STORE_UNAVAILABLE') throw error
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

  /** It has a record that may be of this person and is not taken as theirs: somebody whom another source knows misses it. */
  get unsure(): Gap | undefined {
    const institution = this.#title
    if (this.end === 'ID_MISMATCH') return { institution, code: this.end }
    return this.end === 'ID_AMBIGUOUS' ? { institution, code: this.end, kind: 'ambiguous' } : undefined
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
      for (const enrolment of onceEach(decided.found))
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
      checkReports(this.id, read.enrolment, reports)
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

/** A table that joins too much, or a student with two numbers, comes twice; what is read twice would count twice. */
function onceEach(enrolments: readonly Enrolment[]): Iterable<Enrolment> {
  const known = new Map<string, Enrolment>()
  for (const enrolment of enrolments) {
    const key = JSON.stringify([enrolment.institution.code, enrolment.person])
    if (!known.has(key)) known.set(key, enrolment)
  }
  return known.values()
}

function gapOf(institution: string, error: unknown): Gap {
  const kind: SisErrorKind | undefined = error instanceof SisError ? error.kind : undefined
  return { institution, code: reasonOf(error), ...(kind === undefined ? {} : { kind }) }
}
