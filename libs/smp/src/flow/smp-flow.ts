import {
  countedTransfers,
  createTransferRequest,
  defaults,
  documentLimits,
  EmrexError,
  forGood,
  judgeResponse,
  loggedTransfers,
  newSessionId,
  parseTransferResponse,
  proofLoginOf,
  receiveLogin,
  referenceOf,
  keepLoginSession,
  loginOf,
  type LoginDesk,
  type Effects,
  type IdentityProvider,
  type InboundMessage,
  type ReasonCode,
  type RegistryEntry,
  type Step,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import { verifyElmoInSlices, type VerifiedElmo } from '@emrex-gateway/elmo'
import { Judgement } from './judgement.js'
import { deliveryJob } from './deliver.js'
import { isOwnNcp, ncpChoice } from './ncp-choice.js'
import { identityOfOrder, whyOver } from './request-desk.js'
import { smpCounting } from './smp-counting.js'
import { SmpLogin } from './smp-login.js'
import { SmpPapers } from './smp-papers.js'
import { SmpIdentification } from './smp-identification.js'
import type { SmpEntry } from './smp-entry.js'
import type { SmpHost } from './smp-host.js'
import type { SmpPage } from './smp-page.js'
import { asJudged, isIn, isWithdrawn, type SmpState, type SmpTransfer } from './smp-transfer.js'

type SmpStep = Step<SmpPage>

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/**
 * The decisions of the SMP: the role that fetches results. Framework-free; an embedder calls it from their own routes.
 *
 * Every method but `start`, `complete` and `receive` expects that the caller has proved the browser. A method whose state
 * does not fit answers with the hub: another tab or a second click was faster.
 */
export class SmpFlow {
  readonly transfers: TransferStore<SmpState>
  /** Which student a login is, and what a person does when it does not suffice. */
  readonly identification: SmpIdentification
  /** What people read and keep of a transfer. */
  readonly papers: SmpPapers
  private readonly logins: SmpLogin
  private readonly desk: LoginDesk<SmpState>
  private readonly judgement: Judgement

  constructor(
    readonly entry: SmpEntry,
    private readonly host: SmpHost,
  ) {
    const logged = loggedTransfers(host.store.transfers<SmpState>('smp'), 'smp', host.log)
    this.transfers = countedTransfers(logged, smpCounting)
    this.desk = {
      entry: entry.id,
      transfers: this.transfers,
      now: () => host.now(),
      pendingIn: (state) =>
        state.state === 'proving' ? proofLoginOf(state.proof) : state.state === 'login' ? state.login : undefined,
      seeAt: (transfer) => this.hubPath(transfer),
    }
    this.papers = new SmpPapers(this, host)
    this.judgement = new Judgement(this, host)
    this.identification = new SmpIdentification(this, host)
    this.logins = new SmpLogin(this, host)
  }

  /** A new transfer of this browser. `language` is that of the pages, for the statistics. */
  async start(browser: string, language = ''): Promise<{ transferId: string; step: SmpStep }> {
    const transfer = await this.transfers.create(
      { entry: this.entry.id, browser, state: { state: 'started' }, expiresAt: this.transferUntil() },
      { audit: [{ event: 'transfer.started' }], counted: { language } },
    )
    return { transferId: transfer.id, step: hub(transfer) }
  }

  /** What comes next, by the state alone. `language` is that of the pages, for the only login, which begins at once. */
  async next(transfer: Transfer<SmpState>, query = '', language = 'en'): Promise<SmpStep> {
    if (isIn(transfer, 'started')) return this.begin(transfer, language)
    if (isIn(transfer, 'login')) return this.logins.resume(transfer, transfer.state.login)
    if (isIn(transfer, 'login-failed')) {
      const { code, login } = transfer.state
      return page({ page: 'login-failed', code, login, logins: await this.logins.offers.all() })
    }
    if (isIn(transfer, 'proving')) return this.identification.show(transfer)
    if (isIn(transfer, 'identified')) {
      return this.choice(transfer, { query })
    }
    if (isIn(transfer, 'asked')) return page({ page: 'waiting', ncp: transfer.state.ncp.name })
    if (isIn(transfer, 'answered')) return this.next(await this.judgement.judge(transfer))
    if (isIn(transfer, 'review')) {
      const { ncp, match, deviations } = transfer.state
      const asked = await this.entry.desk?.of(transfer.id)
      if (this.entry.desk !== undefined && asked === undefined) return this.next(await this.cutLoose(transfer))
      const document = await this.document(transfer)
      const shown = asked === undefined ? this.papers.offersTranscript : { asked: asked.asked }
      return page({ page: 'review', ncp: ncp.name, document, match, deviations, ...shown })
    }
    if (isIn(transfer, 'needs-staff')) {
      const { ncp, why, match } = transfer.state
      return page({ page: 'needs-staff', ncp: ncp.name, why, match, ...(await this.logins.offers.leave(transfer)) })
    }
    if (isIn(transfer, 'decided')) {
      const waitedMs = this.host.now().getTime() - transfer.updatedAt
      return page({ page: 'importing', ncp: transfer.state.ncp.name, tries: waitedMs < 10_000 ? 'first' : 'again' })
    }
    if (isIn(transfer, 'delivered')) {
      const { state: _state, code: _code, mode, isRecorded, ...shown } = transfer.state
      const number = await this.papers.number(transfer)
      if (this.entry.desk !== undefined) {
        const { code: _over, ...given } = (await this.entry.desk.after(transfer.id)) ?? { asker: this.entry.title }
        const { ncp } = shown
        return page({ page: 'given', ncp, ...number, ...given, ...(await this.logins.offers.leave(transfer)) })
      }
      const end = mode === 'case' ? 'handed-over' : isRecorded ? 'imported' : 'passed-on'
      return page({ page: end, ...shown, ...number, ...(await this.logins.offers.leave(transfer)) })
    }
    if (isIn(transfer, 'ended')) {
      const { code, ncp, fields } = transfer.state
      const said = await this.transfers.body(transfer.id, 'message')
      const after = await this.entry.desk?.after(transfer.id)
      return page({
        ...{ page: 'ended', code, fields: fields ?? [] },
        ...(after === undefined ? {} : { asker: after.asker }),
        ...(ncp === undefined ? {} : { ncp }),
        ...(said === undefined ? {} : { message: Buffer.from(said).toString() }),
        ...(await this.logins.offers.leave(transfer)),
      })
    }
    throw new EmrexError('INTERNAL', 'a transfer in a state that no step knows')
  }

  /** Begins the login of that name, or begins again after one that failed. */
  async login(transfer: Transfer<SmpState>, providerId: string, language: string): Promise<SmpStep> {
    if (!isIn(transfer, 'started', 'login-failed', 'login')) return hub(transfer)
    return this.logins.begin(transfer, this.provider(providerId), language)
  }

  /**
   * The message of a login; gives the transfer that it belongs to. The browser is proved at the hub.
   * @throws {EmrexError} SESSION_UNKNOWN, SESSION_REPLAYED, USER_GONE, LOGIN_EXPIRED
   */
  async complete(providerId: string, message: InboundMessage): Promise<SmpStep> {
    const { transfer, finished } = await receiveLogin(this.provider(providerId), message, this.desk)
    if (!isIn(transfer, 'login') && 'grant' in finished) this.identification.giveBack(finished.grant)
    if (isIn(transfer, 'proving')) return this.identification.complete(transfer, finished, providerId)
    if (!isIn(transfer, 'login')) return hub(transfer)
    if ('code' in finished) return hub(await this.logins.failed(transfer, providerId, finished))
    const { identity, session, grant } = finished
    const facts = { provider: providerId, loa: identity.loa }
    const kept = keepLoginSession(session, transfer.expiresAt)
    const audit = [{ event: 'login.completed', facts }] as const
    return hub(await this.identification.identify(transfer, identity, [...audit], kept, grant))
  }

  /** The person chose where to go, perhaps anew on a page from before. The hand-off goes out with a fresh `sessionId`. */
  async ask(transfer: Transfer<SmpState>, ncpId: string): Promise<SmpStep> {
    if (!isIn(transfer, 'identified', 'asked')) return hub(transfer)
    if (isIn(transfer, 'asked') && ['', transfer.state.ncp.id].includes(ncpId)) return this.request(transfer.state)
    const ncp = await this.entry.registry.find(ncpId)
    if (ncp === undefined) return this.choice(transfer, { mistake: 'NCP_UNKNOWN' })
    if (isOwnNcp(this.entry, ncp)) return this.choice(transfer, { mistake: 'WRONG_INSTITUTION' })
    const { state: _before, ...person } = transfer.state
    const sessionId = newSessionId((bytes) => this.host.randomBytes(bytes))
    const asked = await this.move(
      transfer,
      { state: 'asked', ...person, ncp, sessionId },
      {
        handles: [{ kind: 'session', value: sessionId }],
        audit: [{ event: 'ncp.asked', facts: { ncp: ncp.id, country: ncp.countryCode } }],
      },
    )
    return this.request(asked.state)
  }

  /** The person comes back without an answer and wants to choose again. The old `sessionId` is void from here on. */
  async chooseAgain(transfer: Transfer<SmpState>): Promise<SmpStep> {
    if (!isIn(transfer, 'asked')) return hub(transfer)
    const { state: _asked, ncp: _ncp, sessionId: _void, ...person } = transfer.state
    return hub(await this.move(transfer, { state: 'identified', ...person }))
  }

  /**
   * The answer of an NCP: arrives cross-site, without our cookie, from a browser or a server. It is only kept, sealed; who
   * may see it is decided at the hub. A `sessionId` is accepted once.
   * @throws {EmrexError} ANSWER_MALFORMED, SESSION_UNKNOWN, SESSION_REPLAYED, SESSION_CLOSED, USER_GONE: nothing was stored.
   */
  async receive(form: ReadonlyMap<string, string>): Promise<SmpStep> {
    const response = parseTransferResponse(form)
    const { sessionId, returnCode, rawCode, returnMessage, elmo, deviations } = response
    const transfer = await this.transfers.findByHandle(this.entry.id, { kind: 'session', value: sessionId })
    if (transfer === undefined) throw new EmrexError('SESSION_UNKNOWN', 'an answer to a request that was never sent')
    // A transfer that ran out was not answered before: who comes late must not believe that all is well.
    if (isIn(transfer, 'ended') && transfer.state.code === 'USER_GONE') throw tooLate()
    if (!isIn(transfer, 'asked') || transfer.state.sessionId !== sessionId) {
      const code = isWithdrawn(transfer) ? 'SESSION_CLOSED' : 'SESSION_REPLAYED'
      throw new EmrexError(code, 'nobody waits for this answer any more', { seeAt: this.hubPath(transfer) })
    }
    const now = this.host.now()
    if (transfer.expiresAt < now.getTime()) throw tooLate()
    const { state: _asked, link: _link, ...asked } = transfer.state
    const judged = judgeResponse(response)
    const judgement = 'end' in judged ? { end: judged.end } : { use: 'document' as const }
    const keep = 'use' in judgement && elmo !== undefined
    const expiresAt = now.getTime() + this.entry.sealedBodyMinutes * minuteMs
    return hub(
      await this.move(
        transfer,
        {
          state: 'answered',
          ...asked,
          receivedAt: now.toISOString(),
          returnCode,
          judgement,
          deviations,
          ...(rawCode === undefined ? {} : { rawCode }),
          ...(returnMessage === undefined ? {} : { returnMessage }),
        },
        {
          ...(keep ? { putBodies: [{ name: 'answer', bytes: Buffer.from(elmo), expiresAt }] } : {}),
          audit: [
            {
              event: 'answer.received',
              facts: { returnCode, bytes: elmo?.length ?? 0, deviations: deviations.join(' ') },
            },
          ],
        },
      ),
    )
  }

  /** The person accepts what arrived. From here on the import is a promise: state, document and job in one transaction. */
  async accept(transfer: Transfer<SmpState>): Promise<SmpStep> {
    if (!isIn(transfer, 'review')) return hub(transfer)
    if (this.entry.desk !== undefined && (await this.entry.desk.of(transfer.id)) === undefined)
      return hub(await this.cutLoose(transfer))
    return hub(await this.decide(transfer, 'student', { event: 'import.decided' }))
  }

  /** The decision of `accept`, or of staff, as one change. A document that was imported before ends as DUPLICATE. */
  async decide(
    transfer: SmpTransfer<'review' | 'needs-staff'>,
    decidedBy: 'student' | 'staff',
    audit: NonNullable<Effects['audit']>[number],
  ): Promise<Transfer<SmpState>> {
    const { state: _state, ...judged } = transfer.state
    const until = this.host.now().getTime() + this.entry.caseDays * dayMs
    const next: SmpState = { ...asJudged(judged), state: 'decided', decidedBy }
    const xml = (await this.document(transfer)).xml
    try {
      return await this.transfers.save(
        transfer,
        { state: next, expiresAt: until },
        {
          // Imported once for good; and a promise keeps its document until it is kept or refused.
          handles: [{ kind: 'document', value: judged.deliveryId, expiresAt: forGood }],
          putBodies: [{ name: 'document', bytes: xml, expiresAt: forGood }],
          jobs: [deliveryJob(this.entry.id, transfer.id, judged.deliveryId)],
          audit: [audit],
        },
      )
    } catch (error) {
      if (!(error instanceof EmrexError) || error.code !== 'HANDLE_TAKEN') throw error
      return this.end(transfer, { code: 'DUPLICATE', ncp: judged.ncp.name }, [
        { event: 'transfer.ended', code: 'DUPLICATE' },
      ])
    }
  }

  /** The person stops; what arrived goes. */
  async cancel(transfer: Transfer<SmpState>): Promise<SmpStep> {
    if (isIn(transfer, 'ended', 'decided', 'delivered')) return hub(transfer)
    const facts = { stage: transfer.state.state }
    // Who has seen what would go to another system, and stops, has given an answer.
    const code = this.entry.desk !== undefined && isIn(transfer, 'review') ? 'USER_DECLINED' : 'USER_CANCEL'
    return hub(await this.end(transfer, { code }, [{ event: 'transfer.cancelled', code, facts }]))
  }

  /** The time of a transfer has run out: what it held goes. A decided import stays until the SIS has it. */
  async expire(transfer: Transfer<SmpState>): Promise<void> {
    if (isIn(transfer, 'ended', 'delivered')) return this.transfers.remove(transfer.id)
    if (isIn(transfer, 'decided')) {
      const expiresAt = this.host.now().getTime() + this.entry.caseDays * dayMs
      return void (await this.transfers.save(transfer, { state: transfer.state, expiresAt }))
    }
    if (isIn(transfer, 'needs-staff')) {
      const code = 'CASE_EXPIRED'
      this.host.log.warn('case.expired', { entry: this.entry.id, reference: referenceOf(transfer.id), code })
      return void (await this.end(transfer, { code, ncp: transfer.state.ncp.name }, [{ event: 'case.expired', code }]))
    }
    const facts = { stage: transfer.state.state }
    await this.end(transfer, { code: 'USER_GONE' }, [{ event: 'transfer.expired', code: 'USER_GONE', facts }])
  }

  /** The document of a transfer, verified again from the bytes that were received. */
  async document(transfer: SmpTransfer<'review' | 'needs-staff' | 'decided'>): Promise<VerifiedElmo> {
    const xml = await this.transfers.body(transfer.id, 'document')
    if (xml === undefined) throw new EmrexError('USER_GONE', 'the document is gone')
    const { ncp, receivedAt, sha1Until } = transfer.state
    const policy = { certificates: ncp.certificates, at: new Date(receivedAt), limits: documentLimits, sha1Until }
    const outcome = await verifyElmoInSlices(xml, { ...policy, engine: this.entry.signatureEngine })
    if (!outcome.verified) throw new EmrexError('INTERNAL', `a stored document no longer verifies: ${outcome.code}`)
    return outcome.document
  }

  /**
   * Ends a transfer: everything personal goes with this change. What the NCP said may name the person: it is kept for some
   * minutes only, for the page.
   */
  async end(
    transfer: Transfer<SmpState>,
    end: Omit<Extract<SmpState, { state: 'ended' }>, 'state'>,
    audit: NonNullable<Effects['audit']>,
    said = '',
    { putBodies = [] }: Pick<Effects, 'putBodies'> = {},
  ): Promise<Transfer<SmpState>> {
    const now = this.host.now().getTime()
    const expiresAt = now + defaults.endedTransferHours * 60 * minuteMs
    const until = now + this.entry.sealedBodyMinutes * minuteMs
    const message = { name: 'message', bytes: Buffer.from(said), expiresAt: until }
    const effects: Effects = {
      dropBodies: ['answer', 'document'],
      putBodies: said === '' ? putBodies : [...putBodies, message],
      ...(this.entry.desk === undefined ? {} : { jobs: [this.entry.desk.endedJob(transfer.id, end.code)] }),
      audit,
    }
    return this.transfers.save(transfer, { state: { state: 'ended', ...end }, expiresAt }, effects)
  }

  /** Leaves the login by which the person came: the browser goes there, where it can be left, and comes back. */
  async logOut(transfer: Transfer<SmpState>): Promise<SmpStep> {
    return (await this.logins.offers.logOut(transfer)) ?? hub(transfer)
  }

  /** A login; where another system asked and there is none, the applicant is who that system says. */
  private async begin(transfer: SmpTransfer<'started'>, language: string): Promise<SmpStep> {
    if (this.entry.desk === undefined) return this.logins.choose(transfer, language)
    const asked = await this.entry.desk.of(transfer.id)
    if (asked === undefined) return this.next(await this.cutLoose(transfer))
    if (this.entry.logins.length > 0) return this.logins.choose(transfer, language)
    return this.next(await this.identification.identifyApplicant(transfer, identityOfOrder(asked, this.host.now()), []))
  }

  /** Where the results are: with the link by which the person was found, and what they fetched before. */
  private async choice(
    { state: { link, owner } }: SmpTransfer<'identified' | 'asked'>,
    { query = '', mistake }: { readonly query?: string; readonly mistake?: ReasonCode },
  ): Promise<SmpStep> {
    const earlier = (await this.papers.history.list(owner)).length
    const shown = { link, earlier, ...(mistake === undefined ? {} : { mistake }) }
    return page(await ncpChoice(this.entry, query, shown))
  }

  /** The request is over, or goes on with another link: nothing may come of this transfer any more. */
  private async cutLoose(transfer: Transfer<SmpState>): Promise<Transfer<SmpState>> {
    const code = await whyOver(this.entry.desk, transfer.id)
    return this.end(transfer, { code }, [{ event: 'transfer.ended', code }])
  }

  private request({ ncp, sessionId }: { ncp: RegistryEntry; sessionId: string }): SmpStep {
    return createTransferRequest(ncp.url, { sessionId, returnUrl: `${this.entry.publicUrl}/return` })
  }

  /** @throws {EmrexError} PAGE_UNKNOWN */
  provider(id: string): IdentityProvider {
    return loginOf(this.entry.logins, id)
  }

  /** The next state, with what comes with it. */
  move<Next extends SmpState>(transfer: Transfer<SmpState>, state: Next, effects?: Effects): Promise<Transfer<Next>> {
    return this.transfers.save(transfer, { state }, effects) as unknown as Promise<Transfer<Next>>
  }

  private hubPath({ id }: { readonly id: string }): string {
    return `${new URL(this.entry.publicUrl).pathname}/transfers/${id}`
  }

  private transferUntil(): number {
    return this.host.now().getTime() + this.entry.transferMinutes * minuteMs
  }
}

const page = (page: SmpPage): SmpStep => ({ kind: 'page', page })
const tooLate = (): EmrexError => new EmrexError('USER_GONE', 'the answer came too late')
const hub = (transfer: { readonly id: string }): SmpStep => ({ kind: 'hub', transferId: transfer.id })
