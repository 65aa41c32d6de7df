import {
  defaults,
  EmrexError,
  loggedTransfers,
  reasonOf,
  receiptNumber,
  receiveLogin,
  referenceOf,
  startLogin,
  type Effects,
  type GatewayStore,
  type Identity,
  type IdentityProvider,
  type InboundMessage,
  type PendingLogin,
  type ReasonCode,
  type Step,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import { CasesByHand, type FileOfCase } from './cases-by-hand.js'
import type { SmpFlow } from './smp-flow.js'
import type { SmpHost } from './smp-host.js'
import { StaffStatistics, type StatisticsFile, type StatisticsWish } from './staff-statistics.js'
import type { StaffCase, StaffDone, StaffPage } from './smp-page.js'
import { isIn, type SmpState, type SmpTransfer } from './smp-transfer.js'

/** The session of a staff person: kept like a transfer, proved by the same kind of cookie. */
export type StaffState =
  | { readonly state: 'staff-login'; readonly login: PendingLogin }
  | { readonly state: 'staff-refused'; readonly code: ReasonCode }
  | { readonly state: 'staff'; readonly author: string; readonly done?: StaffDone }

type StaffStep = Step<StaffPage>

/** How many cases one page shows: each has its whole document, which is verified again. */
const shownCases = 100

/**
 * Staff of one SMP decide about the cases that the matching left open, and enter by hand what nobody can write into their
 * SIS. Every decision has an author, and a reason where it needs one.
 */
export class StaffFlow {
  readonly sessions: TransferStore<StaffState>
  private readonly byHand: CasesByHand
  private readonly figures: StaffStatistics

  constructor(
    private readonly flow: SmpFlow,
    private readonly host: SmpHost,
    store: GatewayStore = host.store,
  ) {
    this.sessions = loggedTransfers(store.transfers<StaffState>('staff'), 'staff', host.log)
    this.byHand = new CasesByHand(flow.entry, host.cases, () => host.now())
    this.figures = new StaffStatistics(flow.entry, store, () => host.now())
  }

  /** Begins a session with the staff login. @throws {EmrexError} PAGE_UNKNOWN where this SMP has none */
  async start(browser: string, language: string): Promise<{ transferId: string; step: StaffStep }> {
    const provider = this.provider
    const handle = this.host.randomId()
    const login = await startLogin(provider, {
      handle,
      callbackUrl: `${this.flow.entry.publicUrl}/staff/login/callback`,
      minimumLoa: 'none',
      freshLogin: true,
      language,
    })
    if ('code' in login) throw new EmrexError(login.code, 'the login for staff cannot be begun')
    const session = await this.sessions.create(
      { entry: this.flow.entry.id, browser, state: { state: 'staff-login', login }, expiresAt: this.until() },
      {
        handles: [{ kind: 'login', value: handle }],
        audit: [{ event: 'login.started', facts: { provider: provider.info.id } }],
      },
    )
    return { transferId: session.id, step: login.action }
  }

  /** @throws {EmrexError} SESSION_UNKNOWN, SESSION_REPLAYED, USER_GONE, LOGIN_EXPIRED */
  async complete(message: InboundMessage): Promise<StaffStep> {
    const { transfer: session, finished } = await receiveLogin(this.provider, message, {
      entry: this.flow.entry.id,
      transfers: this.sessions,
      now: () => this.host.now(),
      pendingIn: (state) => (state.state === 'staff-login' ? state.login : undefined),
    })
    if ('grant' in finished) this.flow.identification.giveBack(finished.grant)
    const next: StaffState =
      'code' in finished
        ? { state: 'staff-refused', code: finished.code }
        : isStaff(finished.identity)
          ? { state: 'staff', author: `${finished.identity.provider}:${finished.identity.subject}` }
          : { state: 'staff-refused', code: 'STAFF_ONLY' }
    const provider = this.provider.info.id
    const detail = 'code' in finished ? finished.detail : 'no-staff-role'
    const audit: NonNullable<Effects['audit']>[number] =
      next.state === 'staff-refused'
        ? { event: 'login.failed', code: next.code, facts: { provider, detail } }
        : { event: 'login.completed', author: next.author, facts: { provider } }
    await this.sessions.save(session, { state: next, expiresAt: this.until() }, { audit: [audit] })
    return { kind: 'hub', transferId: session.id }
  }

  async next(session: Transfer<StaffState>): Promise<StaffStep> {
    const { state } = session
    if (state.state === 'staff-login') return state.login.action
    if (state.state === 'staff-refused') return { kind: 'page', page: { page: 'staff-login-failed', code: state.code } }
    const open = await this.openCases()
    const described = await Promise.all(open.slice(0, shownCases).map((transfer) => this.describe(transfer)))
    const cases = described.filter((each) => each !== undefined)
    const more = open.length - described.length
    return {
      kind: 'page',
      page: {
        ...{ page: 'staff-cases', cases, ...(await this.byHand.list()), ...this.flow.papers.offersTranscript },
        ...(more > 0 ? { more } : {}),
        ...(state.done === undefined ? {} : { done: state.done }),
      },
    }
  }

  /** One case that is entered by hand, its document verified again; the list, when it is over or somebody else's. */
  async show(session: Transfer<StaffState>, caseId: string): Promise<StaffStep> {
    if (session.state.state !== 'staff') return this.next(session)
    const open = await this.byHand.read(caseId)
    if (open !== undefined) return { kind: 'page', page: open }
    return this.saw(session, session.state.author, 'over')
  }

  /** One file of such a case, or the transcript or an attachment of one to decide about. @throws {EmrexError} STAFF_ONLY, PAGE_UNKNOWN */
  async file(session: Transfer<StaffState>, caseId: string, name: string, language = 'en'): Promise<FileOfCase> {
    if (session.state.state !== 'staff') throw new EmrexError('STAFF_ONLY')
    const toDecide = await this.flow.transfers.load(caseId)
    if (toDecide?.entry !== this.flow.entry.id) return this.byHand.file(caseId, name, language)
    const saved = `${referenceOf(caseId)}-${name}`
    if (name !== 'transcript.pdf') return { ...(await this.flow.papers.attachment(toDecide, name)), name: saved }
    const bytes = await this.flow.papers.transcript(toDecide, language, 'staff')
    return { name: saved, mediaType: 'application/pdf', bytes }
  }

  /** Figures, for whom the login proves to be staff. @throws {EmrexError} PAGE_UNKNOWN */
  async statistics(session: Transfer<StaffState>, wish: StatisticsWish): Promise<StaffStep> {
    if (session.state.state !== 'staff') return this.next(session)
    return { kind: 'page', page: await this.figures.read(wish) }
  }

  /** One table of it, as `DIMENSION.csv` or `.json`. @throws {EmrexError} STAFF_ONLY, PAGE_UNKNOWN */
  async statisticsFile(session: Transfer<StaffState>, name: string, wish: StatisticsWish): Promise<StatisticsFile> {
    if (session.state.state !== 'staff') throw new EmrexError('STAFF_ONLY')
    return this.figures.file(name, wish)
  }

  /**
   * Staff entered a case by hand, or refuse to. One that somebody else closed meanwhile is left as it is.
   * @throws {EmrexError} STAFF_ONLY, REQUEST_MALFORMED (a reason that is too long)
   */
  async close(
    session: Transfer<StaffState>,
    caseId: string,
    decision: { taken: boolean; reason: string },
  ): Promise<StaffStep> {
    if (session.state.state !== 'staff') throw new EmrexError('STAFF_ONLY')
    const { author } = session.state
    const reason = asTyped(decision.reason)
    if (!decision.taken && reason === '') return this.saw(session, author, 'no-reason')
    demandLength(reason)
    const order = { taken: decision.taken, author, ...(reason === '' ? {} : { reason }) }
    const done = await unlessOver(async () => {
      if (!(await this.byHand.close(caseId, order))) return 'over'
      return decision.taken ? 'taken' : 'not-taken'
    })
    return this.saw(session, author, done)
  }

  /**
   * Accepts or refuses a case. A case that somebody else decided meanwhile is left as it is.
   * @throws {EmrexError} STAFF_ONLY, TRANSFER_UNKNOWN, REQUEST_MALFORMED (a reason that is too long)
   */
  async decide(
    session: Transfer<StaffState>,
    caseId: string,
    decision: { accept: boolean; reason: string },
  ): Promise<StaffStep> {
    if (session.state.state !== 'staff') throw new EmrexError('STAFF_ONLY')
    const { author } = session.state
    const reason = asTyped(decision.reason)
    // A browser asks for one; blanks are enough for it.
    if (reason === '') return this.saw(session, author, 'no-reason')
    demandLength(reason)
    const transfer = await this.flow.transfers.load(caseId)
    if (transfer === undefined || transfer.entry !== this.flow.entry.id) throw new EmrexError('TRANSFER_UNKNOWN')
    if (!this.isOpen(transfer)) return this.saw(session, author, 'over')
    const done = await unlessOver(async () => {
      if (!decision.accept) {
        await this.flow.end(transfer, { code: 'STAFF_REFUSED', ncp: transfer.state.ncp.name }, [
          { event: 'case.refused', code: 'STAFF_REFUSED', author, reason },
        ])
        return 'refused'
      }
      // The same results may have come by another transfer meanwhile.
      const decided = await this.flow.decide(transfer, 'staff', { event: 'case.accepted', author, reason })
      return isIn(decided, 'decided') ? 'accepted' : 'duplicate'
    })
    return this.saw(session, author, done)
  }

  private async saw(session: Transfer<StaffState>, author: string, done: StaffDone): Promise<StaffStep> {
    await this.sessions.save(session, { state: { state: 'staff', author, done }, expiresAt: this.until() })
    return { kind: 'hub', transferId: session.id }
  }

  /** Every case that waits for a decision; the one whose time ends first stands first. */
  private async openCases(): Promise<readonly SmpTransfer<'needs-staff'>[]> {
    const open = await this.flow.transfers.list({ entry: this.flow.entry.id, states: ['needs-staff'] })
    return open.filter((transfer) => this.isOpen(transfer)).sort((one, other) => one.expiresAt - other.expiresAt)
  }

  /** The document of a case whose time has run out is gone; its end is written by the next round. */
  private isOpen(transfer: Transfer<SmpState>): transfer is SmpTransfer<'needs-staff'> {
    return isIn(transfer, 'needs-staff') && transfer.expiresAt > this.host.now().getTime()
  }

  /** Nothing where it was decided since the list was read: others must be shown all the same. */
  private async describe(transfer: SmpTransfer<'needs-staff'>): Promise<StaffCase | undefined> {
    const document = await this.flow.document(transfer).catch((error: unknown) => {
      if (reasonOf(error) !== 'USER_GONE') throw error
      return undefined
    })
    if (document === undefined) return undefined
    const { ncp, receivedAt, why, match, identity, owner } = transfer.state
    return {
      id: transfer.id,
      ncp: ncp.name,
      receivedAt,
      why,
      match,
      identity,
      home: owner.learner,
      document,
      earlier: await this.flow.papers.history.earlier(owner, document.elmo, receiptNumber(transfer.id)),
    }
  }

  /** The login of staff. @throws {EmrexError} PAGE_UNKNOWN where this SMP has none */
  get provider(): IdentityProvider {
    const provider = this.flow.entry.staffLogin
    if (provider === undefined) throw new EmrexError('PAGE_UNKNOWN', 'this entry has no staff login')
    return provider
  }

  private until(): number {
    return this.host.now().getTime() + defaults.staffSessionMinutes * 60_000
  }
}

/** What was done; `over` where somebody else decided at the same moment. */
async function unlessOver(work: () => Promise<StaffDone>): Promise<StaffDone> {
  try {
    return await work()
  } catch (error) {
    if (reasonOf(error) !== 'TRANSFER_CHANGED') throw error
    return 'over'
  }
}

/** A reason as the field of the page counts it: a browser sends each end of a line as two characters. */
const asTyped = (reason: string): string => reason.replaceAll('\r\n', '\n').trim()

function demandLength(reason: string): void {
  if (reason.length <= defaults.staffReasonMaxLength) return
  throw new EmrexError('REQUEST_MALFORMED', `a reason has at most ${defaults.staffReasonMaxLength} characters`)
}

const isStaff = (identity: Identity): boolean => identity.roles.includes('staff')
