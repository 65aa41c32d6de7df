import {
  classifyReceiver,
  countedTransfers,
  defaults,
  EmrexError,
  errorFacts,
  loggedTransfers,
  parseTransferRequest,
  reasonRow,
  referenceOf,
  proofLoginOf,
  putReceipt,
  receiveLogin,
  keepLoginSession,
  loginOf,
  loginSessionBody,
  type LoginDesk,
  type Effects,
  type FinishedLogin,
  type Identity,
  type IdentityProvider,
  type InboundMessage,
  type ReasonCode,
  type Step,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import { packElmo, selectResults } from '@emrex-gateway/elmo'
import { answerAction } from './answer-action.js'
import { attachedTranscript } from './attached-transcript.js'
import { makeDocument } from './make-document.js'
import { ncpCounting } from './ncp-counting.js'
import { documentName, NcpBodies } from './ncp-bodies.js'
import type { NcpEntry } from './ncp-entry.js'
import type { NcpHost } from './ncp-host.js'
import type { NcpPage } from './ncp-page.js'
import { NcpCollecting } from './ncp-collecting.js'
import { NcpLogin } from './ncp-login.js'
import { NcpProving } from './ncp-proving.js'
import { ncpReceipt } from './ncp-receipt.js'
import { isIn, type NcpRequest, type NcpState, type NcpTransfer } from './ncp-transfer.js'
import { chosenBy, echoOf } from './wishes.js'

type NcpStep = Step<NcpPage>
type Audit = NonNullable<Effects['audit']>[number]

const minuteMs = 60_000

/**
 * The decisions of the NCP: the role that gives results. Framework-free; an embedder calls it from their own routes.
 *
 * Every method but `receive` and `complete` expects that the caller has proved the browser (ARCHITECTURE.md, "Browser").
 * A method whose state does not fit answers with the hub: another tab or a second click was faster.
 */
export class NcpFlow {
  readonly transfers: TransferStore<NcpState>
  /** What a person does when the login does not suffice. */
  readonly proving: NcpProving
  /** What lies beside the states; also what the person reads and keeps of it. */
  readonly bodies: NcpBodies
  private readonly desk: LoginDesk<NcpState>
  private readonly logins: NcpLogin
  private readonly collecting: NcpCollecting

  constructor(
    readonly entry: NcpEntry,
    private readonly host: NcpHost,
  ) {
    const logged = loggedTransfers(host.store.transfers<NcpState>('ncp'), 'ncp', host.log)
    this.transfers = countedTransfers(logged, ncpCounting(entry))
    this.bodies = new NcpBodies(entry, this.transfers, () => host.now())
    this.desk = {
      entry: entry.id,
      transfers: this.transfers,
      now: () => host.now(),
      pendingIn: (state) =>
        state.state === 'proving' ? proofLoginOf(state.proof) : state.state === 'login' ? state.login : undefined,
      seeAt: (transfer) => this.hubPath(transfer),
    }
    this.proving = new NcpProving(this, host)
    this.logins = new NcpLogin(this, host)
    this.collecting = new NcpCollecting(this, host)
  }

  /**
   * A request of an SMP. The receiver is judged here, before any login. `language` is that of the pages, for the statistics.
   * @throws {EmrexError} REQUEST_MALFORMED, RECEIVER_REFUSED: nothing was stored.
   */
  async receive(
    form: ReadonlyMap<string, string>,
    browser: string,
    language = '',
  ): Promise<{ transferId: string; step: NcpStep }> {
    const { sessionId, returnUrl, deviations, ...wishes } = parseTransferRequest(form)
    const receiver = classifyReceiver(returnUrl, this.entry.receivers)
    if (receiver.kind === 'refuse') {
      this.host.log.warn('receiver.refused', { entry: this.entry.id, why: receiver.why })
      throw new EmrexError('RECEIVER_REFUSED', `the return address was refused: ${receiver.why}`)
    }
    const request: NcpRequest = {
      ...{ sessionId, receiver, receivedAt: this.host.now().toISOString() },
      ...(Object.keys(wishes).length === 0 ? {} : { wishes }),
    }
    const transfer = await this.transfers.create(
      {
        entry: this.entry.id,
        browser,
        expiresAt: this.idleUntil(),
        state: { state: receiver.kind === 'known' ? 'login-due' : 'requested', request },
      },
      {
        audit: [{ event: 'transfer.requested', facts: { receiver: receiver.kind, deviations: deviations.join(' ') } }],
        counted: { language },
      },
    )
    return { transferId: transfer.id, step: { kind: 'hub', transferId: transfer.id } }
  }

  /** What comes next, by the state alone. `language` is that of the pages, for the only login, which begins at once. */
  async next(transfer: Transfer<NcpState>, language = 'en'): Promise<NcpStep> {
    const { state } = transfer
    if (state.state === 'ended')
      return page({ page: 'ended', code: state.code, ...(await this.bodies.shownReceipt(transfer.id)) })
    const { receiver } = state.request
    if (isIn(transfer, 'requested')) return page({ page: 'confirm-receiver', receiver })
    if (isIn(transfer, 'login-due')) return this.logins.choose(transfer, language)
    if (isIn(transfer, 'login')) return this.logins.resume(transfer, transfer.state.login)
    if (isIn(transfer, 'login-failed')) {
      const { code, login } = transfer.state
      return page({ page: 'login-failed', receiver, code, login, logins: await this.logins.offers.all() })
    }
    if (isIn(transfer, 'identified')) {
      const collected = await this.collecting.wait(transfer)
      return 'next' in collected ? this.next(collected.next) : page({ page: 'collecting', places: collected.places })
    }
    if (isIn(transfer, 'proving')) return this.proving.show(transfer)
    if (isIn(transfer, 'fetched')) return this.offerResults(transfer, {})
    if (isIn(transfer, 'previewed')) {
      const document = await this.bodies.document(transfer)
      const requestedAt = transfer.state.request.receivedAt
      const { elmo } = document
      const transcript = attachedTranscript(elmo) === undefined ? {} : { transcript: true as const }
      return page({ page: 'preview', receiver, elmo, requestedAt, document: documentName(document), ...transcript })
    }
    if (isIn(transfer, 'sent'))
      return page({
        ...{ page: 'sent', receiver, again: await this.bodies.hasDocument(transfer.id) },
        ...(await this.bodies.shownReceipt(transfer.id)),
        ...(await this.logins.offers.leave(transfer)),
      })
    if (isIn(transfer, 'answering'))
      return page({
        ...{ page: 'answering', receiver, code: transfer.state.code, institutions: transfer.state.institutions },
        ...(transfer.state.gaps && { gaps: transfer.state.gaps }),
        ...(await this.logins.offers.leave(transfer)),
      })
    throw new EmrexError('INTERNAL', 'a transfer in a state that no step knows')
  }

  /** The person said that they want to send to a receiver that is not known here. */
  async confirmReceiver(transfer: Transfer<NcpState>): Promise<NcpStep> {
    if (!isIn(transfer, 'requested')) return hub(transfer)
    const { request } = transfer.state
    return hub(await this.move(transfer, { state: 'login-due', request }, { audit: [{ event: 'receiver.confirmed' }] }))
  }

  /** Begins the login of that name, or begins again after one that failed. */
  async login(transfer: Transfer<NcpState>, providerId: string, language: string): Promise<NcpStep> {
    if (!isIn(transfer, 'login-due', 'login-failed', 'login')) return hub(transfer)
    return this.logins.begin(transfer, this.provider(providerId), language)
  }

  /**
   * The message of a login; gives the transfer that it belongs to. Nothing is shown here: the browser is proved at the hub.
   * @throws {EmrexError} SESSION_UNKNOWN, SESSION_REPLAYED, USER_GONE, LOGIN_EXPIRED
   */
  async complete(providerId: string, message: InboundMessage): Promise<NcpStep> {
    const { transfer, finished } = await receiveLogin(this.provider(providerId), message, this.desk)
    const grant = 'grant' in finished ? finished.grant : undefined
    try {
      if (isIn(transfer, 'login') && 'identity' in finished) return hub(await this.identified(transfer, finished))
    } catch (error) {
      // Another tab was faster.
      this.collecting.giveBack(grant)
      throw error
    }
    // Nothing is read by this login.
    this.collecting.giveBack(grant)
    if (isIn(transfer, 'proving')) return this.proving.complete(transfer, finished, providerId)
    if (!isIn(transfer, 'login') || !('code' in finished)) return hub(transfer)
    return hub(await this.logins.failed(transfer, providerId, finished))
  }

  private identified(
    transfer: NcpTransfer<'login'>,
    { identity, session, grant }: Extract<FinishedLogin, { identity: Identity }>,
  ): Promise<NcpTransfer<'identified'>> {
    return this.move(
      transfer,
      { state: 'identified', request: transfer.state.request, identity, ...(grant && { grant }) },
      {
        ...keepLoginSession(session, this.latest(transfer)),
        audit: [{ event: 'login.completed', facts: { provider: identity.provider, loa: identity.loa } }],
      },
    )
  }

  /** Leaves the login by which the person came: the browser goes there, where it can be left, and comes back. */
  async logOut(transfer: Transfer<NcpState>): Promise<NcpStep> {
    return (await this.logins.offers.logOut(transfer)) ?? hub(transfer)
  }

  /**
   * Makes the document of the chosen results: selected, written, held against the table, signed. What is stored is what is
   * shown and what is sent. Results that break the table are never signed: the transfer ends, and the receiver is told.
   * An attachment that cannot be read just now is told, and left out where the person says so (`withoutUnread`).
   * @throws {ElmoError} ELMO_SELECTION for an id that is not in the results
   */
  async select(
    transfer: Transfer<NcpState>,
    picked: ReadonlySet<string>,
    { withoutUnread = false, language = 'en' }: { readonly withoutUnread?: boolean; readonly language?: string } = {},
  ): Promise<NcpStep> {
    if (!isIn(transfer, 'fetched')) return hub(transfer)
    const { chosen: _before, unread: _unread, ...fetched } = transfer.state
    const results = await this.bodies.results(transfer.id)
    const { wishes } = transfer.state.request
    const chosen = chosenBy(wishes, results.elmo, picked)
    if (chosen.size === 0) return this.offerResults(transfer, { chosen: [], mistake: 'nothing-chosen' })
    const selected = selectResults(results.elmo, chosen)
    const filled = await this.collecting.attachmentsOf(transfer.id, selected, results, withoutUnread)
    if ('unread' in filled)
      return hub(await this.move(transfer, { ...fetched, chosen: [...chosen], unread: filled.unread }))
    const echo = echoOf(wishes)
    const elmo =
      echo === undefined ? filled.elmo : { ...filled.elmo, extension: [...(filled.elmo.extension ?? []), echo] }
    const made = await makeDocument(elmo, this.host.now(), this.entry, language)
    const told = { entry: this.entry.id, reference: referenceOf(transfer.id) }
    if ('broken' in made) {
      this.host.log.error('document.broken', { ...told, rules: made.broken })
      return hub(await this.giveUp(transfer, 'DOC_SCHEMA'))
    }
    if (made.failed !== undefined) this.host.log.error('transcript.failed', { ...told, ...errorFacts(made.failed) })
    const { xml, signedWith } = made
    return hub(
      await this.move(
        transfer,
        { ...fetched, state: 'previewed', chosen: [...chosen], signedWith },
        {
          putBodies: [{ name: 'document', bytes: xml, expiresAt: this.latest(transfer) }],
          audit: [{ event: 'results.selected', facts: { results: chosen.size, bytes: xml.length } }],
        },
      ),
    )
  }

  /** Back from the preview to the choice, as it was made. */
  async reselect(transfer: Transfer<NcpState>): Promise<NcpStep> {
    if (!isIn(transfer, 'previewed')) return hub(transfer)
    const { signedWith: _dropped, ...fetched } = transfer.state
    return hub(await this.move(transfer, { ...fetched, state: 'fetched' }, { dropBodies: ['document'] }))
  }

  /**
   * Hands the document that was shown to the receiver that was named. A second click gets the same post again: the
   * receiver accepts it once. A page that shows another document, because the choice was changed in another tab, sends
   * nothing. `shown` is the `document` of the page.
   */
  async send(transfer: Transfer<NcpState>, shown: string): Promise<NcpStep> {
    if (isIn(transfer, 'sent')) return this.answer(transfer)
    if (!isIn(transfer, 'previewed')) return hub(transfer)
    const document = await this.bodies.document(transfer)
    if (documentName(document) !== shown) return hub(transfer)
    const { request, signedWith } = transfer.state
    const now = this.host.now()
    const until = now.getTime() + this.entry.resendMinutes * minuteMs
    const receiptUntil = now.getTime() + defaults.endedTransferHours * 60 * minuteMs
    const sent = await this.move(
      transfer,
      { state: 'sent', request, code: 'COMPLETED', ...(signedWith === undefined ? {} : { signedWith }) },
      {
        dropBodies: ['results'],
        putBodies: [
          { name: 'document', bytes: document.xml, expiresAt: until },
          putReceipt(ncpReceipt(this.entry, transfer, document, now), receiptUntil),
        ],
        audit: [{ event: 'transfer.sent', code: 'COMPLETED', facts: { bytes: document.xml.length } }],
      },
    )
    return answerAction(sent.state.request, { elmo: packElmo(document.xml) })
  }

  /** The person stops. The receiver gets its answer. */
  async cancel(transfer: Transfer<NcpState>): Promise<NcpStep> {
    const { state } = transfer
    if (state.state === 'answering') return this.answer(transfer)
    if (state.state === 'ended' || state.state === 'sent') return hub(transfer)
    const stage = state.state
    const cancelled = await this.move(
      transfer,
      {
        state: 'answering',
        request: state.request,
        code: 'USER_CANCEL',
        returnCode: 'CANCEL',
        institutions: [],
      },
      {
        dropBodies: ['results', 'document'],
        audit: [{ event: 'transfer.cancelled', code: 'USER_CANCEL', facts: { stage } }],
      },
    )
    this.collecting.drop(transfer)
    return this.answer(cancelled)
  }

  /** The answer to the receiver, as often as the person asks for it while it can still be given. */
  async answer(transfer: Transfer<NcpState>): Promise<NcpStep> {
    if (isIn(transfer, 'answering')) {
      const { request, returnCode, code } = transfer.state
      return answerAction(request, { returnCode, code })
    }
    if (!isIn(transfer, 'sent')) return hub(transfer)
    if (!(await this.bodies.hasDocument(transfer.id))) return hub(transfer)
    const document = await this.bodies.document(transfer)
    return answerAction(transfer.state.request, { elmo: packElmo(document.xml) })
  }

  /** The time of a transfer has run out: what it held goes. */
  async expire(transfer: Transfer<NcpState>): Promise<void> {
    if (isIn(transfer, 'ended')) return this.transfers.remove(transfer.id)
    const code = isIn(transfer, 'sent', 'answering') ? transfer.state.code : 'USER_GONE'
    const audit: Audit[] =
      code === 'USER_GONE' ? [{ event: 'transfer.expired', code, facts: { stage: transfer.state.state } }] : []
    await this.transfers.save(
      transfer,
      {
        state: { state: 'ended', code },
        expiresAt: this.host.now().getTime() + defaults.endedTransferHours * 60 * minuteMs,
      },
      { dropBodies: ['results', 'document', loginSessionBody], audit },
    )
    this.collecting.drop(transfer)
  }

  private async offerResults(
    { id, state }: NcpTransfer<'fetched'>,
    change: Partial<Pick<NcpPage & { page: 'select-results' }, 'chosen' | 'mistake'>>,
  ): Promise<NcpStep> {
    const { request, state: _state, ...kept } = state
    const { elmo } = await this.bodies.results(id)
    const whole = request.wishes?.allowToPickCourses === false ? { wholeOnly: true as const } : {}
    return page({ page: 'select-results', receiver: request.receiver, elmo, ...kept, ...whole, ...change })
  }

  /** There is nothing to send, for this reason: what was read goes, and the receiver gets its answer. */
  giveUp(
    transfer: NcpTransfer<'identified' | 'fetched' | 'proving'>,
    code: ReasonCode,
    { institutions = [], gaps = [] }: Partial<Pick<NcpState & { state: 'answering' }, 'institutions' | 'gaps'>> = {},
  ): Promise<NcpTransfer<'answering'>> {
    const row = reasonRow(code)
    const returnCode = row.returnCode === undefined || row.returnCode === 'OK' ? 'ERROR' : row.returnCode
    const { request } = transfer.state
    return this.move(
      transfer,
      { state: 'answering', request, code, returnCode, institutions, ...(gaps.length === 0 ? {} : { gaps }) },
      { dropBodies: ['results', 'document'], audit: [{ event: 'transfer.ended', code }] },
    )
  }

  /** @throws {EmrexError} PAGE_UNKNOWN */
  provider(id: string): IdentityProvider {
    return loginOf(this.entry.logins, id)
  }

  /** The next state, with what comes with it; one idle time longer. */
  move<Next extends NcpState>(transfer: Transfer<NcpState>, state: Next, effects?: Effects): Promise<Transfer<Next>> {
    const expiresAt = Math.min(this.idleUntil(), this.latest(transfer))
    return this.transfers.save(transfer, { state, expiresAt }, effects) as unknown as Promise<Transfer<Next>>
  }

  private hubPath({ id }: { readonly id: string }): string {
    return `${new URL(this.entry.publicUrl).pathname}/transfers/${id}`
  }

  private idleUntil(): number {
    return this.host.now().getTime() + this.entry.idleMinutes * minuteMs
  }

  /** However often somebody clicks, a transfer ends at this time. */
  latest(transfer: Transfer<NcpState>): number {
    return transfer.createdAt + defaults.ncpLongestMinutes * minuteMs
  }
}

const page = (page: NcpPage): NcpStep => ({ kind: 'page', page })
const hub = (transfer: { readonly id: string }): NcpStep => ({ kind: 'hub', transferId: transfer.id })
