import 'reflect-metadata'
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common'
import { defaults, EmrexError, parseProofAnswer, type Step } from '@emrex-gateway/core'
import { frameOf, LoginController, parseForm, readForm, type Frame, type LoginDoor } from '@emrex-gateway/web'
import type { Request, Response } from 'express'
import type { NcpPage } from '../flow/ncp-page.js'
import { NcpEntries, type NcpDoor } from './ncp-entries.js'

type Actions = (door: NcpDoor, language: string) => Record<string, Act>
type Act = (...of: Parameters<Parameters<NcpDoor['http']['act']>[4]>) => Promise<Step<NcpPage>>

/** What the forms of the pages do. */
const actions: Actions = ({ flow }, language) => ({
  'confirm-receiver': async (transfer, form) =>
    form.get('confirmed') === 'yes' ? flow.confirmReceiver(transfer) : { kind: 'hub', transferId: transfer.id },
  login: (transfer, form) => flow.login(transfer, form.get('login') ?? flow.entry.logins[0]!.info.id, language),
  prove: (transfer, form) => flow.proving.answer(transfer, parseProofAnswer(form)),
  'prove-login': (transfer, form) => flow.proving.login(transfer, form.get('login') ?? '', language),
  'prove-not': (transfer) => flow.proving.giveUp(transfer),
  unlink: (transfer, form) => flow.proving.unlink(transfer, form.get('link') ?? ''),
  select: (transfer, form) =>
    flow.select(transfer, chosenOf(form), { withoutUnread: form.get('without-unread') === 'yes' }),
  reselect: (transfer) => flow.reselect(transfer),
  send: (transfer, form) => flow.send(transfer, form.get('document') ?? ''),
  cancel: (transfer) => flow.cancel(transfer),
  'log-out': (transfer) => flow.logOut(transfer),
  answer: (transfer) => flow.answer(transfer),
})

/** HTTP in, browser action out; the decisions are in `flow/`. */
@Controller('ncp/:entry')
export class NcpController extends LoginController {
  constructor(@Inject(NcpEntries) private readonly entries: NcpEntries) {
    super()
  }

  /** The request of an SMP, posted by the browser from another site. */
  @Post()
  async receive(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    const page = frame(request, door)
    await door.http.begin(response, page, (browser) => door.flow.receive(form, browser, page.language))
  }

  /** Some SMPs send the same two fields as a link. */
  @Get()
  async receiveLink(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = parseForm(Buffer.from(new URL(request.originalUrl, 'http://localhost').search.slice(1)))
    const page = frame(request, door)
    await door.http.begin(response, page, (browser) => door.flow.receive(form, browser, page.language))
  }

  @Get('transfers/:transfer')
  async hub(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    await door.http.hub(request, response, frame(request, door), id, (transfer) => door.flow.next(transfer))
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
    const known = actions(door, frame(request, door).language)
    const run = Object.hasOwn(known, action) ? known[action] : undefined
    if (run === undefined) throw new EmrexError('PAGE_UNKNOWN')
    await door.http.act(request, response, frame(request, door), id, run)
  }

  protected loginDoor(entry: string): LoginDoor {
    const door = this.entries.find(entry)
    const { flow, http } = door
    return {
      entry: flow.entry,
      leavable: flow.entry.logins,
      frame: (request) => frame(request, door),
      complete: (request, response, provider, message) =>
        http.loginMessage(request, response, frame(request, door), { provider, message }, () =>
          flow.complete(provider.info.id, message),
        ),
    }
  }
}

const frame = (request: Request, door: NcpDoor): Frame => frameOf(request, { name: door.flow.entry.title })

const chosenOf = (form: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set(
    [...form]
      .filter(([name, value]) => name.startsWith('result.') && value === 'yes')
      .map(([name]) => name.slice('result.'.length)),
  )
