import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  defaults,
  EmrexError,
  type AnyState,
  type IdentityProvider,
  type InboundMessage,
  type ReasonCode,
  type Step,
  type Transfer,
  type TransferStore,
} from '@emrex-gateway/core'
import {
  createBrowserSecret,
  hashBrowserSecret,
  isSameBrowser,
  readBrowserSecret,
  setBrowserSecret,
} from '../forms/browser-secret.js'
import { demandOwnForm } from '../forms/demand-own-form.js'
import { formToken } from '../forms/form-token.js'
import { readForm } from '../forms/read-form.js'
import { sendAction } from '../pages/send-action.js'
import { sendPage } from '../pages/send-page.js'
import type { PageView } from '../pages/page.js'
import { sendDownload, type Download } from './send-download.js'
import type { Frame } from './site.js'

/** Long enough for every transfer that waits for nobody but its person; when one ends is decided by the store. */
const cookieMaxAgeSeconds = defaults.transferCookieHours * 3600
/** In a form that was posted again by a page of ours. */
const againField = 'posted-again'

/** One entry of a role as its routes need it: where its transfers lie, and where its hub is. */
export interface TransferRoutes<State extends AnyState, Page> {
  /** Id of the entry. A transfer of another entry is not known here: its people, logins and SIS are others. */
  readonly entry: string
  readonly publicUrl: string
  readonly transfers: TransferStore<State>
  readonly formMaxBytes: number
  /** What is told of one that is over or gone, where it is no transfer. */
  readonly overCode?: ReasonCode
  now(): Date
  /** Path of a transfer's hub. */
  hubPath(transferId: string): string
  view(page: Page, context: { readonly frame: Frame; readonly base: string; readonly token: string }): PageView
}

/**
 * Turns the steps of a role into HTTP, and lets a browser only see its own transfers. The role's controllers are lists of
 * routes on top of this.
 */
export class TransferHttp<State extends AnyState, Page> {
  constructor(private readonly routes: TransferRoutes<State, Page>) {}

  /** Runs what begins a transfer, and binds the transfer to this browser. */
  async begin(
    response: ServerResponse,
    frame: Frame,
    start: (browser: string) => Promise<{ transferId: string; step: Step<Page> }>,
  ): Promise<void> {
    const secret = createBrowserSecret()
    const { transferId, step } = await start(hashBrowserSecret(secret))
    setBrowserSecret(response, { transferId, publicUrl: this.routes.publicUrl }, secret, cookieMaxAgeSeconds)
    this.send(response, frame, step, { transferId, secret })
  }

  /** Shows what comes next. When another tab was faster, its outcome is shown. */
  async hub(
    request: IncomingMessage,
    response: ServerResponse,
    frame: Frame,
    transferId: string,
    next: (transfer: Transfer<State>) => Promise<Step<Page>>,
  ): Promise<void> {
    const own = await this.own(request, transferId)
    let step: Step<Page>
    try {
      step = await next(own.transfer)
    } catch (error) {
      if (!isChanged(error)) throw error
      step = await next((await this.own(request, transferId)).transfer)
    }
    this.send(response, frame, step, { transferId, secret: own.secret })
  }

  /** A form of one of our pages. When another tab or click was faster, the hub says what is next. */
  async act(
    request: IncomingMessage,
    response: ServerResponse,
    frame: Frame,
    transferId: string,
    run: (transfer: Transfer<State>, form: ReadonlyMap<string, string>) => Promise<Step<Page>>,
  ): Promise<void> {
    const form = await readForm(request, { maxBytes: this.routes.formMaxBytes })
    const own = await this.own(request, transferId)
    demandOwnForm(request, form, { transferId, publicUrl: this.routes.publicUrl })
    let step: Step<Page>
    try {
      step = await run(own.transfer, form)
    } catch (error) {
      if (!isChanged(error)) throw error
      step = { kind: 'hub', transferId }
    }
    this.send(response, frame, step, { transferId, secret: own.secret })
  }

  /** A file that belongs to a transfer, for the browser of this transfer alone. */
  async download(
    request: IncomingMessage,
    response: ServerResponse,
    transferId: string,
    read: (transfer: Transfer<State>) => Promise<Download>,
  ): Promise<void> {
    const { transfer } = await this.own(request, transferId)
    sendDownload(response, await read(transfer))
  }

  /**
   * The message of a login. It counts in the browser that began the login, and in no other: else who sends their own login
   * on to somebody else would be logged in as that person. A post from another site comes without our cookie: a page of
   * ours posts it once more, and then the browser shows it.
   *
   * @throws {EmrexError} OTHER_BROWSER: nothing was judged.
   */
  async loginMessage(
    request: IncomingMessage,
    response: ServerResponse,
    frame: Frame,
    { provider, message }: { readonly provider: IdentityProvider; readonly message: InboundMessage },
    complete: () => Promise<Step<Page>>,
  ): Promise<void> {
    const { entry, publicUrl, transfers } = this.routes
    const value = provider.correlate(message)
    const transfer = value === undefined ? undefined : await transfers.findByHandle(entry, { kind: 'login', value })
    if (transfer !== undefined) {
      const secret = readBrowserSecret(request, { transferId: transfer.id, publicUrl })
      if (!isSameBrowser(secret, transfer.browser)) {
        if (message.method === 'GET' || message.form.has(againField)) throw new EmrexError('OTHER_BROWSER')
        const fields = { ...Object.fromEntries(message.form), [againField]: 'yes' }
        const formOrigins = [new URL(publicUrl).origin]
        return sendAction(response, { kind: 'post', url: message.url, fields, formOrigins }, frame)
      }
    }
    await this.toHub(response, frame, async () => {
      try {
        return await complete()
      } catch (error) {
        if (transfer === undefined || !isChanged(error)) throw error
        // Another tab or click was faster.
        return { kind: 'hub', transferId: transfer.id }
      }
    })
  }

  /**
   * A message from outside that belongs to a transfer: whoever carries it only learns where the hub is. When another one was
   * faster, it is taken as one that came after that.
   */
  async toHub(response: ServerResponse, frame: Frame, take: () => Promise<Step<Page>>): Promise<void> {
    let step: Step<Page>
    try {
      step = await take()
    } catch (error) {
      if (!isChanged(error)) throw error
      step = await take()
    }
    this.send(response, frame, step, undefined)
  }

  /** @throws {EmrexError} TRANSFER_UNKNOWN, USER_GONE (or `overCode`), OTHER_BROWSER */
  private async own(
    request: IncomingMessage,
    transferId: string,
  ): Promise<{ transfer: Transfer<State>; secret: string }> {
    const { overCode, transfers } = this.routes
    const transfer = await transfers.load(transferId)
    if (transfer?.entry !== this.routes.entry) throw new EmrexError(overCode ?? 'TRANSFER_UNKNOWN')
    const secret = readBrowserSecret(request, { transferId, publicUrl: this.routes.publicUrl })
    if (secret === undefined || !isSameBrowser(secret, transfer.browser)) throw new EmrexError('OTHER_BROWSER')
    if (transfer.expiresAt < this.routes.now().getTime()) throw new EmrexError(overCode ?? 'USER_GONE')
    return { transfer, secret }
  }

  private send(
    response: ServerResponse,
    frame: Frame,
    step: Step<Page>,
    own: { readonly transferId: string; readonly secret: string } | undefined,
  ): void {
    if (step.kind === 'hub')
      return sendAction(response, { kind: 'redirect', url: this.routes.hubPath(step.transferId) }, frame)
    if (step.kind !== 'page') return sendAction(response, step, frame)
    if (own === undefined) throw new EmrexError('INTERNAL', 'a page for nobody')
    const { transferId, secret } = own
    const token = formToken(secret, transferId)
    const view = this.routes.view(step.page, { frame, base: this.routes.hubPath(transferId), token })
    if (view.rememberDays !== undefined) {
      const { publicUrl } = this.routes
      setBrowserSecret(response, { transferId, publicUrl }, secret, view.rememberDays * 86_400)
    }
    sendPage(response, view)
  }
}

const isChanged = (error: unknown): boolean => error instanceof EmrexError && error.code === 'TRANSFER_CHANGED'
