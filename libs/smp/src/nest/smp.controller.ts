import 'reflect-metadata'
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { defaults, EmrexError, parseProofAnswer, type Step } from '@emrex-gateway/core'
import {
  demandOwnSite,
  frameOf,
  LoginController,
  readForm,
  sendPage,
  translator,
  type Frame,
  type LoginDoor,
} from '@emrex-gateway/web'
import type { Request, Response } from 'express'
import type { SmpPage } from '../flow/smp-page.js'
import { linkOnlyPageView } from './pages/link.page.js'
import { startPageView } from './pages/start.page.js'
import { SmpEntries, type SmpDoor } from './smp-entries.js'

type Act = (...of: Parameters<Parameters<SmpDoor['http']['act']>[4]>) => Promise<Step<SmpPage>>

/** What the forms of the pages do. */
const actions = ({ flow }: SmpDoor, language: string, decided: () => void): Record<string, Act> => ({
  login: (transfer, form) => flow.login(transfer, form.get('login') ?? flow.entry.logins[0]!.info.id, language),
  prove: (transfer, form) => flow.identification.answer(transfer, parseProofAnswer(form)),
  'prove-login': (transfer, form) => flow.identification.login(transfer, form.get('login') ?? '', language),
  'prove-not': (transfer) => flow.identification.giveUp(transfer),
  unlink: (transfer, form) => flow.identification.unlink(transfer, form.get('link') ?? ''),
  ask: (transfer, form) => flow.ask(transfer, form.get('ncp') ?? ''),
  'choose-again': (transfer) => flow.chooseAgain(transfer),
  accept: async (transfer) => {
    const step = await flow.accept(transfer)
    decided()
    return step
  },
  cancel: (transfer) => flow.cancel(transfer),
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
    await door.http.begin(response, frame(request, door), (browser) => door.flow.start(browser))
  }

  /** The answer of an NCP, posted from another site: no cookie is needed, none is read, nothing is shown. */
  @Post('return')
  async receive(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.returnFormMaxBytes })
    door.http.toHub(response, frame(request, door), await door.flow.receive(form))
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
    await door.http.hub(request, response, frame(request, door), id, (transfer) => door.flow.next(transfer, words))
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

export const frame = (request: Request, door: SmpDoor): Frame =>
  frameOf(request, { name: door.flow.entry.title, ...(door.api === undefined ? { home: door.home } : {}) })
