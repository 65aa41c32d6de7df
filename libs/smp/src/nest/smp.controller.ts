import 'reflect-metadata'
import type { IncomingMessage } from 'node:http'
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { defaults, EmrexError, parseProofAnswer, type ReceiptFile, type Step, type Transfer } from '@emrex-gateway/core'
import { LoginController } from '@emrex-gateway/web/nest'
import {
  demandOwnSite,
  frameOf,
  readForm,
  receiptDataOf,
  sendPage,
  translator,
  type Frame,
  type LoginDoor,
} from '@emrex-gateway/web'
import type { Request, Response } from 'express'
import type { SmpPage } from '../flow/smp-page.js'
import type { SmpState } from '../flow/smp-transfer.js'
import { linkOnlyPageView } from './pages/link.page.js'
import { startPageView } from './pages/start.page.js'
import { SmpEntries, type SmpDoor } from './smp-entries.js'

type Act = (...of: Parameters<Parameters<SmpDoor['http']['act']>[4]>) => Promise<Step<SmpPage>>

/** What the forms of the pages do. */
const actions = ({ flow }: SmpDoor, language: string, decided: (entry: string) => void): Record<string, Act> => ({
  login: (transfer, form) => flow.login(transfer, form.get('login') ?? flow.entry.logins[0]!.info.id, language),
  prove: (transfer, form) => flow.identification.answer(transfer, parseProofAnswer(form)),
  'prove-login': (transfer, form) => flow.identification.login(transfer, form.get('login') ?? '', language),
  'prove-not': (transfer) => flow.identification.giveUp(transfer),
  unlink: (transfer, form) => flow.identification.unlink(transfer, form.get('link') ?? ''),
  ask: (transfer, form) => flow.ask(transfer, form.get('ncp') ?? ''),
  'choose-again': (transfer) => flow.chooseAgain(transfer),
  accept: async (transfer) => {
    const step = await flow.accept(transfer)
    decided(flow.entry.id)
    return step
  },
  cancel: (transfer) => flow.cancel(transfer),
  forget: async (transfer) => {
    await flow.papers.forget(transfer)
    return { kind: 'hub', transferId: transfer.id }
  },
  'log-out': (transfer) => flow.logOut(transfer),
})

/** HTTP in, browser action out; the decisions are in `flow/`. */
@Controller('smp/:entry')
export class SmpController extends LoginController {
  constructor(@Inject(SmpEntries) private readonly entries: SmpEntries) {
    super()
  }

  @Get()
  start(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): void {
    const door = this.entries.find(entry)
    const page = frame(request, door)
    const { title, target } = door.flow.entry
    const kind = { hasStaff: door.staff !== undefined, byHand: target.target?.can.mode === 'case' }
    const t = translator(page.language)
    const view = door.api === undefined ? startPageView(t, title, door.home, kind) : linkOnlyPageView({ t, title })
    sendPage(response, { ...page, ...view })
  }

  @Post()
  async begin(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    request.resume()
    demandOwnSite(request, door.flow.entry.publicUrl)
    if (door.api !== undefined) throw new EmrexError('PAGE_UNKNOWN', 'a transfer begins with a link here')
    const page = frame(request, door)
    await door.http.begin(response, page, (browser) => door.flow.start(browser, page.language))
  }

  /** The answer of an NCP, posted from another site: no cookie is needed, none is read, nothing is shown. */
  @Post('return')
  async receive(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.returnFormMaxBytes })
    await door.http.toHub(response, frame(request, door), () => door.flow.receive(form))
  }

  @Get('transfers/:transfer')
  async hub(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Query('query') query: unknown,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const words = typeof query === 'string' ? query.slice(0, 200) : ''
    const page = frame(request, door)
    await door.http.hub(request, response, page, id, (transfer) => door.flow.next(transfer, words, page.language))
  }

  /** What the student keeps of the import: as a page, and as files. */
  @Get(['transfers/:transfer/receipt', 'transfers/:transfer/receipt.:ending'])
  async receipt(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('ending') ending: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    if (ending === undefined)
      return door.http.hub(request, response, frame(request, door), id, async (transfer) => ({
        kind: 'page',
        page: { page: 'receipt', ...receiptDataOf(await door.flow.papers.receipt(transfer)) },
      }))
    await this.saveReceipt(door, { id, ending }, request, response, (transfer) => door.flow.papers.receipt(transfer))
  }

  /** What the student brought here before. */
  @Get('transfers/:transfer/history')
  async history(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    await door.http.hub(request, response, frame(request, door), id, async (transfer) => ({
      kind: 'page',
      page: { page: 'history', receipts: (await door.flow.papers.earlier(transfer)).map(({ receipt }) => receipt) },
    }))
  }

  @Get('transfers/:transfer/history/:number.:ending')
  async historyFile(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('number') number: string,
    @Param('ending') ending: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    await this.saveReceipt(door, { id, ending }, request, response, async (transfer) => {
      const file = (await door.flow.papers.earlier(transfer)).find(({ receipt }) => receipt.number === number)
      if (file === undefined) throw new EmrexError('PAGE_UNKNOWN')
      return file
    })
  }

  /** What arrived, as a PDF, as long as the person looks at it. */
  @Get('transfers/:transfer/transcript.pdf')
  async transcript(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const { language } = frame(request, door)
    await door.http.download(request, response, id, async (transfer) => ({
      name: 'transcript.pdf',
      mediaType: 'application/pdf',
      bytes: await door.flow.papers.transcript(transfer, language),
    }))
  }

  /** The address that a form was posted to, opened by itself: in a second tab, by a bookmark, after a restart of the browser. */
  @Get('transfers/:transfer/:action')
  async actedOn(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    await door.http.hub(request, response, frame(request, door), id, async () => ({ kind: 'hub', transferId: id }))
  }

  @Post('transfers/:transfer/:action')
  async act(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('action') action: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const known = actions(door, frame(request, door).language, this.entries.decided)
    const run = Object.hasOwn(known, action) ? known[action] : undefined
    if (run === undefined) throw new EmrexError('PAGE_UNKNOWN')
    await door.http.act(request, response, frame(request, door), id, run)
  }

  private async saveReceipt(
    door: SmpDoor,
    { id, ending }: { readonly id: string; readonly ending: string },
    request: Request,
    response: Response,
    read: (transfer: Transfer<SmpState>) => Promise<ReceiptFile>,
  ): Promise<void> {
    if (ending !== 'pdf' && ending !== 'json') throw new EmrexError('PAGE_UNKNOWN')
    const { language } = frame(request, door)
    // Only here: an embedder without PDFs need not install what makes them.
    const { receiptDownload } = await import('@emrex-gateway/transcript')
    await door.http.download(request, response, id, async (transfer) =>
      receiptDownload(await read(transfer), ending, { language }),
    )
  }

  protected loginDoor(entry: string): LoginDoor {
    const door = this.entries.find(entry)
    const { flow, http } = door
    return {
      entry: flow.entry,
      leavable: [...flow.entry.logins, ...(flow.entry.staffLogin === undefined ? [] : [flow.entry.staffLogin])],
      frame: (request) => frame(request, door),
      complete: (request, response, provider, message) =>
        http.loginMessage(request, response, frame(request, door), { provider, message }, () =>
          flow.complete(provider.info.id, message),
        ),
    }
  }
}

export const frame = (request: IncomingMessage, door: SmpDoor): Frame =>
  frameOf(request, { name: door.flow.entry.title, ...(door.api === undefined ? { home: door.home } : {}) })
