import type { Learner, Report, VerifiedElmo } from '@emrex-gateway/elmo'
import type { Claim, Grant, Subject } from '../identity.js'
import type { MatchResult } from '../matching/match-person.js'
import type { Plugin } from '../plugin.js'
import type { IdentityProvider } from './identity-provider.js'

/** Passed to each call of a SIS: stop signal, wanted languages (BCP 47, best first) and a reference for logs. */
export interface SisContext {
  readonly signal: AbortSignal
  readonly languages: readonly string[]
  readonly reference: string
}

export interface Institution {
  /** The institution's own code in this SIS; opaque. */
  readonly code: string
  readonly title: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** Web domain such as `uw.edu.pl`. */
  readonly schac?: string
  /** Who stands as issuer in the ESIs that its students get here, where it is neither its domain nor its country: `ladok.se`. */
  readonly esiIssuer?: string
  /** People are found there by student number, and their addresses are on file: a code can be sent to them. */
  readonly hasContacts?: boolean
}

/** "This person, at this institution, in this SIS". */
export interface Enrolment {
  /** Opaque key of the SIS; never shown, never logged. */
  readonly person: string
  readonly institution: Institution
  /** The learner as the SIS knows them, not as the login named them. */
  readonly learner: Learner
  /**
   * The claim that this record was found by. Needed where the learner does not show the number itself, such as a student
   * number; without it such a number proves nothing.
   */
  readonly foundBy?: Claim['type']
}

/** What a mapping had to leave out or could not tell; the person is told, a plugin never throws for it. */
export interface Notice {
  /** One of `knownNotices`, or a code of the plugin's own. */
  readonly notice: string
  /** What it is about, such as a course code or the name of a unit; nothing about the person. */
  readonly detail?: string
}

/** An attachment of a report whose bytes are read only when it is sent: its `content` is `[{ value: '' }]`. */
export interface LazyAttachment {
  /** Its `internal` identifier in the report. */
  readonly id: string
  /** Opaque key of the SIS; never shown, never logged. */
  readonly key: string
  readonly mediaType: string
  /** Where the SIS knows it. */
  readonly bytes?: number
}

/** A report and what its attachments are read by. */
export interface SourceReport extends Report {
  readonly lazyAttachments?: readonly LazyAttachment[]
}

/** How the SIS itself reaches a person; never taken from a login. */
export interface Contact {
  /** One plain address. Only ever shown masked. */
  readonly email?: string
}

/**
 * What is asked for. The core leaves out what is not wanted; a plugin may use it to ask its SIS for less, and gives each
 * result with its true status.
 */
export interface Want {
  readonly failed: boolean
  readonly inProgress: boolean
  /** Calendar days, both included, for the date of a result. One without a date is not left out by them. */
  readonly from?: string
  readonly to?: string
}

/** By what a SIS can look somebody up. */
export interface LookupAbilities {
  readonly findBy: readonly Claim['type'][]
  /** ISO 3166-1 alpha-2, whose national identifiers it holds; absent: perhaps any. */
  readonly nationalIdsOf?: readonly string[]
  /** Answers with the student's own grant alone, which the `login` of the same connection gives. */
  readonly delegated?: true
}

export interface SourceAbilities extends LookupAbilities {
  readonly failed: boolean
  readonly inProgress: boolean
}

/** The part of a SIS that gives results (NCP). */
export interface ResultSource {
  readonly can: SourceAbilities
  institutions(context: SisContext): Promise<readonly Institution[]>
  /** Enrolments that fit the strongest claim the SIS can search by; nobody is an empty list, not an error. */
  find(subject: Subject, context: SisContext): Promise<readonly Enrolment[]>
  /** One ELMO report per issuer; typed data, never XML. `subject` carries the grant where the source is delegated. */
  reports(enrolment: Enrolment, want: Want, context: SisContext, subject: Subject): AsyncIterable<SourceReport | Notice>
  /** The bytes of an attachment, in pieces. Absent: no report has lazy attachments. @throws {SisError} */
  openAttachment?(enrolment: Enrolment, attachment: LazyAttachment, context: SisContext): AsyncIterable<Uint8Array>
  /** The address on file, for a second proof. Absent: this SIS has none. An enrolment that is gone has no address. */
  contact?(enrolment: Enrolment, context: SisContext): Promise<Contact>
}

/** Results on their way into a SIS. The document was verified and is verified again by whoever made this. */
export interface Delivery {
  /** The same document for the same person has the same id: submitting twice imports once. */
  readonly id: string
  readonly owner: Enrolment
  readonly match: MatchResult
  /** `ncp`: the name of the NCP that was asked, as the registry has it. */
  readonly origin: { readonly ncp: string; readonly country: string; readonly receivedAt: string }
  readonly document: VerifiedElmo
  /** By what the document was verified when it arrived: whoever keeps it verifies it again by this, as of `receivedAt`. */
  readonly trust: DeliveryTrust
  /** Results that came before in another document, each where it came last, newest first; to be told, never a reason to refuse. */
  readonly earlier?: readonly EarlierImport[]
}

/** An import of the same student that brought results of this document already. */
export interface EarlierImport {
  /** ISO instant. */
  readonly at: string
  /** The number that staff know it by. */
  readonly reference?: string
  /** Titles of the results of this document that came then. */
  readonly results: readonly string[]
  /** Whether these are all results of this document. */
  readonly isAll: boolean
}

export interface DeliveryTrust {
  /** Of the NCP that was asked, as the registry held them then; PEM or bare base64. */
  readonly certificates: readonly string[]
  /** The last day of an SHA-1 exception, as an ISO date. */
  readonly sha1Until?: string
}

export interface Receipt {
  readonly id: string
  readonly state: 'queued' | 'accepted' | 'partly' | 'rejected'
  /** A number that staff can search for; no personal data. */
  readonly reference?: string
  /** Why it was rejected, as a code of the SIS. */
  readonly reason?: string
}

/** The part of a SIS that takes results (SMP). */
export interface ImportTarget {
  readonly can: LookupAbilities & { readonly mode: 'document' | 'case' | 'structured' }
  /** Which of our students is this login? Nobody is an empty list. Who it is in the end is decided by the core. */
  match(subject: Subject, context: SisContext): Promise<readonly Enrolment[]>
  /** The same id again gives the same receipt and imports nothing twice. */
  submit(delivery: Delivery, context: SisContext): Promise<Receipt>
  status?(id: string, context: SisContext): Promise<Receipt | undefined>
  /** For a second proof, as in `ResultSource`: both or none, and `match` then finds people by student number. */
  institutions?(context: SisContext): Promise<readonly Institution[]>
  contact?(enrolment: Enrolment, context: SisContext): Promise<Contact>
}

export interface Health {
  readonly ok: boolean
  /** One line each, for the operator; no secrets, no personal data. */
  readonly findings: readonly string[]
}

/** One tenant = one credential = one connection. */
export interface SisConnection {
  readonly id: string
  readonly source?: ResultSource
  readonly target?: ImportTarget
  /** A SIS whose authorisation by the student is a login too. Its outcome carries the grant. */
  readonly login?: IdentityProvider
  /** Gives a grant back when all was read. Does not throw. */
  revoke?(grant: Grant): Promise<void>
  check(context: SisContext): Promise<Health>
  close(): Promise<void>
}

export type SisPlugin<Config = unknown> = Plugin<Config, SisConnection>
